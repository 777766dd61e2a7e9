from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction

from canvas_app.data.engine import Engine
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.grid.column_menu import ColumnMenu
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.grid.table_source import ParquetTable
from tests.ui.window_stage import PATIENCE

COLUMNS = 12


@pytest.fixture
def table(engine: Engine, tmp_path: Path) -> ParquetTable:
    path = tmp_path / "a.parquet"
    rows = {f"c{at}": [100 * at + row for row in range(50)] for at in range(COLUMNS)}
    engine.write_parquet(engine.from_rows(rows), path)
    return ParquetTable(path)


@pytest.fixture
def grid(qtbot: Any, lane: PreviewLane, table: ParquetTable) -> TableGrid:
    grid = TableGrid(lane)
    qtbot.addWidget(grid)
    grid.resize(700, 400)
    grid.show()
    with qtbot.waitSignal(grid.shown, timeout=PATIENCE):
        grid.show_table(table)
    return grid


def action(grid: TableGrid, section: int, words: str) -> QAction:
    return next(item for item in ColumnMenu(grid, section).actions() if item.text() == words)


def middle(grid: TableGrid, section: int) -> QPoint:
    return grid.view.visualRect(grid.model.index(3, section)).center()


def test_a_pinned_column_stays_when_the_others_are_scrolled(grid: TableGrid) -> None:
    action(grid, 5, "Pin at the left").trigger()
    before = middle(grid, 5)
    grid.view.point_at(3, 11)

    assert grid.view.columns.offset() > 0
    assert middle(grid, 5) == before
    assert grid.view.indexAt(before).column() == 5
    assert grid.view.visible_sections()[0] == 5
    assert not grid.grab().isNull()


def test_a_cell_is_brought_out_from_under_the_pinned_columns(grid: TableGrid) -> None:
    grid.view.arrangement.pin(5, True)
    grid.view.point_at(3, 11)
    grid.view.point_at(3, 0)

    assert grid.view.visualRect(grid.model.index(3, 0)).left() >= grid.view.columns.held_width()


def test_a_click_on_a_pinned_column_selects_its_cell(qtbot: Any, grid: TableGrid) -> None:
    grid.view.arrangement.pin(5, True)
    grid.view.point_at(3, 11)
    qtbot.mouseClick(grid.view.viewport(), Qt.MouseButton.LeftButton, pos=middle(grid, 5))

    assert (grid.view.currentIndex().row(), grid.view.currentIndex().column()) == (3, 5)


def test_a_click_on_a_pinned_header_is_about_its_column(qtbot: Any, grid: TableGrid) -> None:
    grid.view.arrangement.pin(5, True)
    grid.view.point_at(3, 11)
    header = grid.view.columns
    place = QPoint(header.seen_rect(5).center().x(), 10)
    with qtbot.waitSignal(header.sort_asked) as asked:
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert asked.args == [5]


def test_what_is_pinned_and_does_not_fit_scrolls_with_the_others(grid: TableGrid) -> None:
    for section in range(10):
        grid.view.arrangement.pin(section, True)

    assert 0 < grid.view.columns.held_width() < grid.view.viewport().width()
    grid.view.point_at(3, 11)
    assert grid.view.visualRect(grid.model.index(3, 11)).left() >= grid.view.columns.held_width()


def test_columns_are_moved_by_keyboard_over_hidden_ones(grid: TableGrid) -> None:
    grid.view.arrangement.hide([1])
    grid.view.setCurrentIndex(grid.model.index(0, 0))
    grid.view.to_the_right.trigger()
    assert grid.view.arrangement.seen()[:3] == [2, 0, 3]

    grid.view.to_the_left.trigger()
    grid.view.to_the_left.trigger()
    assert grid.view.arrangement.seen()[:3] == [0, 2, 3]


def test_a_column_that_is_moved_among_the_pinned_ones_is_pinned_too(grid: TableGrid) -> None:
    grid.view.arrangement.pin(0, True)
    grid.view.arrangement.pin(1, True)
    grid.view.columns.moveSection(4, 0)
    assert grid.view.arrangement.is_pinned(4)

    grid.view.columns.moveSection(0, 8)
    assert not grid.view.arrangement.is_pinned(4)
    assert grid.view.columns.pinned == {0, 1}


def test_moved_columns_are_selected_in_the_order_that_is_seen(grid: TableGrid) -> None:
    grid.view.columns.moveSection(2, 0)
    grid.view.selectAll()

    selected = grid.view.selected()
    assert selected is not None
    assert selected[0] == range(50)
    assert selected[1][:3] == [2, 0, 1]


def test_several_columns_are_hidden_at_once(grid: TableGrid) -> None:
    grid.view.columns.moveSection(0, 0)
    grid.view.setCurrentIndex(grid.model.index(0, 1))
    grid.view.selectAll()
    assert not action(grid, 1, "Hide these 12 columns").isEnabled()

    grid.view.setCurrentIndex(grid.model.index(0, 1))
    action(grid, 1, "Hide all other columns").trigger()
    assert grid.view.arrangement.seen() == [1]


def test_an_arrangement_is_kept_by_the_names_of_its_columns(
    qtbot: Any, grid: TableGrid, lane: PreviewLane, table: ParquetTable
) -> None:
    grid.view.arrangement.pin(5, True)
    grid.view.arrangement.hide([3])
    grid.view.columns.resizeSection(2, 222)
    with qtbot.waitSignal(grid.arranged) as told:
        grid.view.arrangement.move(7, -1)
    (state,) = told.args

    other = TableGrid(lane)
    qtbot.addWidget(other)
    with qtbot.waitSignal(other.shown):
        other.show_table(ParquetTable(table.path), arranged=state)
    assert other.view.arrangement.seen() == grid.view.arrangement.seen()
    assert other.view.columns.pinned == {5}
    assert other.view.columns.sectionSize(2) == 222
    assert other.view.arrangement.state() == state


@pytest.mark.parametrize(
    "state",
    [
        {"hidden": ["gone"], "pinned": ["gone"], "order": ["gone", "c3"], "widths": {"gone": 9}},
        {"hidden": 5, "pinned": None, "order": {}, "widths": []},
        {"hidden": [f"c{at}" for at in range(COLUMNS)]},
    ],
)
def test_an_arrangement_of_other_columns_does_no_harm(
    qtbot: Any, grid: TableGrid, table: ParquetTable, state: Any
) -> None:
    with qtbot.waitSignal(grid.shown, timeout=PATIENCE):
        grid.show_table(ParquetTable(table.path), arranged=state)

    assert len(grid.view.arrangement.seen()) == COLUMNS


def test_one_entry_of_the_menu_brings_all_back(grid: TableGrid) -> None:
    grid.view.arrangement.pin(5, True)
    grid.view.arrangement.hide([3])
    action(grid, 5, "Arrange as in the table").trigger()

    assert grid.view.arrangement.seen() == list(range(COLUMNS))
    assert grid.view.arrangement.state() == {}


def test_one_goes_to_a_column_by_its_name_even_if_it_is_hidden(qtbot: Any, grid: TableGrid) -> None:
    grid.view.arrangement.hide([11])
    qtbot.keyClicks(grid.go_to, "C11")
    qtbot.keyClick(grid.go_to, Qt.Key.Key_Return)

    assert grid.view.currentIndex().column() == 11
    assert grid.view.arrangement.hidden() == []


def test_a_column_that_is_not_there_is_said(qtbot: Any, grid: TableGrid) -> None:
    with qtbot.waitSignal(grid.told) as told:
        grid.jump_to_column("zebra")

    assert told.args == ["No column is called zebra."]
