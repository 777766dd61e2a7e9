"""Scores are what the field says they are."""

import numpy as np
import pytest

from canvas_app.data.coded import Coded
from canvas_app.data.power import auc, folds, power
from canvas_app.data.target import Target

RNG = np.random.default_rng(0)
ROWS = np.arange(400)
TWO = Target("won", "two categories", ROWS, (ROWS % 2).astype(float), ("no", "yes"))
NUMBER = Target("pay", "number", ROWS, ROWS.astype(float))


def column(values, type="number"):
    return Coded("x", type, np.asarray(values, dtype=float), distinct=2)


def test_the_auc_is_the_share_of_pairs_in_the_right_order():
    assert auc(np.array([True, False, True, False]), np.array([0.9, 0.1, 0.4, 0.4])) == 0.875
    assert auc(np.array([True, True]), np.array([0.1, 0.2])) == 0.5


def test_what_tells_all_scores_one_and_noise_nothing():
    assert power(column(ROWS % 2), TWO) == 1.0
    assert power(column(RNG.random(400)), TWO) == pytest.approx(0.5, abs=0.1)
    assert power(column(ROWS), NUMBER) > 0.99
    assert power(column(RNG.random(400)), NUMBER) < 0.1


def test_categories_that_come_once_each_tell_nothing():
    assert power(column(ROWS, "text"), TWO) == pytest.approx(0.5, abs=0.1)


def test_blanks_tell_what_they_tell():
    assert power(column(np.where(ROWS % 2, np.nan, 1.0)), TWO) == 1.0
    assert power(column(np.where(ROWS % 2, np.nan, 0.0), "text"), TWO) == 1.0


def test_huge_numbers_are_no_trouble():
    assert power(column(np.where(ROWS % 2, 1e80, -1e80)), TWO) == 1.0


def test_every_fold_has_as_many_of_each_class():
    fold = folds(TWO)

    assert all(abs((TWO.answers[fold == at]).mean() - 0.5) < 0.01 for at in range(3))
