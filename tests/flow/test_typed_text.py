"""What a person types is read as the type of the column that it is meant for, or refused at its field."""

from __future__ import annotations

import datetime
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas_app.base.spec import Condition
from canvas_app.data.engine import schema_of
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow.blanks import blanks_as_null, finite, is_blank
from canvas_app.flow.conditions import condition_problem, condition_words, holds
from canvas_app.flow.typed_text import read_typed, typed_literal, typed_problem
from canvas_app.flow.wording import joined, some_names
from canvas_app.flow.written_cells import disarmed
from tests.any_values import MOMENTS, NUMBERS, WORDS, quickly
from tests.any_values import is_blank as blank

INFO: dict[str, ColumnInfo] = {
    "number": ColumnInfo("x", "number", "float64"),
    "whole": ColumnInfo("x", "whole", "int64"),
    "text": ColumnInfo("x", "text", "string"),
    "switch": ColumnInfo("x", "switch", "boolean"),
    "date": ColumnInfo("x", "time", "date"),
    "moment": ColumnInfo("x", "time", "timestamp(6)"),
    "zoned": ColumnInfo("x", "time", "timestamp('UTC', 6)"),
    "clock": ColumnInfo("x", "time", "time"),
    "needed clock": ColumnInfo("x", "time", "!time"),
}


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("number", " 3.5 ", 3.5),
        ("number", "-0", 0),
        ("number", "1e3", 1000.0),
        ("number", "inf", math.inf),
        ("number", "9" * 20, 1e20),
        ("whole", "-9223372036854775807", -(2**63) + 1),
        ("whole", "2.5", 2.5),
        ("text", " as it is ", " as it is "),
        ("text", "", ""),
        ("switch", " YES ", True),
        ("switch", "0", False),
        ("date", "1969-12-31", datetime.datetime(1969, 12, 31)),
        ("moment", "2024-02-29 18:30", datetime.datetime(2024, 2, 29, 18, 30)),
        ("moment", "2024-02-29T18:30:01.5", datetime.datetime(2024, 2, 29, 18, 30, 1, 500_000)),
        ("zoned", "2024-02-29", datetime.datetime(2024, 2, 29)),
        ("clock", " 18:30 ", datetime.time(18, 30)),
        ("needed clock", "18:30:05", datetime.time(18, 30, 5)),
    ],
)
def test_a_text_is_read_as_the_columns_type(kind: str, text: str, value: Any):
    read = read_typed(text, INFO[kind])

    assert read == value
    assert type(read) is type(value)
    assert typed_problem(text, INFO[kind], "value") is None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", ""),
        ("number", "many"),
        ("number", "1,5"),
        ("number", "1_000"),
        ("number", "nan"),
        ("number", "--1"),
        ("whole", "9" * 5000),
        ("switch", "perhaps"),
        ("switch", ""),
        ("date", "soon"),
        ("date", "2023-02-29"),
        ("date", "29.02.2024"),
        ("moment", "24:61"),
        ("clock", "2024-01-01"),
    ],
)
def test_what_does_not_fit_is_told_at_the_field_with_an_example(kind: str, text: str):
    problem = typed_problem(text, INFO[kind], "value")

    assert problem is not None
    assert problem.field == "value"
    assert "x" in problem.message
    assert problem.hint.startswith("Write ")


@given(MOMENTS)
@quickly(8)
def test_a_typed_moment_meets_itself(rows, engine, moment):
    table = rows(at=[moment], day=[moment.date()], clock=[moment.time()])
    schema = schema_of(table)
    made = {
        "at": table.at == typed_literal(str(moment), schema["at"]),
        "day": table.day == typed_literal(str(moment.date()), schema["day"]).cast("date"),
        "clock": table.clock == typed_literal(str(moment.time()), schema["clock"]),
    }

    assert engine.fetch(table.select(**made)).to_pylist() == [{"at": True, "day": True, "clock": True}]


