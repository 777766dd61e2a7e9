"""A formula makes a column, at the end or in the place of another."""

import pandas as pd

from canvas_app.data.engine import schema_of
from canvas_app.flow.steps.formula import Formula


def test_the_column_stands_at_the_end(rows, cells):
    frame = pd.DataFrame({"a b": [1, 2], "c": [0.5, 4.0]})
    after = cells(Formula(name="d", formula="[a b] * c").apply(rows(frame.to_dict("list")), {}))

    assert after == {"a b": [1, 2], "c": [0.5, 4.0], "d": (frame["a b"] * frame["c"]).to_list()}


def test_a_column_can_be_replaced(rows, cells):
    assert cells(Formula(name="a", formula="a + 1").apply(rows(a=[1, None], b=[1, 2]), {})) == {
        "a": [2.0, None],
        "b": [1, 2],
    }


def test_the_name_may_hold_anything(rows, cells):
    name = "'\"]; DROP TABLE x -- 😀"

    assert cells(Formula(name=name, formula="1").apply(rows(a=[1]), {}))[name] == [1]


def test_mistakes_are_told_at_the_formula(rows):
    schema = schema_of(rows(a=[1]))
    problems = [Formula(name="x", formula=text).check(schema) for text in ("a +", "b + 1", "upper(a)")]

    assert [[problem.field for problem in found] for found in problems] == [["formula"]] * 3


def test_the_summary_is_the_formula():
    assert Formula(name="x", formula="a + 1").summary() == "x = a + 1"
