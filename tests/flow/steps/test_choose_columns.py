"""Columns are kept or left out."""

import pytest

from canvas_app.data.engine import schema_of
from canvas_app.flow.steps.choose_columns import ChooseColumns

STRANGE = 'x "y" ]; DROP TABLE t; -- 😀'


@pytest.fixture
def table(rows):
    return rows({"a": [1], STRANGE: ["x"], "b": [2.0]})


def test_kept_columns_stay_in_the_order_they_came_in(table, cells):
    assert cells(ChooseColumns(columns=["b", STRANGE]).apply(table, {})) == {STRANGE: ["x"], "b": [2.0]}


def test_the_others_stay_when_columns_are_left_out(table, cells):
    assert list(cells(ChooseColumns(columns=[STRANGE], rule="leave out").apply(table, {}))) == ["a", "b"]


def test_a_column_that_is_gone_is_told(table):
    problems = ChooseColumns(columns=["a", "gone"]).check(schema_of(table))

    assert [(problem.field, "gone" in problem.message) for problem in problems] == [("columns", True)]


def test_a_column_without_a_name_is_told(table):
    assert [problem.field for problem in ChooseColumns(columns=[""]).check(schema_of(table))] == ["columns"]


def test_a_column_that_is_named_twice_is_told(table):
    assert [
        "twice" in problem.message for problem in ChooseColumns(columns=["a", "a"]).check(schema_of(table))
    ] == [True]


def test_leaving_out_everything_is_told(table):
    step = ChooseColumns(columns=table.columns, rule="leave out")

    assert "No column would be left" in step.check(schema_of(table))[0].message


def test_the_summary_names_a_few():
    assert ChooseColumns(columns=["a", "b", "c", "d"]).summary() == "a, b and 2 more"
    assert ChooseColumns(columns=["a"], rule="leave out").summary() == "without a"
