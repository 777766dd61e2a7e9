from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from canvas_app.base.spec import Condition
from canvas_app.data.engine import Engine
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.grid.table_source import ParquetTable
from tests.ui.window_stage import PATIENCE


@pytest.fixture
def grid(qtbot: Any, lane: PreviewLane, engine: Engine, tmp_path: Path) -> TableGrid:
    path = tmp_path / "a.parquet"
    rows = {"n": [1, 2, None, 4], "t": ["x", None, "y", ""]}
    engine.write_parquet(engine.from_rows(rows), path)
    grid = TableGrid(lane)
    qtbot.addWidget(grid)
    grid.show()
    with qtbot.waitSignal(grid.shown, timeout=PATIENCE):
        grid.show_table(ParquetTable(path))
    return grid


def words(grid: TableGrid) -> str:
    return grid.selection.words.text()


def test_one_cell_is_said_by_its_place(grid: TableGrid) -> None:
    grid.view.setCurrentIndex(grid.model.index(1, 0))

    assert words(grid) == "row 2  ·  n"


def test_the_statistics_of_a_selection_are_told(qtbot: Any, grid: TableGrid) -> None:
    grid.view.selectAll()
    qtbot.waitUntil(lambda: "sum" in words(grid))

    assert words(grid).split("  ·  ") == [
        "4 rows × 2 columns",
        "count 5",
        "sum 7",
        "mean 2.333333",
        "min 1",
        "max 4",
        "3 blanks",
    ]


def test_only_rows_that_are_shown_are_measured(qtbot: Any, grid: TableGrid) -> None:
    with qtbot.waitSignal(grid.shown, timeout=PATIENCE):
        grid.filter([Condition(column="n", operator="less than", value="3")])
    grid.view.selectColumn(0)
    qtbot.waitUntil(lambda: "sum" in words(grid))

    assert words(grid).split("  ·  ")[:3] == ["2 rows × 1 column", "count 2", "sum 3"]


def test_hidden_columns_are_not_measured(qtbot: Any, grid: TableGrid) -> None:
    grid.view.arrangement.hide([0])
    grid.view.selectAll()
    qtbot.waitUntil(lambda: "blanks" in words(grid))

    assert words(grid).split("  ·  ") == ["4 rows × 1 column", "count 2", "2 blanks"]
