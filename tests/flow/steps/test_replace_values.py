"""Values give way to others."""

import datetime

import pytest

from canvas_app.data.engine import schema_of
from canvas_app.flow.steps.replace_values import ReplaceValues


def replace(column, *pairs, match="exactly"):
    return ReplaceValues(
        columns=[column], replacements=[{"value": value, "by": by} for value, by in pairs], match=match
    )


def test_named_values_give_way_and_others_stay(rows, cells):
    step = replace("a", ("?", ""), ("b", "B"))

    assert cells(step.apply(rows(a=["?", "b", "c", None, "bb"]), {}))["a"] == [None, "B", "c", None, "bb"]


def test_texts_match_loosely_if_wanted(rows, cells):
    step = replace("a", ("N/A", ""), match="loosely")

    assert cells(step.apply(rows(a=[" n/a ", "N/A", "na"]), {}))["a"] == [None, None, "na"]


def test_whole_numbers_stay_whole(rows, cells):
    after = replace("a", ("-999", "")).apply(rows(a=[-999, 7]), {})

    assert cells(after)["a"] == [None, 7]
    assert schema_of(after)["a"].type == "whole"


def test_a_fraction_makes_whole_numbers_real(rows, cells):
    assert cells(replace("a", ("1", "1.5")).apply(rows(a=[1, 2]), {}))["a"] == [1.5, 2.0]


def test_days_are_replaced_too(rows, cells):
    day = datetime.date
    step = replace("a", ("1900-01-01", ""))

    assert cells(step.apply(rows(a=[day(1900, 1, 1), day(2020, 1, 1)]), {}))["a"] == [None, day(2020, 1, 1)]


@pytest.mark.parametrize("pair", [("many", ""), ("1", "few")])
def test_a_text_is_no_number(rows, pair):
    problems = replace("a", pair).check(schema_of(rows(a=[1])))

    assert [problem.field for problem in problems] == ["replacements"]


def test_the_summary_names_what_gives_way():
    assert replace("a", ("?", ""), ("b", "B")).summary() == "a: ? → blank, b → B"
