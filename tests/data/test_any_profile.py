"""The numbers about any column are those of numpy and of counting by hand."""

from __future__ import annotations

import datetime
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas_app.data.engine import Engine
from canvas_app.data.profile import BINS, ColumnProfile, profile
from tests.any_values import CELLS, NAMES, cells, is_blank, quickly, tables


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for all tries."""
    with Engine(scratch=tmp_path_factory.mktemp("engine"), threads=1) as engine:
        yield engine


def of(engine: Engine, values: list[Any], kind: str) -> ColumnProfile:
    return profile(engine.from_rows({"x": values}, {"x": kind}))[0]


def seconds(moment: datetime.datetime) -> float:
    return (moment - datetime.datetime(1970, 1, 1)) / datetime.timedelta(seconds=1)


@pytest.mark.parametrize("kind", sorted(CELLS))
@given(data=st.data())
@quickly(5)
def test_blanks_and_different_values_are_counted(engine: Engine, kind: str, data: st.DataObject) -> None:
    values = data.draw(cells(kind, data.draw(st.integers(0, 9))))
    filled = [value for value in values if not is_blank(value)]
    found = of(engine, values, kind)

    assert (found.rows, found.blanks) == (len(values), len(values) - len(filled))
    assert found.distinct == len(set(filled))
    assert found.blank_share == ((len(values) - len(filled)) / len(values) if values else 0.0)


@pytest.mark.parametrize("kind", ["int64", "float64", "decimal(6, 2)"])
@given(data=st.data())
@quickly(6)
def test_the_ends_and_the_mean_are_those_of_the_finite_numbers(
    engine: Engine, kind: str, data: st.DataObject
) -> None:
    values = data.draw(cells(kind, 8))
    finite = [float(value) for value in values if value is not None and math.isfinite(value)]
    found = of(engine, values, kind)

    assert (found.low, found.high) == (min(finite, default=None), max(finite, default=None))
    small = [value / 8 for value in finite]  # the sum of large ones would overflow
    if not finite:
        assert found.mean is None
    elif all(abs(value) < 1e300 for value in finite):
        scale = max(map(abs, finite))
        assert found.mean == pytest.approx(float(np.mean(small)) * 8, rel=1e-9, abs=scale * 1e-12)


@given(st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=60))
@quickly(10)
def test_every_number_falls_into_the_part_between_its_edges(engine: Engine, values: list[float]) -> None:
    found = of(engine, values, "float64")

    assert sum(found.bins) == len(values)
    assert len(found.edges) == len(found.bins) + 1
    assert (found.edges[0], found.edges[-1]) == (min(values), max(values))
    if len(found.bins) == BINS:
        slack = (max(values) - min(values)) * 1e-9
        below = np.cumsum(found.bins)
        for at in range(BINS):
            edge = found.edges[at + 1]
            assert (
                sum(v < edge - slack for v in values) <= below[at] <= sum(v <= edge + slack for v in values)
            )


@given(st.integers(-(2**40), 2**40), st.lists(st.integers(0, BINS - 1), min_size=1, max_size=40))
@quickly(6)
def test_few_whole_numbers_have_a_part_of_their_own(engine: Engine, start: int, steps: list[int]) -> None:
    values = [start + step for step in steps]
    found = of(engine, values, "int64")

    assert found.bins == tuple(values.count(n) for n in range(min(values), max(values) + 1))


@given(st.lists(st.datetimes(), min_size=1, max_size=20))
@quickly(8)
def test_times_are_spread_over_their_seconds(engine: Engine, moments: list[datetime.datetime]) -> None:
    found = of(engine, moments, "timestamp")

    assert (found.low, found.high) == (min(moments).isoformat(), max(moments).isoformat())
    assert sum(found.bins) == len(moments)
    assert (found.edges[0], found.edges[-1]) == pytest.approx((seconds(min(moments)), seconds(max(moments))))


@given(st.lists(st.sampled_from(["a", "b", "ü", "😀", "", None, "it's", 'x"', "long" * 80]), max_size=30))
@quickly(8)
def test_the_commonest_texts_come_first(engine: Engine, values: list[str | None]) -> None:
    counted = Counter(value for value in values if not is_blank(value))
    expected = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:5]
    found = of(engine, values, "string")

    assert found.top == tuple((value[:200], count) for value, count in expected)


@given(tables(), st.lists(NAMES, max_size=2))
@quickly(6)
def test_all_columns_are_measured_at_once_as_each_by_itself(
    engine: Engine, table: Any, others: list[str]
) -> None:
    values, types = table
    made = engine.from_rows(values, types)
    together = profile(made)

    assert [item.name for item in together] == list(values)
    assert repr(together) == repr(tuple(profile(made, [name])[0] for name in values))
    assert [item.name for item in profile(made, others)] == [name for name in values if name in others]


@pytest.mark.parametrize(
    ("column", "low", "high"),
    [
        (pa.array([-1, 0, None], pa.timestamp("s", "UTC")), "1969-12-31T23:59:59", "1970-01-01T00:00:00"),
        (
            pa.array([0, 3600], pa.timestamp("s", "Europe/Berlin")),
            "1970-01-01T00:00:00",
            "1970-01-01T01:00:00",
        ),
        (pa.array([1, None], pa.timestamp("ns")), "1970-01-01T00:00:00", "1970-01-01T00:00:00"),
        (pa.array([datetime.time(1, 2, 3), None]), "01:02:03", "01:02:03"),
        (pa.array([datetime.date(1, 1, 1), datetime.date.max]), "0001-01-01", "9999-12-31"),
    ],
)
def test_times_of_every_kind_have_ends(engine: Engine, column: Any, low: str, high: str) -> None:
    found = profile(engine.from_arrow(pa.table({"t": column})))[0]

    assert (found.low, found.high) == (low, high)
    assert sum(found.bins) == len(column) - column.null_count


def test_years_that_no_calendar_of_python_has_are_shown_all_the_same(engine: Engine) -> None:
    far = pa.array([0, 28_000 * 31_556_952], pa.timestamp("s"))
    found = profile(engine.from_arrow(pa.table({"t": far.cast(pa.timestamp("us"))})))[0]

    assert str(found.high).startswith("29970-")
    assert sum(found.bins) == 2


def test_a_number_that_is_none_counts_as_blank_and_so_does_an_empty_text(engine: Engine) -> None:
    found = profile(engine.from_rows({"n": [1.0, math.nan, None], "s": ["", "x", None]}))

    assert [(item.blanks, item.distinct) for item in found] == [(2, 1), (2, 1)]
    assert found[1].top == (("x", 1),)
