"""A suspicious value of the target is found."""

from canvas_app.data.findings.frequent_target_value import FrequentTargetValue

PRICES = [at / 3 for at in range(300)]


def test_a_cap(looked):
    (found,) = looked(FrequentTargetValue(), "price", price=[*PRICES, *[500.0] * 15])

    assert found.words == "price is suspiciously often 500"
    assert "the largest" in found.detail


def test_values_that_come_about_as_often_are_fine(looked):
    assert looked(FrequentTargetValue(), "price", price=PRICES * 2) == []
