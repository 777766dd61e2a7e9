"""The line follows the dots."""

import numpy as np
import pytest

from canvas_app.explain.smooth import Curve, smooth


def test_a_straight_line_stays_straight():
    x = np.linspace(0, 10, 200)
    curve = smooth(x, 2 * x - 3)

    assert curve.y == pytest.approx([2 * place - 3 for place in curve.x])


def test_noise_is_smoothed_away():
    rng = np.random.default_rng(0)
    x = rng.uniform(0, 1, 1000)
    curve = smooth(x, np.sin(3 * x) + rng.normal(0, 0.3, 1000))

    error = [abs(y - np.sin(3 * place)) for place, y in zip(curve.x, curve.y, strict=True)]
    assert max(error) < 0.15


def test_few_distinct_values_each_have_their_place():
    curve = smooth([1, 1, 2, 2, 3, 3], [0, 0, 5, 5, 0, 0])

    assert curve.x == (1, 2, 3)


def test_two_values_make_no_line():
    assert smooth([0, 1, 0, 1], [0, 1, 0, 1]) == Curve()
    assert smooth([], []) == Curve()
