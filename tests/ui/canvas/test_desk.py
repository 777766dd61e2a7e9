"""Edits go to the project, refusals are told, and quick edits of one field undo as one."""

from __future__ import annotations

from canvas_app.flow.step import NODES
from canvas_app.ui.canvas.desk import Burst


def test_keystrokes_in_one_field_are_one_burst_until_one_rests():
    times = iter((0.0, 0.3, 0.6, 5.0, 5.1))
    burst = Burst(clock=lambda: next(times))
    names = [burst.name(of) for of in ("a-name", "a-name", "b-name", "b-name", "b-name")]

    assert names[0] == names[1]
    assert names[1] != names[2]
    assert names[2] != names[3]
    assert names[3] == names[4]


def test_quick_edits_of_a_field_undo_as_one(board):
    (step,) = board.chain("write_file")
    before = board.flow
    for name in ("p", "pe", "people.csv"):
        board.desk.set_unit(step, NODES["write_file"](path=name), "path")
    board.session.undo()

    assert board.flow == before


def test_a_refused_edit_is_told_and_changes_nothing(board):
    first, second = board.chain("filter_rows", "formula")
    before = board.flow

    assert not board.desk.link_nodes(second, first)
    assert board.flow == before
    assert board.said == ["That link would make a loop. Link to a node further on."]


def test_the_selection_forgets_nodes_that_are_gone(board):
    first, second = board.chain("filter_rows", "formula")
    board.desk.select((first, second))
    board.session.undo()
    board.session.undo()

    assert board.desk.selected == (first,)
    assert board.desk.current == first
