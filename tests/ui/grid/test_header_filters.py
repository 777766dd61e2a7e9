from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from canvas_app.data.engine import Engine
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.grid.table_source import ParquetTable
from tests.ui.window_stage import PATIENCE


@pytest.fixture
def grid(qtbot: Any, lane: PreviewLane, engine: Engine, tmp_path: Path) -> TableGrid:
    path = tmp_path / "a.parquet"
    rows = {f"c{at}": list(range(20)) for at in range(40)}
    engine.write_parquet(engine.from_rows(rows), path)
    grid = TableGrid(lane)
    qtbot.addWidget(grid)
    grid.resize(700, 400)
    grid.show()
    with qtbot.waitSignal(grid.shown, timeout=PATIENCE):
        grid.show_table(ParquetTable(path))
    grid.bar.funnel.setChecked(True)
    return grid


def test_typing_alone_filters(qtbot: Any, grid: TableGrid) -> None:
    qtbot.keyClicks(grid.bar.filters.field(1), "5 to 7")
    qtbot.waitUntil(lambda: grid.model.rowCount() == 3)

    assert grid.size_words.text() == "rows 3 of 20 · 40 columns"


def test_each_column_on_the_screen_has_a_field_with_its_name(grid: TableGrid) -> None:
    seen = grid.view.visible_sections()

    assert [grid.bar.filters.field(section).accessibleName() for section in seen] == [
        f"Filter c{section}" for section in seen
    ]


def test_what_was_typed_stays_when_its_column_is_scrolled_away(qtbot: Any, grid: TableGrid) -> None:
    qtbot.keyClicks(grid.bar.filters.field(0), "> 4")
    grid.view.setFocus()
    grid.view.point_at(0, 39)
    with pytest.raises(KeyError):
        grid.bar.filters.field(0)
    grid.view.point_at(0, 0)

    assert grid.bar.filters.field(0).text() == "> 4"


def test_tab_goes_to_the_next_column_wherever_it_is(qtbot: Any, grid: TableGrid) -> None:
    last = grid.view.visible_sections()[-1]
    qtbot.keyClick(grid.bar.filters.field(last), Qt.Key.Key_Tab)
    assert last + 1 in grid.view.visible_sections()

    qtbot.keyClick(grid.bar.filters.field(last + 1), Qt.Key.Key_Backtab)
    assert not grid.bar.filters.field(last).isHidden()


def test_escape_goes_back_to_the_table(qtbot: Any, grid: TableGrid) -> None:
    with qtbot.waitSignal(grid.bar.filters.left) as left:
        qtbot.keyClick(grid.bar.filters.field(0), Qt.Key.Key_Escape)

    assert left.signal_triggered


def test_a_condition_that_is_taken_away_leaves_its_field(qtbot: Any, grid: TableGrid) -> None:
    qtbot.keyClicks(grid.bar.filters.field(0), "5")
    qtbot.waitUntil(lambda: grid.model.rowCount() == 1)
    with qtbot.waitSignal(grid.shown, timeout=PATIENCE):
        grid.bar.filter_line.clear.click()

    assert grid.bar.filters.field(0).text() == ""


def test_without_the_filter_there_are_no_fields(grid: TableGrid) -> None:
    grid.bar.funnel.setChecked(False)

    assert grid.bar.filters.strip.isHidden()
    assert grid.view.columns.field_height() == 0
