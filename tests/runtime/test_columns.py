"""What a model sees of any rows is what a plain computation, cell by cell, gives."""

from __future__ import annotations

import datetime
import itertools
import json
import math
import re
from collections import Counter
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas_app.runtime.columns import (
    CategoryColumn,
    NumberColumn,
    TextColumn,
    TimeColumn,
    dump_column,
    load_column,
)
from canvas_app.runtime.encode import Encoder
from canvas_app.runtime.errors import BundleError
from canvas_app.runtime.words import Vocabulary, tokens
from tests.any_values import LETTERS, MOMENTS, NUMBERS, STRANGE, quickly

NUMBER = NumberColumn("n", median=3.0, mean=2.5, scale=0.5, blanks=True)
NEVER_BLANK = NumberColumn("m", median=-1.0, mean=0.0, scale=2.0, blanks=False, offset=100.0)
CATEGORY = CategoryColumn(STRANGE, ("b", "a", "ü"), (2.0, 0.0, 1.0), 3.5, 2)
WORDS = ("good", "bad", "very", "ü")
TEXT = TextColumn(
    "t",
    WORDS,
    (2 * 4 + 0, 2 * 4 + 1),
    (1.0, 2.0, 0.5, 1.5, 3.0, 2.5),
    tuple((float(at), -1.0) for at in range(6)),
)
TIME = TimeColumn(
    "d", ("year", "hour"), tuple(NumberColumn("d", 2000.0, 1990.0, 10.0, True) for _ in range(2))
)
ENCODER = Encoder((NUMBER, CATEGORY, TEXT, TIME, NEVER_BLANK))

SOME_TEXTS = st.one_of(
    st.none(),
    st.lists(
        st.sampled_from(["good", "Bad", "very", "Ü", "new", "...", "very good", "good,bad"]), max_size=6
    ).map(" ".join),
    st.text(LETTERS, max_size=12),
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "n": st.one_of(st.none(), NUMBERS),
            STRANGE: st.one_of(st.none(), st.sampled_from(["a", "b", "ü", "A", "", "new"])),
            "t": SOME_TEXTS,
            "d": st.one_of(st.none(), MOMENTS),
            "m": st.one_of(st.none(), st.floats(-1e3, 1e3)),
        }
    ),
    min_size=1,
    max_size=25,
)
MOST = float(np.finfo(np.float32).max)
TYPES = pa.schema(
    [
        ("n", pa.float64()),
        (STRANGE, pa.string()),
        ("t", pa.string()),
        ("d", pa.timestamp("us")),
        ("m", pa.float64()),
    ]
)


def as_table(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=TYPES)


def number_seen(value: float | None, column: NumberColumn, view: str) -> list[float]:
    blank = value is None or not math.isfinite(value)
    if view == "trees":
        return [math.nan if blank else min(MOST, max(-MOST, value - column.offset))]
    filled = column.median if blank else value
    centred = min(20.0, max(-20.0, (filled - column.mean) / column.scale))
    return [centred, float(blank)] if column.blanks else [centred]


def category_seen(value: str | None, view: str) -> list[float]:
    known = CATEGORY.values.index(value) if value in CATEGORY.values else len(CATEGORY.values)
    if view == "trees":
        return [math.nan if value is None else [*CATEGORY.codes, CATEGORY.other][known]]
    switches = [0.0] * (CATEGORY.shown + 2)
    switches[-1 if value is None else min(known, CATEGORY.shown)] = 1.0
    return switches


def words_of(text: str | None) -> list[str]:
    """Letters and digits in a row, in small letters; signs of ASCII and a few more part them."""
    parted_by = "[\x00-/:-@\\[-`{-\x7f\x80-\xbf×÷\u2000-\u206f\u3000-\u303f\uff00-\uff0f]+"
    return [word for word in re.split(parted_by, (text or "").lower()) if word]


def weights_of(text: str | None) -> list[float]:
    words = words_of(text)
    counts: Counter[int] = Counter(WORDS.index(word) for word in words if word in WORDS)
    for first, second in itertools.pairwise(words):
        if first in WORDS and second in WORDS:
            code = WORDS.index(first) * len(WORDS) + WORDS.index(second)
            if code in TEXT.pairs:
                counts[len(WORDS) + TEXT.pairs.index(code)] += 1
    raw = [
        (1 + math.log(counts[at])) * weight if counts[at] else 0.0 for at, weight in enumerate(TEXT.weights)
    ]
    length = math.sqrt(sum(weight**2 for weight in raw)) or 1.0
    return [weight / length for weight in raw]


