from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from canvas_app.data.engine import Engine
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.grid.column_menu import ColumnMenu
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.grid.table_source import ParquetTable


@pytest.fixture
def grid(qtbot: Any, lane: PreviewLane, engine: Engine, tmp_path: Path) -> TableGrid:
    path = tmp_path / "people.parquet"
    rows: dict[str, list[Any]] = {
        "name": ["Ann", "Bob", None, "Anna"],
        "age": [31, 19, 40, 31],
        "town": ["Ulm", "Annaberg", "", "Bonn"],
    }
    engine.write_parquet(engine.from_rows(rows), path)
    grid = TableGrid(lane)
    qtbot.addWidget(grid)
    grid.resize(900, 400)
    grid.show()
    with qtbot.waitSignal(grid.shown):
        grid.show_table(ParquetTable(path))
    return grid


def names(grid: TableGrid) -> list[str]:
    return [grid.model.data(grid.model.index(row, 0)) for row in range(grid.model.rowCount())]


def only(qtbot: Any, grid: TableGrid, column: int, condition: str) -> None:
    grid.begin_filter(column)
    field = grid.bar.filters.field(column)
    field.clear()
    qtbot.keyClicks(field, condition)
    with qtbot.waitSignal(grid.shown):
        qtbot.keyClick(field, Qt.Key.Key_Return)


def current(grid: TableGrid) -> tuple[int, int]:
    return grid.view.currentIndex().row(), grid.view.currentIndex().column()


def test_enter_goes_from_hit_to_hit_and_around(qtbot: Any, grid: TableGrid) -> None:
    field, words = grid.bar.find_line.text, grid.bar.find_line.words
    qtbot.keyClicks(field, "ann")
    for number, cell in ((1, (0, 0)), (2, (1, 2)), (3, (3, 0)), (1, (0, 0))):
        qtbot.keyClick(field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda number=number: words.text() == f"hit {number} of 3")
        assert current(grid) == cell
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: words.text() == "hit 3 of 3")


def test_typing_alone_finds_and_no_hit_is_said(qtbot: Any, grid: TableGrid) -> None:
    qtbot.keyClicks(grid.bar.find_line.text, "zebra'")
    qtbot.waitUntil(lambda: grid.bar.find_line.words.text() == "no hit")

    assert not grid.grab().isNull()


def test_hidden_columns_are_not_searched_nor_copied(qtbot: Any, grid: TableGrid) -> None:
    grid.view.arrangement.hide([0])
    qtbot.keyClicks(grid.bar.find_line.text, "ann")
    qtbot.waitUntil(lambda: grid.bar.find_line.words.text() == "hit 1 of 1")
    assert current(grid) == (1, 2)

    grid.view.selectAll()
    with qtbot.waitSignal(grid.told):
        grid.view.copy_with_header.trigger()
    assert QGuiApplication.clipboard().text().splitlines()[:2] == ["age\ttown", "31\tUlm"]


def test_a_condition_shows_the_rows_that_meet_it(qtbot: Any, grid: TableGrid) -> None:
    only(qtbot, grid, 1, "> 30")

    assert names(grid) == ["Ann", "blank", "Anna"]
    assert grid.size_words.text() == "rows 3 of 4 · 3 columns"


def test_conditions_add_up_and_one_click_clears_them(qtbot: Any, grid: TableGrid) -> None:
    only(qtbot, grid, 1, "> 30")
    only(qtbot, grid, 0, "not blank")
    assert names(grid) == ["Ann", "Anna"]

    with qtbot.waitSignal(grid.shown):
        grid.bar.filter_line.clear.click()
    assert names(grid) == ["Ann", "Bob", "blank", "Anna"]
    assert grid.size_words.text() == "4 rows · 3 columns"


def test_one_condition_goes_by_its_own_button(qtbot: Any, grid: TableGrid) -> None:
    only(qtbot, grid, 1, "> 30")
    only(qtbot, grid, 0, "not blank")
    with qtbot.waitSignal(grid.shown):
        grid.bar.filter_line.taking_away("age").click()

    assert names(grid) == ["Ann", "Bob", "Anna"]


def test_a_filtered_table_is_sorted_and_searched(qtbot: Any, grid: TableGrid) -> None:
    only(qtbot, grid, 1, "31")
    grid.sort(0, True)
    qtbot.waitUntil(lambda: names(grid) == ["Anna", "Ann"])
    qtbot.keyClicks(grid.bar.find_line.text, "ulm")
    qtbot.waitUntil(lambda: grid.bar.find_line.words.text() == "hit 1 of 1")

    assert current(grid) == (1, 2)


def test_no_row_left_is_an_empty_table_and_not_an_error(qtbot: Any, grid: TableGrid) -> None:
    only(qtbot, grid, 0, "x*")

    assert grid.model.rowCount() == 0
    assert grid.size_words.text() == "rows 0 of 4 · 3 columns"
    assert grid.pages.currentWidget() is grid.sheet


def test_what_does_not_fit_a_column_is_said_above_the_table(qtbot: Any, grid: TableGrid) -> None:
    grid.begin_filter(1)
    qtbot.keyClicks(grid.bar.filters.field(1), "> tall")
    qtbot.keyClick(grid.bar.filters.field(1), Qt.Key.Key_Return)

    assert grid.bar.filter_line.problem.text() == "tall doesn't fit age. Write a number such as 3."
    assert names(grid) == ["Ann", "Bob", "blank", "Anna"]


def test_a_column_is_sorted_hidden_and_named_from_its_menu(qtbot: Any, grid: TableGrid) -> None:
    actions = {action.text(): action for action in ColumnMenu(grid, 1).actions()}
    actions["Sort ascending"].trigger()
    qtbot.waitUntil(lambda: names(grid)[0] == "Bob")
    actions["Copy name"].trigger()
    actions["Hide this column"].trigger()

    assert QGuiApplication.clipboard().text() == "age"
    assert (grid.view.isColumnHidden(1), grid.hidden.text()) == (True, "1 hidden column")
    {action.text(): action for action in ColumnMenu(grid, 0).actions()}["Show hidden columns"].trigger()
    assert (grid.view.isColumnHidden(1), grid.hidden.isHidden()) == (False, True)


def test_hidden_columns_stay_hidden_when_rows_are_filtered(qtbot: Any, grid: TableGrid) -> None:
    grid.view.arrangement.hide([2])
    only(qtbot, grid, 1, "> 30")

    assert grid.view.isColumnHidden(2)


def test_the_last_column_can_not_be_hidden(grid: TableGrid) -> None:
    grid.view.arrangement.hide(range(3))

    assert grid.view.arrangement.hidden() == [0, 1]


def test_a_menu_offers_to_filter_by_its_column(grid: TableGrid) -> None:
    action = next(item for item in ColumnMenu(grid, 2).actions() if item.text() == "Filter by this column")
    action.trigger()

    assert grid.bar.filters.field(2).accessibleName() == "Filter town"
    assert not grid.bar.filters.field(2).isHidden()


def test_every_control_of_the_bar_has_a_name(grid: TableGrid) -> None:
    bar = grid.bar
    named = (
        bar.find_line.text,
        bar.find_line.next,
        bar.find_line.previous,
        bar.funnel,
        bar.go_to,
        bar.save,
    )

    assert all(widget.accessibleName() for widget in named)
