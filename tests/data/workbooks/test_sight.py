from __future__ import annotations

import datetime
from typing import Any

import pytest

from canvas_app.data.workbooks.sight import Merged, find_table

JANUARY, FEBRUARY = datetime.date(2020, 1, 1), datetime.date(2020, 2, 1)


def names(rows: list[list[Any]], merged: list[Merged] | None = None) -> tuple[int, tuple[str, ...]]:
    """How many rows the header has, and the names of the columns."""
    found = find_table(rows, merged or [])
    assert found is not None
    return found.headers, found.names


@pytest.mark.parametrize(
    ("rows", "headers", "found"),
    [
        ([["a", "b"], [1, 2]], 1, ("a", "b")),
        ([["a", "b"], ["x", "y"]], 1, ("a", "b")),
        ([["a", "b"]], 1, ("a", "b")),
        ([[1, 2], [3, 4]], 0, ("column_1", "column_2")),
        ([["Ann", 1], ["Bob", 2]], 0, ("column_1", "column_2")),
        ([["country", 2019, 2020], ["Italy", 5, 6]], 1, ("country", "2019", "2020")),
        ([["country", "2019", "2020"], ["Italy", 5, 6]], 1, ("country", "2019", "2020")),
        ([["country", JANUARY, FEBRUARY], ["Italy", 5, 6]], 1, ("country", "2020-01-01", "2020-02-01")),
        ([["Ann", 2019], ["Bob", 1987], ["Eve", 1960]], 0, ("column_1", "column_2")),
        ([["  a\n b ", "c"], [1, 2]], 1, ("a b", "c")),
        ([["", "a", "b"], [0, 1, 2]], 1, ("column_1", "a", "b")),
        ([["a"], [1], [2]], 1, ("a",)),
        ([["a", "b"], ["kg", "m"], [1, 2]], 1, ("a", "b")),
    ],
)
def test_a_header_is_told_from_values(rows: list[list[Any]], headers: int, found: tuple[str, ...]) -> None:
    assert names(rows) == (headers, found)


def test_groups_of_columns_are_joined_where_cells_are_merged() -> None:
    rows = [["name", 2019, "", 2020, ""], ["", "low", "high", "low", "high"], ["Ann", 1, 2, 3, 4]]
    merged = [((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 3), (0, 4))]

    assert names(rows, merged) == (2, ("name", "2019 low", "2019 high", "2020 low", "2020 high"))


def test_groups_of_columns_are_joined_where_nothing_tells_of_merged_cells() -> None:
    rows = [["name", "size", "", "price"], ["", "low", "high", "now"], ["Ann", 1, 2, 3]]

    assert names(rows) == (2, ("name", "size low", "size high", "price now"))


def test_a_sheet_without_anything_has_no_table() -> None:
    assert find_table([], []) is None
    assert find_table([["", " "], ["", ""]], []) is None


def test_a_spacer_column_does_not_part_a_table_of_one_height() -> None:
    assert names([["a", "", "b"], [1, "", 2]]) == (1, ("a", "column_2", "b"))