def text_seen(text: str | None, view: str) -> list[float]:
    weights = weights_of(text)
    if view == "linear":
        return weights
    directions = np.array(TEXT.directions)
    return [*(np.array(weights) @ directions), math.log1p(len(text or ""))]


def time_seen(moment: datetime.datetime | None, view: str) -> list[float]:
    parts = (None, None) if moment is None else (float(moment.year), float(moment.hour))
    return [
        seen
        for part, column in zip(parts, TIME.numbers, strict=True)
        for seen in number_seen(part, column, view)
    ]


def seen_by_hand(row: dict[str, Any], view: str) -> list[float]:
    return [
        *number_seen(row["n"], NUMBER, view),
        *category_seen(row[STRANGE], view),
        *text_seen(row["t"], view),
        *time_seen(row["d"], view),
        *number_seen(row["m"], NEVER_BLANK, view),
    ]


@pytest.mark.parametrize("view", ["trees", "linear"])
@given(ROWS)
@quickly(12)
def test_features_are_those_of_a_plain_computation(view: Any, rows: list[dict[str, Any]]):
    plain_hours = [{**row, "d": row["d"] and row["d"].replace(microsecond=0)} for row in rows]
    seen = ENCODER.seen_as(view).matrix(as_table(plain_hours))
    expected = np.array([seen_by_hand(row, view) for row in plain_hours]).astype(np.float32)

    np.testing.assert_allclose(seen, expected, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("view", ["trees", "linear"])
@given(ROWS)
@quickly(6)
def test_a_row_is_seen_alone_as_among_many(view: Any, rows: list[dict[str, Any]]):
    encoder = ENCODER.seen_as(view)
    among = encoder.matrix(as_table(rows * 20))[: len(rows)]
    alone = np.concatenate([encoder.matrix(as_table([row])) for row in rows])

    assert not np.isinf(among).any()

    np.testing.assert_array_equal(alone, among)


@pytest.mark.parametrize("column", ENCODER.columns, ids=lambda column: column.kind)
def test_each_kind_of_column_survives_json_and_says_its_width(column: Any):
    again = load_column(json.loads(json.dumps(dump_column(column))))

    assert again == column
    for view in ("trees", "linear"):
        encoder = Encoder((column,), view)
        assert encoder.matrix(as_table([dict.fromkeys(TYPES.names)])).shape == (1, column.width(view))
        assert len(encoder.names) == len(encoder.origin) == column.width(view)


def test_a_column_of_an_unknown_kind_is_refused():
    with pytest.raises(ValueError, match="magic"):
        load_column({"kind": "magic"})


@pytest.mark.parametrize(
    "saved",
    [
        {"format": 1, "view": "trees"},
        {"format": 1, "view": "trees", "columns": [{}]},
        {"format": 1, "view": "trees", "columns": [{"kind": "number"}]},
        {"format": 1, "view": "trees", "columns": [{"kind": "time", "name": "d", "parts": []}]},
        {"format": 1, "columns": []},
        {"format": 2, "view": "trees", "columns": []},
    ],
)
def test_an_encoder_that_lacks_something_is_refused_with_what_to_do(saved: dict[str, Any]):
    with pytest.raises(BundleError) as caught:
        Encoder.from_json(saved)

    assert caught.value.hint


@given(st.lists(SOME_TEXTS, min_size=1, max_size=12))
@quickly(12)
def test_words_come_in_their_order_in_small_letters(texts: list[str | None]):
    rows, words = tokens(pa.array(texts, pa.string()))
    expected = [(at, word) for at, text in enumerate(texts) for word in words_of(text)]

    assert list(zip(rows.tolist(), words.to_pylist(), strict=True)) == expected


@pytest.mark.parametrize("count", [1, 400])
def test_weights_of_few_words_are_those_of_many(count: int):
    vocabulary = Vocabulary(list(WORDS), list(TEXT.pairs), list(TEXT.weights))
    rows, features, weights = vocabulary.weigh(pa.array(["very good, very bad", None, "new"] * count))
    per_text = len(rows) // count
    expected = [weight for weight in weights_of("very good, very bad") if weight]

    assert len(vocabulary) == 6
    assert features[:per_text].tolist() == [0, 1, 2, 4, 5]
    assert weights[:per_text].tolist() == pytest.approx(expected)
    assert set(rows.tolist()) == set(range(0, 3 * count, 3))


def test_a_vocabulary_of_nothing_weighs_nothing():
    rows, features, weights = Vocabulary([], [], []).weigh(pa.array(["some words", None]))

    assert (len(rows), len(features), len(weights)) == (0, 0, 0)
