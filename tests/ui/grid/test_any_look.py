"""Whatever is looked at in a grid, only its pages are fetched, each once, and they show what pandas shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from canvas_app.data.engine import Engine, Order
from canvas_app.data.file_rows import Look
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.grid.model import PAGE, Place, RowsPage, TableModel
from canvas_app.ui.grid.table_source import Marks, ParquetTable

ROWS = 5_000
SCHEMA = Schema((ColumnInfo("n", "whole", "int64"),))


@dataclass
class Counted:
    """A table that keeps count of what it is asked for."""

    table: ParquetTable
    asked: list[int] = field(default_factory=list)
    profiled: list[str] = field(default_factory=list)

    def schema(self, engine: Engine) -> Schema:
        return self.table.schema(engine)

    def count(self, engine: Engine) -> int:
        return self.table.count(engine)

    def page(self, engine: Engine, look: Look, order: Order) -> Any:
        self.asked.append(look.offset)
        return self.table.page(engine, look, order)

    def profiles(self, engine: Engine, columns: Any) -> Any:
        self.profiled += columns
        return self.table.profiles(engine, columns)

    def whole(self, engine: Engine) -> Path:
        return self.table.whole(engine)

    def release(self) -> None:
        self.table.release()


@pytest.fixture
def table(engine: Engine, tmp_path: Path) -> Counted:
    """Five thousand rows of thirty columns."""
    columns = ", ".join(f"(range * {at + 1}) % 97 AS c{at}" for at in range(29))
    view = engine.view(f"SELECT range AS n, {columns} FROM range({ROWS})")
    engine.write_parquet(view, tmp_path / "rows.parquet")
    return Counted(ParquetTable(tmp_path / "rows.parquet"))


@pytest.fixture
def grid(qtbot: Any, lane: PreviewLane) -> TableGrid:
    grid = TableGrid(lane)
    qtbot.addWidget(grid)
    grid.resize(800, 400)
    grid.show()
    return grid


def text(grid: TableGrid, row: int, column: int = 0) -> Any:
    return grid.model.data(grid.model.index(row, column))


def test_only_the_pages_on_the_screen_are_fetched(qtbot: Any, grid: TableGrid, table: Counted) -> None:
    grid.show_table(table)
    qtbot.waitUntil(lambda: grid.model.rowCount() == ROWS)
    grid.jump(4_100)
    qtbot.waitUntil(lambda: text(grid, 4_099) is not None)

    assert text(grid, 4_099) == "4\u00a0099"
    assert set(table.asked) <= {0, 4_000, 4_200}
    assert text(grid, 2_000) is None


def test_only_the_columns_on_the_screen_are_profiled(qtbot: Any, grid: TableGrid, table: Counted) -> None:
    grid.show_table(table)
    qtbot.waitUntil(lambda: len(grid.model.profiles) >= len(grid.view.visible_sections()))

    assert len(table.profiled) == len(set(table.profiled))
    assert len(table.profiled) < 20
    assert "c28" not in table.profiled


@pytest.mark.parametrize("largest_first", [False, True])
def test_a_sorted_grid_shows_the_order_that_pandas_gives(
    qtbot: Any, grid: TableGrid, table: Counted, largest_first: bool
) -> None:
    import pandas

    grid.show_table(table)
    qtbot.waitUntil(lambda: grid.model.rowCount() == ROWS)
    grid.sort(5, largest_first)
    qtbot.waitUntil(lambda: text(grid, 0, 5) == ("96" if largest_first else "0"))
    frame = pandas.read_parquet(table.table.path).sort_values("c4", ascending=not largest_first)

    assert [text(grid, row, 5) for row in range(20)] == [str(value) for value in frame["c4"][:20]]


@pytest.mark.parametrize(("typed", "row"), [("1", 0), ("3000", 2_999), ("99999", ROWS - 1)])
def test_going_to_a_row_by_keyboard_reaches_it_or_the_last(
    qtbot: Any, grid: TableGrid, table: Counted, typed: str, row: int
) -> None:
    grid.show_table(table)
    qtbot.waitUntil(lambda: grid.model.rowCount() == ROWS)
    qtbot.keyClicks(grid.go_to, typed)
    qtbot.keyClick(grid.go_to, Qt.Key.Key_Return)

    assert grid.view.currentIndex().row() == row


@pytest.mark.parametrize("typed", ["", "x", "-5", "0"])
def test_what_is_no_row_leads_nowhere_else(qtbot: Any, grid: TableGrid, table: Counted, typed: str) -> None:
    grid.show_table(table)
    qtbot.waitUntil(lambda: grid.model.rowCount() == ROWS)
    qtbot.keyClicks(grid.go_to, typed)
    qtbot.keyClick(grid.go_to, Qt.Key.Key_Return)

    assert grid.view.currentIndex().row() <= 4


@settings(max_examples=60, deadline=None, database=None)
@given(
    rows=st.integers(1, 3_000),
    looks=st.lists(st.tuples(st.integers(-50, 4_000), st.integers(0, 500)), min_size=1, max_size=12),
)
def test_any_looks_ask_for_each_missing_page_once(rows: int, looks: list[tuple[int, int]]) -> None:
    model, asked = TableModel(), []
    model.start(SCHEMA, Marks(), page_of(0, rows), rows)

    def fetch(places: list[Place]) -> None:
        asked.extend(place.page for place in places)
        for place in places:
            model.keep(place, page_of(place.page, rows))

    model.wanted.connect(fetch)
    for first, more in looks:
        model.look_at(first, first + more, [0])
        seen = range(max(0, first), min(first + more, rows - 1) + 1)
        assert all(model.data(model.index(row, 0)) == str(row) for row in seen)

    wanted = {
        row // PAGE for first, more in looks for row in range(max(0, first), min(first + more, rows - 1) + 1)
    }
    assert len(asked) == len(set(asked))
    assert wanted - {0} <= set(asked)
    assert all(0 <= number * PAGE < rows for number in asked)


def page_of(number: int, rows: int) -> RowsPage:
    """A page of a table whose only column numbers the rows."""
    return RowsPage(([str(row) for row in range(number * PAGE, min(number * PAGE + PAGE, rows))],))