@pytest.mark.parametrize(
    "operator", ["is blank", "is not blank", "contains", "starts with", "ends with", "equals", "at most"]
)
def test_no_condition_is_ever_neither_met_nor_unmet(rows, engine, operator):
    columns = {
        "n": [1.0, None, math.nan],
        "w": [1, None, 0],
        "s": ["1", None, ""],
        "b": [True, None, False],
        "d": [datetime.date(2024, 1, 1), None, datetime.date(1, 1, 1)],
    }
    table = rows(columns)
    typed = {"n": "1", "w": "1", "s": "1", "b": "true", "d": "2024-01-01"}
    made = {
        name: holds(Condition(column=name, operator=operator, value=typed[name]), table) for name in columns
    }
    said = engine.fetch(table.select(**made)).to_pydict()

    assert all(cell in (True, False) for cells in said.values() for cell in cells)


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        (Condition(column="", operator="is blank"), "Choose the column of the condition"),
        (Condition(column="gone", operator="is blank"), "no column gone"),
        (Condition(column="many", operator="equals", value="1"), "can't be compared"),
        (Condition(column="age", operator="equals", value="old"), "doesn't fit"),
        (Condition(column="age", operator="equals", value=""), "Enter the value to compare age with"),
        (Condition(column="many", operator="is blank"), None),
        (Condition(column="age", operator="contains", value=""), None),
    ],
)
def test_a_condition_that_does_not_fit_is_told(condition: Condition, problem: str | None):
    schema = Schema((ColumnInfo("age", "whole", "int64"), ColumnInfo("many", "other", "array<int64>")))
    found = condition_problem(condition, schema, "conditions")

    assert (found is None) == (problem is None)
    assert found is None or (problem in found.message and found.field == "conditions")


@pytest.mark.parametrize(
    ("operator", "words"),
    [
        ("at least", "age ≥ 18"),
        ("differs from", "age ≠ 18"),
        ("is blank", "age is blank"),
        ("contains", "age contains 18"),
    ],
)
def test_a_condition_reads_as_a_short_sentence(operator: str, words: str):
    assert condition_words(Condition(column="age", operator=operator, value="18")) == words


@given(
    st.lists(st.one_of(st.none(), NUMBERS), min_size=1, max_size=8),
    st.lists(st.one_of(st.none(), WORDS), min_size=1, max_size=8),
)
@quickly(8)
def test_blanks_are_found_and_put_aside_alike(rows, engine, numbers, words):
    for values, kind in ((numbers, "float64"), (words, "string")):
        table = rows({"x": values}, {"x": kind})
        said = engine.fetch(table.select(blank=is_blank(table.x), kept=blanks_as_null(table.x))).to_pydict()
        assert said["blank"] == [blank(value) for value in values]
        assert said["kept"] == [None if blank(value) else value for value in values]
    table = rows({"x": numbers}, {"x": "float64"})
    known = engine.fetch(table.select(x=finite(table.x))).to_pydict()["x"]
    assert known == [None if value is None or not math.isfinite(value) else value for value in numbers]


@given(st.lists(st.one_of(st.none(), WORDS), min_size=1, max_size=8))
@quickly(8)
def test_no_text_in_a_written_file_begins_like_a_formula(rows, engine, words):
    table = rows({"s": words, "n": [-1] * len(words)}, {"s": "string"})
    said = engine.fetch(disarmed(table)).to_pydict()

    assert said["n"] == [-1] * len(words)
    for old, new in zip(words, said["s"], strict=True):
        assert new is None or not new.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert new in (old, f"'{old}")


def test_a_column_called_like_a_formula_keeps_its_name_where_the_other_is_taken(rows):
    assert disarmed(rows({"=a": [1], "'=a": [2], "+b": [3]})).columns == ("=a", "'=a", "'+b")


@pytest.mark.parametrize(
    ("names", "some", "all_of_them"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a, b", "a and b"),
        (["a", "b", "c"], "a, b and 1 more", "a, b and c"),
    ],
)
def test_names_are_listed_in_few_words(names: list[str], some: str, all_of_them: str):
    assert (some_names(names), joined(names)) == (some, all_of_them)


@pytest.mark.parametrize(
    ("condition", "open_still"),
    [
        (Condition(), True),
        (Condition(column="age"), True),
        (Condition(column="age", value="old"), False),
        (Condition(column="gone", value="1"), False),
    ],
)
def test_an_unfinished_condition_is_open_and_a_wrong_one_is_not(condition: Condition, open_still: bool):
    found = condition_problem(condition, Schema((ColumnInfo("age", "whole", "int64"),)), "conditions")

    assert found is not None
    assert found.open == open_still
    assert not open_still or condition_words(condition) == ""
