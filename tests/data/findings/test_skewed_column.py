"""Long tails are found."""

import math

import pytest

from canvas_app.data.findings.skewed_column import SkewedColumn


@pytest.mark.parametrize(("sign", "scale"), [(1, "log"), (-1, "signed log")])
def test_a_long_tail_takes_the_logarithm(looked, sign, scale):
    (found,) = looked(SkewedColumn(), x=[sign * math.exp(at / 10) for at in range(100)])

    assert found.fix.values == {"columns": ["x"], "using": scale}


def test_an_even_spread_is_fine(looked):
    assert looked(SkewedColumn(), x=list(range(100)), few=[0] * 99 + [1]) == []
