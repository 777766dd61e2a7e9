"""Columns become features by what the training rows hold; what can't help is left out, and told."""

import datetime

import numpy as np
import pyarrow as pa
import pytest

from canvas_app.training.features import fit_encoder


def fit(kind="text", target=None, **columns):
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    goal = np.arange(table.num_rows, dtype=float) if target is None else np.asarray(target, dtype=float)
    return fit_encoder(table, dict.fromkeys(columns, kind), goal)


@pytest.mark.parametrize(
    ("kind", "values", "reason"),
    [
        ("whole", list(range(100)), "only numbers the rows"),
        ("text", [f"A{at}" for at in range(100)], "another value in every row"),
        ("text", [f"{at:04}-{at * 7919 % 9973:04}-X" for at in range(100)], "another value in every row"),
        ("text", ["same"] * 100, "the same value"),
        ("number", [2.0] * 100, "the same value"),
        ("number", pa.nulls(100, pa.float64()), "no value"),
        ("time", [datetime.date(2020, 1, 1)] * 100, "the same value"),
        ("other", [[1]] * 100, "can't read its type"),
    ],
)
def test_a_column_that_cannot_help_is_left_out_and_named(kind, values, reason):
    fitted = fit(kind, column=values)

    assert fitted.encoder.columns == ()
    assert reason in fitted.notes[0]
    assert fitted.notes[0].endswith(": column.")


def test_infinities_count_as_blank_and_are_counted():
    fitted = fit("number", x=[1.0, 2.0, float("inf"), float("-inf")])

    assert fitted.notes == ("2 infinite values of x in the training rows count as blank.",)


def test_values_are_put_in_order_by_the_target():
    fitted = fit("text", target=[3, 1, 2] * 20, x=["c", "a", "b"] * 20)
    codes = fitted.encoder.matrix(pa.table({"x": ["a", "b", "c"]}))[:, 0]

    assert codes.tolist() == sorted(codes.tolist())


def test_values_with_hardly_a_row_share_one_place():
    fitted = fit("text", x=["often"] * 50 + ["b"] * 40 + [f"once{at}" for at in range(10)])
    codes = fitted.encoder.matrix(pa.table({"x": ["once1", "once2", "never seen", "often"]}))[:, 0].tolist()

    assert codes[0] == codes[1] == codes[2] != codes[3]


def test_sentences_are_read_word_by_word():
    good, bad = "this was good and fresh food", "that is bad and stale stuff"
    texts = [f"{good if at % 2 else bad} number {at}" for at in range(200)]
    fitted = fit("text", x=texts)
    linear = fitted.encoder.seen_as("linear")
    one, other = linear.matrix(pa.table({"x": [good, bad]}))

    assert fitted.encoder.columns[0].kind == "text"
    assert not np.allclose(one, other)
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)


def test_addresses_are_read_by_their_words_though_each_is_different():
    pages = [f"shop.example/{'walking-shoes' if at % 2 else 'hats'}/item-{at}" for at in range(200)]

    assert fit("text", x=pages).encoder.columns[0].kind == "text"


def test_the_same_rows_give_the_same_features():
    texts = [f"word{at % 7} and word{at % 11} or word{at % 13}" for at in range(300)]

    assert fit("text", x=texts).encoder.to_json() == fit("text", x=texts).encoder.to_json()
