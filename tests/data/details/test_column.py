"""The details of a column are those of numpy, of pandas, and of counting by hand."""

from __future__ import annotations

import datetime
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas_app.data.details.column import ColumnDetails, details, details_of_file
from canvas_app.data.engine import Engine
from canvas_app.data.file_rows import schema_of_file
from tests.any_values import CELLS, cells, is_blank, quickly


def of(engine: Engine, values: list[Any], kind: str) -> ColumnDetails:
    return details(engine.from_rows({"x": values}, {"x": kind}))[0]


@pytest.mark.parametrize("kind", sorted(CELLS))
@given(data=st.data())
@quickly(5)
def test_blanks_and_different_values_are_counted(any_engine: Engine, kind: str, data: st.DataObject) -> None:
    values = data.draw(cells(kind, data.draw(st.integers(0, 9))))
    filled = [value for value in values if not is_blank(value)]
    found = of(any_engine, values, kind)

    assert (found.rows, found.blanks, found.filled) == (len(values), len(values) - len(filled), len(filled))
    assert found.distinct == len(set(filled))
    assert not found.sampled


@given(st.lists(st.floats(-1e6, 1e6) | st.integers(-5, 5).map(float), min_size=3, max_size=80))
@quickly(25)
def test_numbers_are_measured_as_by_numpy_and_pandas(any_engine: Engine, values: list[float]) -> None:
    found = of(any_engine, values, "float64")
    facts, frame = found.numbers, pd.Series(values)
    assert facts is not None

    near = {"rel": 1e-9, "abs": 1e-9 * max(map(abs, values))}
    assert facts.mean == pytest.approx(frame.mean(), **near)
    assert facts.deviation == pytest.approx(frame.std(), **near)
    if frame.std() > 1e-3 * max(map(abs, values)):
        assert facts.skew == pytest.approx(frame.skew(), rel=1e-6, abs=1e-6)
    for share, value in found.quantiles:
        assert value == pytest.approx(np.quantile(values, share), **near)
    assert (facts.zeros, facts.negative) == (values.count(0.0), sum(value < 0 for value in values))


@given(
    st.lists(st.floats(-1e9, 1e9) | st.floats(-1, 1) | st.integers(0, 90).map(float), min_size=1, max_size=99)
)
@quickly(40)
def test_every_number_lies_in_the_bin_between_its_borders(any_engine: Engine, values: list[float]) -> None:
    found = of(any_engine, values, "float64")

    assert sum(found.bins) == len(values)
    assert len(found.edges) == len(found.bins) + 1
    assert list(found.edges) == sorted(set(found.edges))
    for low, high, count in zip(found.edges, found.edges[1:], found.bins, strict=False):
        last = high == found.edges[-1]
        assert count == sum(low <= value < high or (last and value >= high) for value in values)


def test_borders_are_round(engine: Engine) -> None:
    found = of(engine, [value / 7 for value in range(1000)], "float64")

    assert all(float(f"{edge:.3g}") == edge for edge in found.edges)
    assert 8 <= len(found.bins) <= 64


def test_values_on_a_grid_fall_into_bins_of_equal_worth(engine: Engine) -> None:
    found = of(engine, [step / 50 for step in range(51)] * 3, "float64")

    assert found.bins == (3,) * 51


@pytest.mark.parametrize(
    ("values", "count", "rule"),
    [
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 500], 1, "interquartile"),
        ([0] * 60 + [1, 900], 1, "standard deviations"),
        ([5] * 9, 0, "standard deviations"),
        ([1, 2, 3], 0, "interquartile"),
    ],
)
def test_outliers_are_counted_by_a_rule_that_is_named(
    engine: Engine, values: list[int], count: int, rule: str
) -> None:
    facts = of(engine, values, "int64").numbers
    assert facts is not None

    assert facts.outliers.count == count
    assert rule in facts.outliers.rule


def test_infinite_numbers_and_huge_ones_harm_nothing(engine: Engine) -> None:
    found = of(engine, [1.0, math.inf, -math.inf, math.nan, None, 1.7e308, -1.7e308], "float64")
    facts = found.numbers
    assert facts is not None

    assert (found.blanks, found.distinct, facts.infinite) == (2, 5, 2)
    assert math.isfinite(facts.mean)
    assert sum(found.bins) == 3


def test_long_whole_numbers_keep_all_digits(engine: Engine) -> None:
    found = of(engine, [2**62, 2**62 + 1, 2**62 + 1], "int64")

    assert (found.distinct, found.top[0]) == (2, (2**62 + 1, 2))
    assert found.quantiles[-1] == (1.0, 2**62 + 1)


