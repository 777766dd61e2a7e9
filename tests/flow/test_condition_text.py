from __future__ import annotations

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.schema import ColumnInfo
from canvas_app.flow.condition_text import read_condition

AGE = ColumnInfo("age", "whole", "int64")
NAME = ColumnInfo("name", "text", "string")


@pytest.mark.parametrize(
    ("typed", "operator", "value"),
    [
        ("> 30", "more than", "30"),
        (">=30", "at least", "30"),
        ("≤ 3", "at most", "3"),
        ("<> 1", "differs from", "1"),
        ("30", "equals", "30"),
        ("less than 4", "less than", "4"),
        ("Blank", "is blank", ""),
        ("not blank", "is not blank", ""),
    ],
)
def test_a_line_about_numbers_is_a_condition(typed: str, operator: str, value: str) -> None:
    made = read_condition(typed, AGE)

    assert (made.column, made.operator, made.value) == ("age", operator, value)


@pytest.mark.parametrize(
    ("typed", "operator", "value"),
    [
        ("a*", "starts with", "a"),
        ("*a", "ends with", "a"),
        ("*a*", "contains", "a"),
        ("Contains x y", "contains", "x y"),
        ("ann", "contains", "ann"),
        ("= blank", "equals", "blank"),
        ("*", "contains", "*"),
    ],
)
def test_a_line_about_text_is_a_condition(typed: str, operator: str, value: str) -> None:
    made = read_condition(typed, NAME)

    assert (made.operator, made.value) == (operator, value)


def test_what_does_not_fit_the_column_is_said() -> None:
    with pytest.raises(CanvasError, match="tall doesn't fit age"):
        read_condition("> tall", AGE)
