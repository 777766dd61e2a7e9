"""What is worth a look in a previewed table, with the buttons that put it right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_app.data.engine import Engine
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.flow.quality_tab import QualityTab
from canvas_app.ui.grid.table_source import ExpressionTable


@pytest.fixture
def lane(tmp_path: Path) -> Iterator[PreviewLane]:
    lane = PreviewLane(lambda: Engine(scratch=tmp_path / "lane", memory="500MB", threads=1))
    yield lane
    lane.close()


@pytest.fixture
def tab(qtbot, lane: PreviewLane) -> QualityTab:
    made = QualityTab(lane)
    qtbot.addWidget(made)
    made.show()
    return made


def table(**columns) -> ExpressionTable:
    return ExpressionTable(lambda engine: engine.from_rows(columns))


def test_what_is_found_can_be_put_right(tab, qtbot):
    tab.show_table(table(age=[1, 2, 3, None], town=["a", "b", "c", "d"]), "", shown=True)
    qtbot.waitUntil(lambda: bool(tab.found.lines), timeout=10_000)
    with qtbot.waitSignal(tab.fix_wanted) as wanted:
        tab.found.lines[0].button.click()

    assert wanted.args[0].words == "25 % blanks in age"
    assert wanted.args[0].fix.step == "fill_missing"


def test_the_target_is_looked_at_as_such(tab, qtbot):
    tab.show_table(table(won=["yes", "no", "", "no"], age=[1, 2, 3, 4]), "won", shown=True)
    qtbot.waitUntil(lambda: bool(tab.found.lines), timeout=10_000)

    with qtbot.waitSignal(tab.fix_wanted) as wanted:
        tab.found.lines[0].button.click()
    assert wanted.args[0].kind == "missing_target"


def test_a_table_without_troubles_is_said_to_be_so(tab, qtbot):
    tab.show_table(table(a=[1, 2, 3]), "", shown=True)
    qtbot.waitUntil(lambda: tab.message.text().startswith("Nothing stands out"), timeout=10_000)

    assert tab.found.lines == []


def test_it_looks_when_somebody_looks(tab, lane, qtbot):
    tab.show_table(table(age=[1, None]), "", shown=False)
    assert not lane.busy()
    tab.look()
    qtbot.waitUntil(lambda: bool(tab.found.lines), timeout=10_000)
    tab.clear()

    assert tab.found.lines == []
