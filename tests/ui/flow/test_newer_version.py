from __future__ import annotations

from typing import Any

from canvas_app.ui.flow.about import Newer
from canvas_app.ui.flow.newer_version import NewerVersion


def test_nothing_is_shown_without_a_newer_version(qtbot: Any) -> None:
    card = NewerVersion()
    qtbot.addWidget(card)
    card.show_newer(None)

    assert card.isHidden()


def test_it_tells_what_changed_and_what_would_break_before_it_is_used(qtbot: Any) -> None:
    card = NewerVersion()
    qtbot.addWidget(card)
    card.show_newer(Newer("people/2", 2, ("Gone: age.",), ("Fill missing values: There is no age.",)))
    card.show()

    assert card.changes.text() == "Gone: age."
    assert card.breaks.text() == "It would break this flow:\nFill missing values: There is no age."
    assert card.use.text() == "Use version 2 all the same"
    with qtbot.waitSignal(card.wanted) as wanted:
        card.use.click()
    assert wanted.args == ["people/2"]