def test_the_commonest_values_come_first_and_the_smaller_of_equals(engine: Engine) -> None:
    numbers = of(engine, [3, 3, 1, 1, 2, 9, 9, 9], "int64")
    texts = of(engine, ["c", "c", "a", "a", "b", "z", "z", "z", "", None], "string")

    assert numbers.top == ((9, 3), (1, 2), (3, 2), (2, 1))
    assert texts.top == (("z", 3), ("a", 2), ("c", 2), ("b", 1))
    assert texts.blanks == 2


def test_values_that_all_differ_have_no_commonest(engine: Engine) -> None:
    assert of(engine, list(range(30)), "int64").top == ()
    assert of(engine, [f"n{at}" for at in range(30)], "string").top == ()


def test_texts_show_their_shapes_and_lengths(engine: Engine) -> None:
    facts = of(engine, ["AB-123", "CD-456", "xy-1", " É٣ ", None], "string").texts
    assert facts is not None

    first = facts.patterns[0]
    assert (first.shape, first.rows, first.example) == ("AA-999", 2, "AB-123")
    assert {one.shape for one in facts.patterns} == {"AA-999", "aa-9", " A9 "}
    assert (facts.shortest, facts.longest, facts.spaced) == (4, 6, 1)


def test_texts_of_many_lengths_have_their_runs_drawn_together(engine: Engine) -> None:
    facts = of(engine, [f"{'A' * at} {'b' * (60 - at)}" for at in range(3, 40)], "string").texts
    assert facts is not None

    assert [(one.shape, one.rows) for one in facts.patterns] == [("A+ a+", 37)]


def test_days_without_a_row_are_found(engine: Engine) -> None:
    days = [
        datetime.date(2024, 1, 1) + datetime.timedelta(days=at) for at in range(60) if at not in (9, 10, 40)
    ]
    found = of(engine, days * 2, "date")
    assert found.times is not None

    assert (found.times.step, found.times.missing) == ("1 day", 3)
    assert (found.times.gaps[0].after, found.times.gaps[0].before) == ("2024-01-09", "2024-01-12")
    assert [gap.missing for gap in found.times.gaps] == [2, 1]
    assert found.quantiles[0][1] == "2024-01-01"


def test_months_of_different_lengths_are_one_step(engine: Engine) -> None:
    months = [datetime.date(2020 + at // 12, at % 12 + 1, 1) for at in range(48) if at != 20]
    found = of(engine, months, "date").times
    assert found is not None

    assert (found.step, found.missing) == ("1 month", 1)
    assert found.gaps[0].after == "2021-08-01"


def test_hours_are_a_step_and_moments_without_one_have_only_their_widest_stretch(engine: Engine) -> None:
    start = datetime.datetime(2024, 5, 1)
    hours = [start + datetime.timedelta(hours=at) for at in range(100) if at != 7]
    wild = [start + datetime.timedelta(seconds=at**3 + at) for at in range(50)]
    even, uneven = (of(engine, values, "timestamp").times for values in (hours, wild))
    assert even is not None
    assert uneven is not None

    assert (even.step, even.missing) == ("1 hour", 1)
    assert uneven.gaps[0].missing >= 0


@pytest.mark.parametrize(
    "column",
    [
        pa.array([-1, 0, None], pa.timestamp("s", "UTC")),
        pa.array([1, None], pa.timestamp("ns")),
        pa.array([datetime.time(1, 2, 3), None]),
        pa.array([datetime.date(1, 1, 1), datetime.date.max]),
        pa.array([[1, 2], None]),
        pa.array([b"ab", None]),
        pa.array([{"a": 1}, {"a": 1}]),
    ],
)
def test_every_type_has_details(engine: Engine, column: Any) -> None:
    found = details(engine.from_arrow(pa.table({"t": column})))[0]

    assert found.blanks == column.null_count
    assert found.distinct == len(set(map(str, column.drop_null().to_pylist())))


def test_names_are_never_taken_for_sql(engine: Engine) -> None:
    names = ['a "b"', "it's", "; DROP TABLE x; --", "$\\unknowncmd$", "<img src=x>", "v", "n"]
    found = details(engine.from_rows({name: ["w", "w"] for name in names}))

    assert [(item.name, item.top) for item in found] == [(name, (("w", 2),)) for name in names]


def test_a_table_without_rows_has_details(engine: Engine) -> None:
    table = engine.from_rows({"a": [], "b": [], "c": []}, {"a": "int64", "b": "string", "c": "timestamp"})

    assert [(item.rows, item.distinct, item.bins) for item in details(table)] == [(0, 0, ())] * 3


def test_a_file_is_looked_at_column_by_column(engine: Engine, tmp_path: Path) -> None:
    table = engine.from_rows({"a": [1, 2, 2], "b": ["x", None, "x"]})
    engine.write_parquet(table, tmp_path / "a.parquet")
    infos = schema_of_file(engine, tmp_path / "a.parquet")
    found = [details_of_file(engine, tmp_path / "a.parquet", info) for info in infos]

    assert tuple(found) == details(table)
