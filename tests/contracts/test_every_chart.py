"""Promises that every chart of a table keeps, present and future."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.base.figure import Figure, Plot
from canvas_app.data.chart_kind import CHARTS, ChartKind, ChartTable
from canvas_app.data.engine import Engine
from canvas_app.data.file_rows import schema_of_file
from canvas_app.ui.charts.save import save_figure
from tests.contracts.conftest import EXAMPLE_ROWS

each_chart = pytest.mark.parametrize("unit", list(CHARTS), ids=lambda unit: unit.spec.kind)
ODD = ("$\\unknowncmd$", "<img src=x>", "p", "v", "k0", "x", 'a "b"')


@pytest.fixture
def table(tmp_path: Path):
    with Engine(scratch=tmp_path, memory="500MB", threads=1) as engine:
        engine.write_parquet(engine.from_rows(EXAMPLE_ROWS), tmp_path / "table.parquet")
        yield ChartTable(
            engine, tmp_path / "table.parquet", schema_of_file(engine, tmp_path / "table.parquet")
        )


def stored(table: ChartTable, columns: dict[str, list[object]], types: dict[str, str]) -> ChartTable:
    path = table.path.with_name("other.parquet")
    table.engine.write_parquet(table.engine.from_rows(columns, types), path)
    return ChartTable(table.engine, path, schema_of_file(table.engine, path))


def whole(figure: Figure) -> bool:
    numbers = [cell for row in figure.rows for cell in row if isinstance(cell, float)]
    widths = {len(row) for row in figure.rows} - {len(figure.header)}
    return not widths and all(map(math.isfinite, numbers)) and isinstance(figure.marks, Plot)


@each_chart
def test_its_example_survives_a_save(unit):
    assert CHARTS.load(CHARTS.dump(unit.example())) == unit.example()


@each_chart
def test_its_help_is_one_sentence(unit):
    assert unit.__doc__.endswith(".")
    assert len(unit.__doc__) <= 90
    assert unit.spec.question.endswith("?")


@each_chart
@pytest.mark.parametrize("parted", [{}, {"colour_by": "member"}, {"panels": "age", "colour_by": "town"}])
def test_its_example_is_drawn_and_saved(unit, parted, table: ChartTable, tmp_path: Path):
    figure = unit.example().changed(**parted).draw(table)
    save_figure(figure, tmp_path / "chart.svg")

    assert figure.title
    assert figure.rows
    assert whole(figure)
    assert (tmp_path / "chart.svg").stat().st_size > 1000


@each_chart
def test_it_draws_the_same_twice(unit, table: ChartTable):
    assert unit.example().draw(table) == unit.example().draw(table)


@each_chart
def test_a_column_that_is_missing_is_told_at_its_field(unit, table: ChartTable):
    with pytest.raises(CanvasError) as told:
        unit().draw(table)

    assert told.value.where.field in {field.name for field in unit.fields()}


def columns_of(unit: type[ChartKind], name: str) -> ChartKind:
    """The unit with one column wherever it wants one."""
    return unit(**{field.name: name for field in unit.fields() if field.word == "column"})


@each_chart
@pytest.mark.parametrize("name", ODD)
def test_names_of_all_kinds_are_only_names(unit, name: str, table: ChartTable, tmp_path: Path):
    values: list[object] = [1.0, 2.0, 2.0, None, 7.5]
    other = stored(table, {one: list(values) for one in ODD}, {})
    figure = columns_of(unit, name).draw(other)
    save_figure(figure, tmp_path / "chart.png", "dark")

    assert whole(figure)
    assert figure.rows


@each_chart
@pytest.mark.parametrize(
    "values", [[], [None, None], [3.0], [5.0, 5.0, 5.0], [math.inf, -math.inf, math.nan, 1e308, -1e308, 2.0]]
)
def test_numbers_of_all_kinds_are_drawn(unit, values: list[object], table: ChartTable, tmp_path: Path):
    other = stored(table, {"n": values}, {"n": "float64"})
    figure = columns_of(unit, "n").draw(other)
    save_figure(figure, tmp_path / "chart.png")

    assert whole(figure)
