"""Rows are parted by frequent values, or by stretches of numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from canvas_app.data.chart_groups import ONE, OTHERS, groups_of, panels_of
from canvas_app.data.chart_kind import CHARTS, ChartTable, first_guess
from canvas_app.data.engine import Engine
from canvas_app.data.file_rows import schema_of_file


@pytest.fixture
def table_of(engine: Engine, tmp_path: Path) -> Callable[[list[Any]], ChartTable]:
    def store(values: list[Any]) -> ChartTable:
        path = tmp_path / "table.parquet"
        engine.write_parquet(engine.from_rows({"x": values}), path)
        return ChartTable(engine, path, schema_of_file(engine, path))

    return store


def counts(table: ChartTable, sql: str) -> list[int]:
    return [row[1] for row in table.grouped((sql,))]


def test_few_values_have_a_group_each_and_blanks_none(table_of: Callable[..., ChartTable]) -> None:
    table = table_of(["b", "b", "a", "", None])
    groups = groups_of(table, "x", "by", 4)

    assert groups.names == ("b", "a")
    assert counts(table, groups.sql) == [2, 1]


def test_of_many_values_the_rare_ones_share_a_group(table_of: Callable[..., ChartTable]) -> None:
    table = table_of([*"aaabbcdef"])
    groups = groups_of(table, "x", "by", 3)

    assert groups.names == ("a", "b", OTHERS)
    assert counts(table, groups.sql) == [3, 2, 4]


def test_few_numbers_come_in_their_order_and_many_in_stretches(table_of: Callable[..., ChartTable]) -> None:
    few, many = table_of([3, 1, 1, 2, 3, 3]), None
    assert groups_of(few, "x", "by", 6).names == ("1", "2", "3")

    many = table_of(list(range(100)))
    groups = groups_of(many, "x", "by", 6)
    assert groups.names == ("up to 24", "24 to 49", "49 to 74", "over 74")
    assert counts(many, groups.sql) == [25, 25, 25, 25]


def test_panels_are_called_by_their_column_too(table_of: Callable[..., ChartTable]) -> None:
    table = table_of([True, False])

    assert panels_of(table, "x").names == ("x: false", "x: true")
    assert panels_of(table, "") == ONE


def test_a_chart_begins_with_columns_that_fit(table_of: Callable[..., ChartTable]) -> None:
    schema = table_of([1.5, 2.5]).schema

    assert first_guess(CHARTS["histogram"], schema).model_dump()["column"] == "x"
    assert first_guess(CHARTS["scatter"], schema).model_dump()["y"] == ""
