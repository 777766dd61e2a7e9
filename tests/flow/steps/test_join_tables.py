"""Joined tables are those of pandas, but that a blank equals nothing."""

import datetime

import ibis
import pandas as pd
import pytest

from canvas_app.data.engine import schema_of
from canvas_app.flow.steps.join_tables import JoinTables

STRANGE = 'k "e" ]y; DROP 😀'
LEFT = {STRANGE: ["a", "b", "b", None], "n": [1, 2, 3, 4], "both": ["l1", "l2", "l3", "l4"]}
RIGHT = {"code": ["b", "b", "c", None], "n": [10, 20, 30, 40], "both": ["r1", "r2", "r3", "r4"]}


def as_rows(table: dict) -> list:
    return sorted(zip(*table.values(), strict=True), key=repr)


@pytest.mark.parametrize("how", ["inner", "left", "right", "full"])
def test_the_rows_are_those_of_pandas(rows, cells, how):
    step = JoinTables(pairs=[{"left": STRANGE, "right": "code"}], how=how)
    # pandas lets blanks equal each other, so they are told apart first.
    left = pd.DataFrame(LEFT).fillna({STRANGE: "left blank"})
    right = pd.DataFrame(RIGHT).fillna({"code": "right blank"})
    merged = left.merge(
        right,
        left_on=STRANGE,
        right_on="code",
        how="outer" if how == "full" else how,
        suffixes=("", "_right"),
    )
    merged[STRANGE] = merged[STRANGE].fillna(merged["code"])
    merged = merged.drop(columns="code").replace({"left blank": None, "right blank": None})
    expected = merged.astype(object).where(merged.notna(), None)
    after = cells(step.apply(rows(LEFT), rows(RIGHT), {}))

    assert list(after) == list(expected.columns)
    assert as_rows(after) == as_rows(expected.to_dict("list"))


def test_several_pairs_must_all_be_equal(rows, cells):
    step = JoinTables(pairs=[{"left": "a", "right": "a"}, {"left": "b", "right": "b"}], how="inner")
    after = step.apply(rows(a=[1, 1], b=["x", "y"]), rows(a=[1, 1], b=["y", "z"], c=[5, 6]), {})

    assert cells(after) == {"a": [1], "b": ["y"], "c": [5]}


def test_names_in_both_tables_get_an_ending_until_they_are_free(rows, cells):
    step = JoinTables(pairs=[{"left": "k", "right": "k"}], suffix="2")
    after = step.apply(rows(k=[1], n=[1], n2=[2]), rows(k=[1], n=[3]), {})

    assert cells(after) == {"k": [1], "n": [1], "n2": [2], "n22": [3]}


def test_a_table_joins_with_itself(rows, cells):
    table = rows(k=[1, 2], n=[5, 6])

    assert as_rows(cells(JoinTables(pairs=[{"left": "k", "right": "k"}]).apply(table, table, {}))) == [
        (1, 5, 5),
        (2, 6, 6),
    ]


def test_nothing_joined_with_something(rows, cells):
    empty, one = rows({"k": []}, {"k": "int64"}), rows(k=[1])
    step = JoinTables(pairs=[{"left": "k", "right": "k"}])

    assert cells(step.apply(empty, one, {})) == {"k": []}
    assert cells(step.changed(how="full").apply(empty, one, {})) == {"k": [1]}


@pytest.mark.parametrize(
    ("left", "right", "key"),
    [
        ("int8", "int64", 1),
        ("int64", "float64", 1.0),
        ("decimal(4, 1)", "float64", 1.0),
        ("uint64", "int8", 1.0),
    ],
)
def test_numbers_of_different_sizes_can_be_equal(rows, cells, left, right, key):
    first, second = rows(k=[1]).select(k=ibis._.k.cast(left)), rows(k=[1, 300], n=[5, 6])
    second = second.select(k=ibis._.k.try_cast(right), n=ibis._.n).filter(ibis._.k.notnull())
    step = JoinTables(pairs=[{"left": "k", "right": "k"}], how="full")
    after = cells(step.apply(first, second, {}))

    assert after["k"][after["n"].index(5)] == key
    assert None not in after["k"]


def test_a_date_equals_its_midnight(rows, cells):
    first = rows(k=[datetime.date(2024, 1, 1)])
    second = rows(k=[datetime.datetime(2024, 1, 1), datetime.datetime(2024, 1, 1, 3)], n=[1, 2])
    step = JoinTables(pairs=[{"left": "k", "right": "k"}], how="inner")

    assert cells(step.apply(first, second, {})) == {"k": [datetime.date(2024, 1, 1)], "n": [1]}


def test_what_does_not_fit_is_told_at_its_field(rows):
    schemas = (
        schema_of(rows(a=[1], s=["x"], n=[1], clock=[datetime.time(3)])),
        schema_of(rows(b=[1.0], t=["x"], n=[1], day=[datetime.date(2024, 1, 1)])),
    )

    def fields(*pairs, **more):
        step = JoinTables(pairs=[{"left": left, "right": right} for left, right in pairs], **more)
        return [problem.field for problem in step.check(*schemas)]

    assert fields(("a", "b")) == []
    assert fields(("a", "t")) == ["pairs"]
    assert fields(("clock", "day")) == ["pairs"]
    assert fields(("gone", "b")) == ["pairs"]
    assert fields(("a", "")) == ["pairs"]
    assert fields(("a", "b"), suffix="") == ["suffix"]
    assert fields() == ["pairs"]


def test_the_summary_says_what_must_be_equal():
    assert JoinTables(pairs=[{"left": "a", "right": "b"}]).summary() == "a = b"


def test_an_unfinished_pair_is_left_out_of_the_summary() -> None:
    assert JoinTables(pairs=[{}]).summary() == "Choose columns"
    assert JoinTables(pairs=[{"left": "a", "right": "b"}, {"left": "c"}]).summary() == "a = b"
