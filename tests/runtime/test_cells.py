"""Cells of any Arrow column become numbers, texts and days, few of them as many."""

from __future__ import annotations

import datetime
import decimal
import math
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas_app.runtime import cells
from canvas_app.runtime.columns import part_of
from tests.any_values import MOMENTS, NUMBERS, WORDS, quickly

MANY = cells.FEW + 1

COLUMNS = {
    "int8": (pa.array([1, None, -128], pa.int8()), [1, None, -128]),
    "int64": (pa.array([2**53, None, -(2**63)]), [2.0**53, None, -(2.0**63)]),
    "uint64": (pa.array([2**64 - 1, 0], pa.uint64()), [2.0**64, 0]),
    "float32": (pa.array([0.5, None, math.inf], pa.float32()), [0.5, None, None]),
    "float64": (pa.array([1.5, math.nan, -math.inf]), [1.5, None, None]),
    "switch": (pa.array([True, False, None]), [1, 0, None]),
    "decimal": (pa.array([decimal.Decimal("1.25"), None]), [1.25, None]),
    "text": (pa.array(["1.5", " 2 ", "x", "", None, "1e3"]), [1.5, 2, None, None, None, 1000]),
    "coded text": (pa.array(["3", "x", None]).dictionary_encode(), [3, None, None]),
    "nothing": (pa.array([None, None], pa.null()), [None, None]),
    "dates": (pa.array([datetime.date(2024, 1, 1), None]), [None, None]),
    "lists": (pa.array([[1], None]), [None, None]),
}


def as_floats(values: list[Any]) -> list[float]:
    return [math.nan if value is None else float(value) for value in values]


@pytest.mark.parametrize("name", COLUMNS)
def test_numbers_are_those_that_the_cells_mean_and_all_else_is_blank(name: str):
    column, expected = COLUMNS[name]

    np.testing.assert_array_equal(cells.numbers(column), as_floats(expected))


@pytest.mark.parametrize("name", COLUMNS)
def test_many_cells_are_read_as_few_are(name: str):
    column, expected = COLUMNS[name]
    many = pa.chunked_array([column] * MANY)

    np.testing.assert_array_equal(cells.numbers(many), as_floats(expected * MANY))
    assert cells.texts(many).to_pylist() == cells.texts(column).to_pylist() * MANY


def test_what_is_given_out_may_be_changed_without_harm():
    column = pa.array([float(at) for at in range(MANY)])
    cells.numbers(column)[:] = 7

    assert column.to_pylist() == [float(at) for at in range(MANY)]


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array(["a", None, ""]), ["a", None, ""]),
        (pa.array(["a", None], pa.large_string()), ["a", None]),
        (pa.array([1, None]), ["1", None]),
        (pa.array([1.0, 2.5, None]), ["1", "2.5", None]),
        (pa.array([True, None]), ["true", None]),
        (pa.array([datetime.date(2024, 2, 29)]), ["2024-02-29"]),
        (pa.array([[1, 2], None]), ["[1, 2]", None]),
        (pa.array([{"a": 1}, None]), ["{'a': 1}", None]),
        (pa.array([b"\xff", None]), ["b'\\xff'", None]),
        (pa.array(["x", "y", None]).dictionary_encode(), ["x", "y", None]),
        (pa.chunked_array([["a"], ["b"], []], pa.string()), ["a", "b"]),
    ],
)
def test_texts_are_what_a_person_would_write(column: Any, expected: list[str | None]):
    assert cells.texts(column).to_pylist() == expected


@pytest.mark.parametrize(
    ("column", "count"),
    [
        (pa.array([math.inf, -math.inf, math.nan, None, 1.0]), 2),
        (pa.array([], pa.float64()), 0),
        (pa.array([None], pa.float64()), 0),
        (pa.array([1, 2]), 0),
        (pa.array(["inf"]), 0),
    ],
)
def test_infinities_are_counted(column: Any, count: int):
    assert cells.infinities(column) == count


DAY = datetime.timedelta(days=1)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
@pytest.mark.parametrize("zone", [None, "UTC", "America/New_York"])
def test_moments_of_any_unit_and_zone_are_days_since_1970(unit: str, zone: str | None):
    moments = [datetime.datetime(1969, 12, 31, 6), datetime.datetime(2024, 2, 29, 18), None]
    column = pa.array(moments, pa.timestamp(unit, zone))

    np.testing.assert_allclose(cells.days(column), [-0.75, 19782.75, math.nan])


@pytest.mark.parametrize("kind", [pa.date32(), pa.date64()])
def test_dates_are_days_since_1970(kind: Any):
    column = pa.array([datetime.date(1970, 1, 2), datetime.date(1, 1, 1), None], kind)

    np.testing.assert_array_equal(cells.days(column), [1, -719162, math.nan])


@pytest.mark.parametrize("kind", [pa.time32("s"), pa.time32("ms"), pa.time64("us"), pa.time64("ns")])
def test_times_of_day_are_shares_of_a_day(kind: Any):
    column = pa.array([datetime.time(6), datetime.time(0), None], kind)

    np.testing.assert_allclose(cells.days(column), [0.25, 0, math.nan])


@pytest.mark.parametrize("column", [pa.array([1.0, 2.0]), pa.array(["x", "y"]), pa.array([None, None])])
def test_what_is_no_time_has_no_days(column: Any):
    assert np.isnan(cells.days(column)).all()


@given(
    st.lists(st.one_of(st.none(), MOMENTS.map(lambda at: at.replace(microsecond=0))), min_size=1, max_size=20)
)
@quickly(25)
def test_parts_of_days_are_those_of_the_calendar(moments: list[datetime.datetime | None]):
    days = cells.days(pa.array(moments, pa.timestamp("us")))
    expected = {
        "year": lambda at: at.year,
        "month": lambda at: at.month,
        "day": lambda at: at.day,
        "weekday": lambda at: at.weekday(),
        "hour": lambda at: at.hour,
        "days": lambda at: (at - datetime.datetime(1970, 1, 1)) / DAY,
    }
    for part, compute in expected.items():
        values = [math.nan if at is None else compute(at) for at in moments]
        np.testing.assert_allclose(part_of(days, part), values, rtol=1e-12, atol=1e-9)


@given(st.lists(st.one_of(st.none(), NUMBERS), min_size=1, max_size=40))
@quickly(20)
def test_any_numbers_are_themselves_unless_they_are_none(values: list[float | None]):
    expected = [math.nan if v is None or not math.isfinite(v) else v for v in values]

    np.testing.assert_array_equal(cells.numbers(pa.array(values, pa.float64())), expected)


@given(st.lists(st.one_of(st.none(), WORDS), min_size=1, max_size=8))
@quickly(20)
def test_texts_in_any_number_are_read_alike(words: list[str | None]):
    few = cells.numbers(pa.array(words, pa.string()))
    many = cells.numbers(pa.array(words * MANY, pa.string()))

    np.testing.assert_array_equal(many, np.tile(few, MANY))
