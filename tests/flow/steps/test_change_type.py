"""Columns change their type; what doesn't fit becomes blank, or stops the flow."""

import datetime
import math

import pandas as pd
import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import schema_of
from canvas_app.flow.steps.change_type import ChangeType

TEXTS = ["1", " 2.5 ", "", None, "1e3", "two", "'; DROP", "3"]


def test_texts_become_numbers_as_in_pandas(rows, cells):
    expected = pd.to_numeric(pd.Series(TEXTS), errors="coerce")
    after = cells(ChangeType(columns=["a"], to="number").apply(rows(a=TEXTS), {}))["a"]

    assert after == [None if math.isnan(value) else value for value in expected]


@pytest.mark.parametrize(
    ("values", "to", "after", "kind"),
    [
        ([1.0, 2.6, None, math.nan, math.inf], "whole", [1, 3, None, None, None], "whole"),
        (["1", "x", None], "whole", [1, None, None], "whole"),
        ([1, None], "number", [1.0, None], "number"),
        ([True, False, None], "whole", [1, 0, None], "whole"),
        ([0, 2, None], "switch", [False, True, None], "switch"),
        (["true", "no", "maybe"], "switch", [True, False, None], "switch"),
        ([1, None], "text", ["1", None], "text"),
        ([True, None], "text", ["true", None], "text"),
        ([datetime.date(2024, 1, 2)], "text", ["2024-01-02"], "text"),
        (
            ["2024-01-02", "2024-01-02 10:00", "soon"],
            "date",
            [datetime.date(2024, 1, 2)] * 2 + [None],
            "time",
        ),
        (["2024-01-02 10:00", "x"], "moment", [datetime.datetime(2024, 1, 2, 10), None], "time"),
        ([datetime.date(2024, 1, 2)], "moment", [datetime.datetime(2024, 1, 2)], "time"),
        ([datetime.datetime(2024, 1, 2, 10)], "date", [datetime.date(2024, 1, 2)], "time"),
    ],
)
def test_every_pair_of_types_that_has_something_in_common(rows, cells, values, to, after, kind):
    step, table = ChangeType(columns=["a"], to=to), rows(a=values)

    assert step.check(schema_of(table)) == ()
    assert schema_of(step.apply(table, {}))["a"].type == kind
    assert cells(step.apply(table, {}))["a"] == after


def test_columns_keep_their_places_and_strange_names(rows, cells):
    strange = 'x "y" ]; --'
    after = cells(
        ChangeType(columns=[strange], to="text").apply(rows({"a": [1], strange: [2], "b": [3]}), {})
    )

    assert after == {"a": [1], strange: ["2"], "b": [3]}


def test_it_can_stop_the_flow_instead(rows, engine):
    step = ChangeType(columns=["a"], to="number", misfits="stop")
    with pytest.raises(CanvasError):
        engine.fetch(step.apply(rows(a=TEXTS), {}))


def test_a_replay_never_stops(rows, cells):
    step = ChangeType(columns=["a"], to="number", misfits="stop").on_replay()

    assert cells(step.apply(rows(a=["x", "1"]), {}))["a"] == [None, 1.0]


@pytest.mark.parametrize(
    ("value", "to"),
    [(datetime.date(2024, 1, 1), "number"), (3, "date"), (True, "moment"), (datetime.time(3), "date")],
)
def test_types_without_anything_in_common_are_told(rows, value, to):
    problems = ChangeType(columns=["a"], to=to).check(schema_of(rows(a=[value])))

    assert [problem.field for problem in problems] == ["columns"]


def test_no_rows_have_the_new_type_too(rows, cells):
    table = rows({"a": []}, {"a": "string"})

    assert cells(ChangeType(columns=["a"]).apply(table, {})) == {"a": []}
