"""Units are named, and explained where they aren't plain."""

import math

import numpy as np
import pytest

from canvas_app.explain.effects import Effects
from canvas_app.explain.units import axis_label, lay_words


def effects(unit, outputs=1):
    return Effects(("age",), np.zeros((1, 1, outputs)), np.zeros(outputs), unit)


def test_log_odds_are_explained_by_chances():
    assert f"{100 / (1 + math.exp(-2)):.0f} in 100" in lay_words(effects("log-odds"))
    assert f"{math.e:.1f} times" in lay_words(effects("log-odds", 3))


@pytest.mark.parametrize("unit", ["probability", "target"])
def test_plain_units_need_no_words(unit):
    assert lay_words(effects(unit)) == ""


def test_a_long_target_is_cut_to_fit_beside_the_chart():
    assert axis_label(effects("target"), "price") == "effect, in price"
    assert len(axis_label(effects("target"), "price of the house in thousands")) <= 29
