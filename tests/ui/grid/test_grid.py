from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication

from canvas_app.data.engine import Engine
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.grid.model import TableModel
from canvas_app.ui.grid.table_source import ExpressionTable, Marks, ParquetTable


@pytest.fixture
def many(engine: Engine, tmp_path: Path) -> ParquetTable:
    """Ten million rows."""
    path = tmp_path / "many.parquet"
    engine.write_parquet(engine.view("SELECT range AS n, range % 7 AS k FROM range(10000000)"), path)
    return ParquetTable(path)


@pytest.fixture
def few(engine: Engine, tmp_path: Path) -> ParquetTable:
    path = tmp_path / "few.parquet"
    rows = {"n": [3, 1, 2], "<b>t</b>": ["x\ty", None, "<img src=x>"]}
    engine.write_parquet(engine.from_rows(rows), path)
    return ParquetTable(path)


@pytest.fixture
def grid(qtbot: Any, lane: PreviewLane) -> TableGrid:
    grid = TableGrid(lane)
    qtbot.addWidget(grid)
    grid.resize(800, 400)
    grid.show()
    return grid


def cell(grid: TableGrid, row: int, column: int = 0) -> str | None:
    text: str | None = grid.model.data(grid.model.index(row, column))
    return text


def test_a_table_shows_its_rows_and_its_size(qtbot: Any, grid: TableGrid, few: ParquetTable) -> None:
    with qtbot.waitSignal(grid.shown):
        grid.show_table(few)

    assert [cell(grid, row) for row in range(3)] == ["3", "1", "2"]
    assert grid.size_words.text() == "3 rows · 2 columns"


def test_profiles_come_for_the_columns_on_the_screen(qtbot: Any, grid: TableGrid, few: ParquetTable) -> None:
    grid.show_table(few)
    qtbot.waitUntil(lambda: len(grid.model.profiles) == 2)

    assert grid.model.profiles["n"].high == 3
    assert not grid.grab().isNull()


def test_any_row_of_ten_million_is_reached_at_once(qtbot: Any, grid: TableGrid, many: ParquetTable) -> None:
    grid.show_table(many)
    qtbot.waitUntil(lambda: grid.model.rowCount() == 10_000_000)
    grid.go_to.setText("9999000")
    qtbot.keyClick(grid.go_to, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: cell(grid, 9_998_999) is not None)

    assert cell(grid, 9_998_999) == "9\u00a0998\u00a0999"
    assert grid.view.currentIndex().row() == 9_998_999


def test_selecting_all_of_ten_million_rows_does_not_freeze(
    qtbot: Any, grid: TableGrid, many: ParquetTable
) -> None:
    grid.show_table(many)
    qtbot.waitUntil(lambda: grid.model.rowCount() == 10_000_000)
    started = time.monotonic()
    grid.view.selectAll()
    grid.grab()

    assert time.monotonic() - started < 2
    assert grid.view.selected() == (range(10_000_000), [0, 1])


def test_a_click_on_a_header_sorts_all_rows(qtbot: Any, grid: TableGrid, many: ParquetTable) -> None:
    grid.show_table(many)
    qtbot.waitUntil(lambda: grid.model.rowCount() == 10_000_000)
    header = grid.view.columns
    place = QPoint(header.sectionViewportPosition(0) + 30, 12)
    for first in ("0", "9\u00a0999\u00a0999", "0"):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
        qtbot.waitUntil(lambda first=first: cell(grid, 0) == first, timeout=20_000)

    assert header.sorted is None


def test_the_current_column_is_sorted_by_keyboard(qtbot: Any, grid: TableGrid, few: ParquetTable) -> None:
    with qtbot.waitSignal(grid.shown):
        grid.show_table(few)
    grid.view.setCurrentIndex(grid.model.index(0, 0))
    grid.view.smallest_first.trigger()
    qtbot.waitUntil(lambda: cell(grid, 0) == "1")

    assert [cell(grid, row) for row in range(3)] == ["1", "2", "3"]


def test_the_selection_is_copied_as_it_is_sorted(qtbot: Any, grid: TableGrid, few: ParquetTable) -> None:
    with qtbot.waitSignal(grid.shown):
        grid.show_table(few)
    grid.sort(0, False)
    qtbot.waitUntil(lambda: cell(grid, 0) == "1")
    grid.view.selectAll()
    with qtbot.waitSignal(grid.told) as told:
        grid.view.copy_with_header.trigger()

    assert QGuiApplication.clipboard().text() == "n\t<b>t</b>\n1\t\n2\t<img src=x>\n3\tx y"
    assert told.args == ["Copied 3 rows."]


def test_copying_without_header_leaves_it_out(qtbot: Any, grid: TableGrid, few: ParquetTable) -> None:
    with qtbot.waitSignal(grid.shown):
        grid.show_table(few)
    grid.view.setCurrentIndex(grid.model.index(2, 0))
    with qtbot.waitSignal(grid.told):
        grid.view.copy.trigger()

    assert QGuiApplication.clipboard().text() == "2"


def test_the_latest_table_wins(qtbot: Any, grid: TableGrid, few: ParquetTable, many: ParquetTable) -> None:
    grid.show_table(many)
    grid.show_table(few)
    qtbot.waitUntil(lambda: grid.model.rowCount() > 0)

    assert grid.model.rowCount() == 3


def test_a_step_is_seen_in_the_table_after_it(qtbot: Any, grid: TableGrid, few: ParquetTable) -> None:
    def double(engine: Engine) -> Any:
        table = engine.read_parquet(few.path)
        return table.mutate(n=table.n * table.n, more=table.n)

    with qtbot.waitSignal(grid.shown):
        grid.show_table(ExpressionTable(double), Marks(new=frozenset({"more"}), before=few))

    changed = [grid.model.data(grid.model.index(row, 0), TableModel.CHANGED) for row in range(3)]
    assert changed == [True, False, True]
    assert not grid.grab().isNull()


def test_what_can_not_be_computed_is_said_in_its_place(
    qtbot: Any, grid: TableGrid, few: ParquetTable
) -> None:
    def wrong(engine: Engine) -> Any:
        table = engine.from_rows({"a": ["twelve"]})
        return table.mutate(a=table.a.cast("int64"))

    with qtbot.waitSignal(grid.failed):
        grid.show_table(ExpressionTable(wrong))
    assert "twelve" in grid.message.text()

    with qtbot.waitSignal(grid.shown):
        grid.show_table(few)
    assert grid.pages.currentWidget() is grid.sheet


def test_a_cleared_grid_is_empty(qtbot: Any, grid: TableGrid, few: ParquetTable) -> None:
    with qtbot.waitSignal(grid.shown):
        grid.show_table(few)
    grid.clear()

    assert grid.model.rowCount() == 0
    assert grid.size_words.text() == ""


def test_every_control_has_a_name(grid: TableGrid) -> None:
    assert grid.view.accessibleName() == "Rows of the table"
    assert grid.go_to.accessibleName() == "Go to row or column"
