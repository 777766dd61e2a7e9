from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from canvas_app.data.dataset import Dataset
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.ui.data.dataset_list import DatasetList


def dataset(name: str, *, age: timedelta = timedelta(0), **facts: Any) -> Dataset:
    made_at = (datetime.now(UTC) - age).isoformat(timespec="seconds")
    schema = Schema((ColumnInfo("a", "whole", "int64"),))
    return Dataset(name, 1, "0" * 64, schema, facts.pop("rows", 3), 8_000, facts, made_at)


def words(listed: DatasetList, column: int) -> list[str]:
    model = listed.tables
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


@pytest.fixture
def listed(qtbot: Any) -> DatasetList:
    listed = DatasetList()
    qtbot.addWidget(listed)
    return listed


def test_the_newest_table_stands_first_and_is_chosen(listed: DatasetList) -> None:
    chosen: list[Dataset | None] = []
    listed.chosen.connect(chosen.append)
    listed.show_datasets((dataset("old"), dataset("new")))

    assert words(listed, 0) == ["new", "old"]
    assert chosen[-1].name == "new"


def test_a_certain_table_can_be_chosen(listed: DatasetList) -> None:
    listed.show_datasets((dataset("old"), dataset("new")), choose="old/1")

    assert listed.current().name == "old"


def test_no_tables_means_that_none_is_chosen(listed: DatasetList) -> None:
    chosen: list[Dataset | None] = []
    listed.chosen.connect(chosen.append)
    listed.show_datasets(())

    assert chosen == [None]


def test_days_are_told_in_words(listed: DatasetList) -> None:
    listed.show_datasets((dataset("b", age=timedelta(days=1)), dataset("a")))

    assert words(listed, 6) == ["today", "yesterday"]


def test_an_unknown_source_is_a_file(listed: DatasetList) -> None:
    listed.show_datasets((dataset("a", kind="from_the_future"), dataset("b", kind="parquet_file")))

    assert words(listed, 5) == ["Parquet", "File"]


def test_rows_and_sizes_are_told_with_spaces_and_units(listed: DatasetList) -> None:
    listed.show_datasets((dataset("a", rows=48_842),))

    assert words(listed, 1) == ["48\u00a0842"]
    assert words(listed, 3) == ["8 KB"]
