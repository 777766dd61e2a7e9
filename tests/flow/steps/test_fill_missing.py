"""Blanks take a value from the training rows, or one of the person's own."""

import datetime
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canvas_app.data.engine import schema_of
from canvas_app.flow.steps.fill_missing import FillMissing

STRANGE = 'x "y" ]; DROP TABLE t; -- 😀'


@pytest.mark.parametrize(("using", "filled"), [("median", 3), ("mean", 4), ("zero", 0)])
def test_blanks_take_the_training_value(rows, cells, using, filled):
    step = FillMissing(columns=["age"], using=using)
    learned = step.learn(rows(age=[1, 3, 8, None]))

    assert cells(step.apply(rows(age=[None, 50]), learned)) == {"age": [filled, 50]}


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=12))
@settings(
    derandomize=True,
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_median_and_mean_are_those_of_pandas(rows, values):
    table, series = rows({"a": values}, {"a": "float64"}), pd.Series(values, dtype="float64")
    for using, expected in (("median", series.median()), ("mean", series.mean())):
        measured = FillMissing(columns=["a"], using=using).learn(table)["a"]
        assert measured is None if math.isnan(expected) else measured == pytest.approx(expected, abs=1e-6)


def test_the_commonest_value_is_that_of_pandas_also_of_several(rows):
    towns = ["b", "a", "", None, "b", "a", "", "c", ""]
    expected = pd.Series(towns).replace("", None).mode().iloc[0]

    assert FillMissing(columns=["town"], using="most frequent").learn(rows(town=towns)) == {"town": expected}


def test_infinities_and_not_a_number_do_not_spoil_the_mean(rows, cells):
    table = rows(a=[1.0, 3.0, math.inf, -math.inf, math.nan, None])
    step = FillMissing(columns=["a"], using="mean")

    assert step.learn(table) == {"a": 2.0}
    assert cells(step.apply(table, {"a": 2.0}))["a"] == [1.0, 3.0, math.inf, -math.inf, 2.0, 2.0]


def test_a_column_that_was_blank_throughout_stays_blank(rows, cells):
    table = rows({"a": [None, None], "s": [None, ""]}, {"a": "float64", "s": "string"})
    for using, column in (("median", "a"), ("most frequent", "a"), ("most frequent", "s")):
        step = FillMissing(columns=[column], using=using)
        assert cells(step.apply(table, step.learn(table)))[column] == [None, None]


def test_no_rows_to_learn_from_leave_blanks(rows, cells):
    step = FillMissing(columns=["a"])
    learned = step.learn(rows({"a": []}, {"a": "int64"}))

    assert cells(step.apply(rows(a=[None, 2]), learned)) == {"a": [None, 2.0]}


@pytest.mark.parametrize(
    ("using", "value", "filled"),
    [("value", "7", 7), ("most frequent", "", 2), ("zero", "", 0)],
)
def test_whole_numbers_stay_whole_where_what_fills_them_is(rows, cells, using, value, filled):
    step = FillMissing(columns=["a"], using=using, value=value)
    table = rows(a=[2, None, 2, 5])
    after = step.apply(table, step.learn(table))

    assert schema_of(after)["a"].type == "whole"
    assert cells(after)["a"] == [2, filled, 2, 5]


def test_a_fraction_makes_whole_numbers_real(rows, cells):
    step = FillMissing(columns=["a"], using="value", value="2.5")

    assert cells(step.apply(rows(a=[1, None]), {})) == {"a": [1.0, 2.5]}


@pytest.mark.parametrize(
    ("values", "typed", "filled"),
    [
        (["x", None, ""], "it's", "it's"),
        ([True, None, None], "no", False),
        ([datetime.date(2024, 1, 1), None, None], "2020-02-29", datetime.date(2020, 2, 29)),
        (
            [datetime.datetime(2024, 1, 1, 8), None, None],
            "2020-02-29 10:30",
            datetime.datetime(2020, 2, 29, 10, 30),
        ),
        ([datetime.time(8), None, None], "10:30", datetime.time(10, 30)),
    ],
)
def test_a_value_of_ones_own_is_read_as_the_columns_type(rows, cells, values, typed, filled):
    step = FillMissing(columns=["a"], using="value", value=typed)

    assert step.check(schema_of(rows(a=values))) == ()
    assert cells(step.apply(rows(a=values), {}))["a"] == [values[0], filled, filled]


def test_times_take_the_commonest_after_a_save_of_what_was_learned(rows, cells):
    import json

    day = datetime.datetime(2024, 5, 6, 7, 8, 9, 123456)
    step = FillMissing(columns=["d"], using="most frequent")
    learned = json.loads(json.dumps(step.learn(rows(d=[day, day, None]))))

    assert cells(step.apply(rows(d=[None, day]), learned)) == {"d": [day, day]}


def test_filled_rows_can_be_marked(rows, cells):
    step = FillMissing(columns=["a"], using="zero", mark=True)

    assert cells(step.apply(rows(a=[1, None]), {}))["a_was_blank"] == [False, True]


def test_strange_names_are_names(rows, cells):
    step = FillMissing(columns=[STRANGE, "'"], using="most frequent", mark=True)
    table = rows({STRANGE: ["'; --", None], "'": [1, None]})

    assert cells(step.apply(table, step.learn(table)))[STRANGE] == ["'; --", "'; --"]


def test_several_columns_are_learned_together(rows):
    frame = pd.DataFrame({"a": [1.0, np.nan, 5.0], "b": [np.nan, 2.0, 4.0]})
    table = rows(a=[1.0, None, 5.0], b=[None, 2.0, 4.0])

    assert FillMissing(columns=["a", "b"], using="mean").learn(table) == frame.mean().to_dict()


def test_ways_that_do_not_fit_are_told_at_their_field(rows):
    schema = schema_of(rows(town=["a"], age=[1], age_was_blank=[True], many=[[1]]))

    def fields(**values):
        return [problem.field for problem in FillMissing(**values).check(schema)]

    assert fields(columns=["town"], using="median") == ["columns"]
    assert fields(columns=["town"], using="zero") == ["columns"]
    assert fields(columns=["age"], using="value", value="many") == ["value"]
    assert fields(columns=["age"], using="value", value="") == ["value"]
    assert fields(columns=["age"], mark=True) == ["mark"]
    assert fields(columns=["gone"]) == ["columns"]
    assert fields(columns=["many"], using="most frequent") == ["columns"]
    assert fields(columns=["town"], using="most frequent") == []


def test_only_what_measures_rows_learns():
    assert [FillMissing(using=using).learning for using in ("median", "most frequent", "zero", "value")] == [
        True,
        True,
        False,
        False,
    ]
