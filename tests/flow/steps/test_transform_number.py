"""Numbers come onto another scale."""

import math

import pytest

from canvas_app.flow.steps.transform_number import TransformNumber


@pytest.mark.parametrize(
    ("using", "scaled"),
    [
        ("log", [0.0, math.log(100), None, None]),
        ("signed log", [0.0, math.log(100), -math.log(5), None]),
        ("root", [0.0, math.sqrt(99), None, None]),
        ("square", [0.0, 9801.0, 16.0, None]),
    ],
)
def test_numbers_are_scaled(rows, cells, using, scaled):
    step = TransformNumber(columns=["x"], using=using)

    assert cells(step.apply(rows(x=[0, 99, -4, None]), {}))["x"] == pytest.approx(scaled)


def test_the_summary_shows_the_formula():
    assert TransformNumber(columns=["x"]).summary() == "x · ln(x + 1)"
