"""What a step changed, counted as pandas would."""

import math

import pandas as pd

from canvas_app.flow.impact import Impact, impact

STRANGE = 'a "b" ]; DROP'


def test_rows_columns_types_and_blanks_are_compared(rows):
    before = rows({STRANGE: [1.0, math.nan, None], "gone": [1, 2, 3], "n": [1, 2, None]})
    after = rows({STRANGE: [1.0, 0.0], "n": ["1", ""], "new": [None, 5]})

    assert impact(before, after) == Impact(
        rows_before=3,
        rows_after=2,
        columns_added=("new",),
        columns_removed=("gone",),
        columns_retyped=(("n", "whole", "text"),),
        blanks=((STRANGE, 2, 0),),
        blanks_new=(("new", 1),),
    )


def test_the_same_table_changes_nothing(rows):
    table = rows(a=[1, None])

    assert impact(table, table) == Impact(rows_before=2, rows_after=2)


def test_no_rows_are_counted_as_none(rows):
    table = rows(a=[1, None])

    assert impact(table, table.limit(0)) == Impact(rows_before=2, rows_after=0, blanks=(("a", 1, 0),))


def test_blanks_are_those_of_pandas(rows):
    frame = pd.DataFrame({"a": [1.5, None, 2.5, None], "b": [None, "x", None, None]})
    found = impact(
        rows({"a": [1.5, None, 2.5, None], "b": [None, "x", None, None]}),
        rows({"a": [1.5, 0.0, 2.5, 0.0], "b": ["x"] * 4}),
    )

    assert {name: before for name, before, _ in found.blanks} == frame.isna().sum().to_dict()
