"""Rows stay when their conditions hold, as pandas would have it."""

import datetime
import math

import pandas as pd
import pytest

from canvas_app.data.engine import schema_of
from canvas_app.flow.steps.filter_rows import FilterRows

STRANGE = 'it\'s [a] "name" 😀; DELETE'
AGES = [18, None, 30, 17, 64]
PAY = [1.5, math.nan, math.inf, None, -2.0]
TOWNS = ["Ulm", "", None, "ulm", "it's 50% _x"]


@pytest.fixture
def table(rows):
    return rows({"id": list(range(5)), "age": AGES, "pay": PAY, STRANGE: TOWNS})


def kept(cells, table, *conditions, **more) -> list[int]:
    step = FilterRows(
        conditions=[
            dict(zip(("column", "operator", "value"), condition, strict=False)) for condition in conditions
        ],
        **more,
    )
    assert step.check(schema_of(table)) == ()
    return cells(step.apply(table, {}))["id"]


AGE = pd.Series(AGES, dtype="Int64")
NUMBERS = {
    "equals": AGE.eq(30),
    "less than": AGE.lt(30),
    "at most": AGE.le(30),
    "more than": AGE.gt(30),
    "at least": AGE.ge(30),
}


@pytest.mark.parametrize("operator", NUMBERS)
def test_numbers_compare_as_in_pandas_and_blanks_never_do(table, cells, operator):
    mask = NUMBERS[operator].fillna(value=False)

    assert kept(cells, table, ("age", operator, "30")) == list(mask[mask].index)


def test_a_blank_differs_from_everything(table, cells):
    assert kept(cells, table, ("age", "differs from", "30")) == [0, 1, 3, 4]


def test_leaving_out_is_the_exact_contrary(table, cells):
    condition = ("pay", "more than", "1")

    assert kept(cells, table, condition) == [0, 2]
    assert kept(cells, table, condition, rule="leave out") == [1, 3, 4]


def test_blank_means_nothing_not_a_number_or_an_empty_text(table, cells):
    assert kept(cells, table, ("pay", "is blank")) == [1, 3]
    assert kept(cells, table, (STRANGE, "is blank")) == [1, 2]
    assert kept(cells, table, ("age", "is not blank")) == [0, 2, 3, 4]


@pytest.mark.parametrize(
    ("operator", "value", "ids"),
    [
        ("equals", "Ulm", [0]),
        ("contains", "l", [0, 3]),
        ("contains", "%", [4]),
        ("starts with", "it's", [4]),
        ("ends with", "_x", [4]),
        ("equals", "' OR 1=1 --", []),
    ],
)
def test_texts_are_matched_to_the_letter(table, cells, operator, value, ids):
    assert kept(cells, table, (STRANGE, operator, value)) == ids


def test_all_or_any_of_the_conditions(table, cells):
    two = (("age", "at least", "18"), ("pay", "at least", "0"))

    assert kept(cells, table, *two) == [0, 2]
    assert kept(cells, table, *two, match="any") == [0, 2, 4]


def test_dates_and_switches_are_read_as_such(rows, cells):
    days = [datetime.date(2024, 1, 1), datetime.date(2024, 6, 1), None]
    moments = [datetime.datetime(2024, 1, 1, 8), datetime.datetime(2024, 1, 1, 9), None]
    table = rows(id=[0, 1, 2], day=days, at=moments, member=[True, False, None])

    assert kept(cells, table, ("day", "more than", "2024-01-01")) == [1]
    assert kept(cells, table, ("at", "at most", "2024-01-01 08:30")) == [0]
    assert kept(cells, table, ("member", "equals", "no")) == [1]


def test_no_rows_give_no_rows(table, cells):
    assert kept(cells, table.limit(0), ("age", "equals", "1")) == []


@pytest.mark.parametrize(
    "condition",
    [
        {"column": "", "operator": "equals", "value": "1"},
        {"column": "gone", "operator": "is blank"},
        {"column": "age", "operator": "equals", "value": "many"},
        {"column": "age", "operator": "equals", "value": ""},
        {"column": "pay", "operator": "less than", "value": "1,5"},
        {"column": "pay", "operator": "less than", "value": "nan"},
    ],
)
def test_conditions_that_can_not_hold_are_told_at_their_field(table, condition):
    problems = FilterRows(conditions=[condition]).check(schema_of(table))

    assert [problem.field for problem in problems] == ["conditions"]


def test_the_summary_says_the_conditions():
    conditions = [
        {"column": "age", "operator": "at least", "value": "18"},
        {"column": "b", "operator": "is blank"},
    ]

    assert FilterRows(conditions=conditions, match="any").summary() == "age ≥ 18 or b is blank"
    assert FilterRows(conditions=conditions[:1], rule="leave out").summary() == "without age ≥ 18"


def test_an_unfinished_condition_is_left_out_of_the_summary() -> None:
    finished = {"column": "age", "operator": "at least", "value": "18"}

    assert FilterRows(conditions=[{}]).summary() == "No condition yet"
    assert FilterRows(conditions=[finished, {"column": "b"}]).summary() == "age ≥ 18"
