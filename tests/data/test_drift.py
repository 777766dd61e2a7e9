"""Two lots of rows are compared part by part."""

import numpy as np
import pytest

from canvas_app.data.coded import Coded
from canvas_app.data.drift import CLEAR, stability


def numbers(values):
    return Coded("x", "number", np.asarray(values, dtype=float))


def words(*codes, labels=("a", "b")):
    return Coded("x", "text", np.asarray(codes, dtype=float), labels, len(labels))


def test_the_same_rows_do_not_drift():
    assert stability(numbers(range(100)), numbers(range(100))) == 0
    assert stability(words(0, 1, 1), words(0, 1, 1)) == 0


def test_the_index_is_what_its_formula_says():
    before, after = words(0, 0, 0, 1), words(0, 1, 1, 1)

    assert stability(before, after) == pytest.approx(2 * 0.5 * np.log(3))


def test_codes_are_compared_by_their_words():
    assert stability(words(0, 0, 1), words(1, 1, 0, labels=("b", "a"))) == 0


def test_blanks_that_come_are_drift():
    assert stability(numbers(range(100)), numbers([*range(50), *[np.nan] * 50])) > CLEAR
