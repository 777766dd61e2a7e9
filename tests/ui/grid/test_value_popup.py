from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from canvas_app.data.engine import Engine
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.grid.table_source import ParquetTable
from canvas_app.ui.grid.value_popup import ValuePopup
from tests.ui.window_stage import PATIENCE


@pytest.fixture
def grid(qtbot: Any, lane: PreviewLane, engine: Engine, tmp_path: Path) -> TableGrid:
    path = tmp_path / "a.parquet"
    rows = {
        "town": ["Ulm", "Bonn", "Ulm", None, "<b>x</b>"],
        "n": [1.5, 2.0, 1.5, None, 0.1],
        "many": [[1], [2], [1], [3], [4]],
    }
    engine.write_parquet(engine.from_rows(rows), path)
    grid = TableGrid(lane)
    qtbot.addWidget(grid)
    grid.resize(900, 600)
    grid.show()
    with qtbot.waitSignal(grid.shown, timeout=PATIENCE):
        grid.show_table(ParquetTable(path))
    return grid


def opened(qtbot: Any, grid: TableGrid, section: int) -> ValuePopup:
    grid.count_values(section)
    popup = grid.counting.popup
    assert popup is not None
    qtbot.waitUntil(lambda: popup.list.count() > 0, timeout=PATIENCE)
    return popup


def test_a_click_below_the_title_lists_the_values_with_their_rows(qtbot: Any, grid: TableGrid) -> None:
    header = grid.view.columns
    place = QPoint(header.seen_rect(0).center().x(), 50)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)
    popup = grid.counting.popup
    assert popup is not None
    qtbot.waitUntil(lambda: popup.list.count() == 4)

    spoken = [popup.list.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(4)]
    assert spoken[0] == "Ulm, 2 rows, 40 %"
    assert sorted(spoken[1:]) == ["<b>x</b>, 1 row, 20 %", "Bonn, 1 row, 20 %", "blank, 1 row, 20 %"]
    assert popup.words.text() == "3 different values in 5 rows. Click one to see its rows."
    assert not grid.grab().isNull()


@pytest.mark.parametrize(("section", "value", "rows"), [(0, "Ulm", 2), (0, "blank", 1), (1, "0.1", 1)])
def test_a_value_that_is_picked_filters_by_itself(
    qtbot: Any, grid: TableGrid, section: int, value: str, rows: int
) -> None:
    popup = opened(qtbot, grid, section)
    place = next(row for row in range(popup.list.count()) if popup.list.item(row).text() == value)
    with qtbot.waitSignal(grid.shown, timeout=PATIENCE):
        popup.pick(place)

    assert grid.model.rowCount() == rows


def test_another_value_can_be_picked_while_one_filters(qtbot: Any, grid: TableGrid) -> None:
    with qtbot.waitSignal(grid.shown, timeout=PATIENCE):
        opened(qtbot, grid, 0).pick(0)

    assert opened(qtbot, grid, 0).list.count() == 4


def test_values_are_found_by_a_part_of_them(qtbot: Any, grid: TableGrid) -> None:
    popup = opened(qtbot, grid, 0)
    qtbot.keyClicks(popup.line, "on")
    qtbot.waitUntil(lambda: popup.list.count() == 1)
    assert popup.list.item(0).text() == "Bonn"

    qtbot.keyClicks(popup.line, "zz")
    qtbot.waitUntil(lambda: popup.list.count() == 0)
    assert popup.words.text() == "no value holds that"


def test_values_that_can_not_be_compared_are_counted_and_that_is_said(qtbot: Any, grid: TableGrid) -> None:
    popup = opened(qtbot, grid, 2)
    with qtbot.waitSignal(grid.told) as told:
        popup.pick(0)

    assert told.args == ["Rows can't be filtered by such a value."]


def test_a_list_that_was_closed_is_forgotten(qtbot: Any, grid: TableGrid) -> None:
    popup = opened(qtbot, grid, 0)
    popup.close()
    qtbot.waitUntil(lambda: grid.counting.popup is None)

    assert opened(qtbot, grid, 1).accessibleName() == "Values of n"
