"""Features are the same wherever rows come from, one by one or many, and blanks stay blanks."""

import datetime
import json
import time

import numpy as np
import pyarrow as pa
import pytest

from canvas_app.runtime.columns import CategoryColumn, NumberColumn, TextColumn, TimeColumn
from canvas_app.runtime.encode import Encoder
from canvas_app.runtime.errors import BundleError


def number(name="n", **facts):
    return NumberColumn(**{"name": name, "median": 2.0, "mean": 2.0, "scale": 1.0, "blanks": True, **facts})


CATEGORY = CategoryColumn("c", ("x", "y"), (1.0, 0.0), 2.0, 2)
TEXT = TextColumn("t", ("good", "bad", "very"), (6,), (1.0, 2.0, 1.0, 3.0), ((1.0,), (-1.0,), (0.5,), (2.0,)))
TIME = TimeColumn(
    "d",
    ("days", "year", "month", "day", "weekday", "hour"),
    tuple(number("d", blanks=False) for _ in range(6)),
)
ENCODER = Encoder((number(), CATEGORY, TEXT, TIME))


def rows(count=1):
    moment = datetime.datetime(2024, 2, 29, 18, 30)
    return pa.table(
        {
            "n": pa.array([1.5, None, float("inf")] * count),
            "c": pa.array(["y", "new", None] * count),
            "t": pa.array(["Very good, bad!", "", None] * count),
            "d": pa.array([moment, None, moment] * count, pa.timestamp("us")),
            "unused": pa.array([1, 2, 3] * count),
        }
    )


def test_trees_see_numbers_as_they_are_and_blanks_as_nan():
    seen = ENCODER.matrix(rows())

    assert seen[0, 0] == 1.5
    assert np.isnan(seen[1:, 0]).all()


def test_trees_see_the_code_of_a_value_another_for_new_ones_and_nan_for_blanks():
    assert ENCODER.matrix(rows())[:, 1].tolist() == pytest.approx([0, 2, np.nan], nan_ok=True)


def test_times_become_days_and_parts():
    seen = ENCODER.matrix(rows())[:, 4:]

    assert seen[0].tolist() == pytest.approx([19782 + 18.5 / 24, 2024, 2, 29, 3, 18], abs=0.01)
    assert np.isnan(seen[1]).all()


def test_linear_models_see_filled_numbers_and_switches():
    seen = ENCODER.seen_as("linear").matrix(rows())

    assert seen[:, :2].tolist() == [[-0.5, 0], [0, 1], [0, 1]]
    assert seen[:, 2:6].tolist() == [[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]


def test_words_are_weighed_and_neighbours_count_as_pairs():
    words = ENCODER.seen_as("linear").matrix(rows())[:, 6:10]

    assert (words[0] > 0).all()
    assert np.linalg.norm(words[0]) == pytest.approx(1)
    assert not words[1:].any()


def test_one_row_and_many_give_the_same():
    for view in ("trees", "linear"):
        encoder = ENCODER.seen_as(view)
        many = encoder.matrix(rows(100))
        np.testing.assert_array_equal(encoder.matrix(rows()), many[:3])
        assert many.shape == (300, encoder.width)


def test_what_was_learned_survives_json():
    again = Encoder.from_json(json.loads(json.dumps(ENCODER.to_json())))

    assert again == ENCODER
    np.testing.assert_array_equal(again.matrix(rows()), ENCODER.matrix(rows()))


def test_every_feature_knows_its_column():
    assert ENCODER.origin == ("n", "c", "t", "t", "d", "d", "d", "d", "d", "d")
    assert ENCODER.names == tuple(f"f{at}" for at in range(10))


def test_large_numbers_keep_their_differences():
    encoder = Encoder((number(offset=1.7e9),))
    seen = encoder.matrix(pa.table({"n": [1.7e9, 1.7e9 + 1]}))[:, 0]

    assert seen[1] - seen[0] == 1


def test_integers_switches_and_empty_tables_are_read():
    encoder = Encoder((number("a"), number("b")))
    table = pa.table({"a": pa.array([1, None], pa.int32()), "b": pa.array([True, None])})
    np.testing.assert_array_equal(encoder.matrix(table), [[1, 1], [np.nan, np.nan]])

    assert encoder.matrix(table.slice(0, 0)).shape == (0, 2)


def test_a_newer_or_broken_file_is_refused():
    for saved in ({"format": 99}, {"view": "trees", "columns": [{"kind": "magic"}]}, {}):
        with pytest.raises(BundleError):
            Encoder.from_json(saved)


def test_one_row_takes_no_time_to_speak_of():
    table = rows().slice(0, 1)
    ENCODER.matrix(table)
    spans = []
    for _ in range(50):
        began = time.perf_counter()
        ENCODER.matrix(table)
        spans.append(time.perf_counter() - began)

    assert min(spans) < 0.002
