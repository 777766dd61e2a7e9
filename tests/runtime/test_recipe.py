"""Rows come through the recipe one for each, in the contract's types, and nothing else is reached."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest

from canvas_app.runtime.contract import InputColumn
from canvas_app.runtime.errors import BundleError
from canvas_app.runtime.recipe import Recipe

AGE = InputColumn("age", "number", "DOUBLE")
COUNT = InputColumn("count", "whole", "BIGINT")
PORT = InputColumn("port", "text", "VARCHAR")
SEEN = InputColumn("seen", "time", "TIMESTAMP")


def test_text_that_is_no_number_becomes_blank():
    fitted = Recipe(None, [AGE]).fit(pa.table({"age": ["1.5", " 2 ", "old", "", None]}))

    assert fitted.column("age").to_pylist() == [1.5, 2.0, None, None, None]


def test_whole_numbers_read_as_text_carry_no_decimal_point():
    fitted = Recipe(None, [PORT]).fit(pa.table({"port": pa.array([3.0, 2.5, None])}))

    assert fitted.column("port").to_pylist() == ["3", "2.5", None]


def test_dates_are_read_as_they_are_written_and_from_dates():
    recipe = Recipe(None, [SEEN])
    moment = datetime(2026, 3, 1)

    assert recipe.fit(pa.table({"seen": ["2026-03-01", "soon"]})).column("seen").to_pylist() == [moment, None]
    assert recipe.fit(pa.table({"seen": [moment.date()]})).column("seen").to_pylist() == [moment]
    assert recipe.fit(pa.table({"seen": [7.0]})).column("seen").to_pylist() == [None]


def test_the_recipe_sees_columns_of_any_name():
    odd = InputColumn('a "b"; DROP TABLE x --', "number", "DOUBLE")
    recipe = Recipe('SELECT "a ""b""; DROP TABLE x --" + 1 AS "ü 🙂" FROM "input"', [odd])

    assert recipe.apply(recipe.fit(pa.table({odd.name: ["1"]}))).to_pydict() == {"ü 🙂": [2.0]}


def test_one_row_goes_the_same_way_as_many():
    sql = 'SELECT coalesce("age", 7) * 2 AS age, upper("port") AS port, "count", "seen" FROM "input"'
    recipe = Recipe(sql, [AGE, COUNT, PORT, SEEN])
    values = {"age": " 3.5", "count": 4, "port": "x", "seen": "2026-03-01 10:00"}
    many = recipe.apply(recipe.fit(pa.table({name: [value] for name, value in values.items()})))

    assert recipe.row(values).to_pylist() == many.to_pylist()
    assert recipe.row({**values, "age": None}).column("age").to_pylist() == [14.0]


def test_types_that_python_does_not_know_go_through_arrow():
    moment = InputColumn("at", "time", "TIMESTAMP WITH TIME ZONE")

    assert Recipe(None, [moment]).row({"at": "2026-03-01 10:00+00"}).num_rows == 1


def test_a_recipe_that_loses_rows_is_refused():
    recipe = Recipe('SELECT * FROM "input" WHERE age > 1', [AGE])

    with pytest.raises(BundleError, match="made 1 rows of 2"):
        recipe.apply(pa.table({"age": [1.0, 2.0]}))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM '{file}'",
        "COPY (SELECT 1) TO '{file}.out'",
        "ATTACH '{file}.db'",
        "INSTALL httpfs",
        "SELECT getenv('HOME')",
        "SELECT * FROM glob('/*')",
        "SET enable_external_access = true",
    ],
)
def test_a_recipe_reaches_no_file(tmp_path: Path, sql: str):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")

    with pytest.raises(BundleError):
        Recipe(sql.format(file=secret), [AGE])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["secret.csv"]


def test_a_type_that_is_no_type_is_refused():
    with pytest.raises(BundleError, match="names no type for age"):
        Recipe(None, [InputColumn("age", "number", "DOUBLE); DROP TABLE x; --")])
