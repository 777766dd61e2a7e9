"""Undo reaches every edit, and a gesture is one."""

from __future__ import annotations

from canvas_app.project.history import LIMIT, History, Moment


def test_undo_and_redo_walk_through_every_edit() -> None:
    history = History.of(0)
    for number in (1, 2, 3):
        history.do(f"Add {number}", number)

    assert (history.undo_label, history.redo_label) == ("Add 3", None)
    assert [history.undo() and history.document for _ in range(3)] == [2, 1, 0]
    assert (history.undo(), history.document, history.undo_label) == (False, 0, None)
    assert [history.redo() and history.document for _ in range(3)] == [1, 2, 3]
    assert (history.redo(), history.document) == (False, 3)


def test_an_edit_after_undo_forgets_what_was_undone() -> None:
    history = History.of(0)
    history.do("One", 1)
    history.undo()
    history.do("Two", 2)

    assert history.redo_label is None
    assert history.undo()
    assert history.document == 0


def test_edits_of_one_gesture_undo_as_one() -> None:
    history = History.of(0)
    for number in range(1, 6):
        history.do("Drag", number, gesture="drag 1")
    history.do("Drag", 9, gesture="drag 2")

    history.undo()
    assert history.document == 5
    history.undo()
    assert history.document == 0


def test_undo_ends_a_gesture() -> None:
    history = History.of(0)
    history.do("Type", 1, gesture="typing")
    history.do("Other", 2)
    history.undo()
    history.do("Type", 3, gesture="typing")

    history.undo()
    assert history.document == 1


def test_only_the_latest_thousand_moments_are_kept() -> None:
    history = History.of(0)
    for number in range(1, LIMIT + 6):
        history.do("Add", number)

    assert sum(iter(history.undo, False)) == LIMIT
    assert history.document == 5


def test_what_lies_on_disk_is_recalled_only_when_it_is_needed() -> None:
    recalled: list[int] = []

    def moment(number: int) -> Moment[int]:
        return Moment(f"Add {number}", None, lambda: recalled.append(number) or number)

    history = History([moment(number) for number in range(5)], at=3)
    assert (recalled, history.document, history.redo_label) == ([3], 3, "Add 4")
    history.undo()
    assert recalled == [3, 2]
