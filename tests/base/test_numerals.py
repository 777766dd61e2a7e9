"""Numbers as people read them."""

import pytest

from canvas_app.base.numerals import cell, count, number, share, signed, step


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (9769, "9\u00a0769"),
        (-1.5, "−1.50"),
        (0.1234, "0.123"),
        (8.15e-05, "0.0000815"),
        (12.34, "12.3"),
        (206855.8, "206\u00a0856"),
        (1e12, "1.00e+12"),
        (float("nan"), "–"),
    ],
)
def test_numbers(value, words):
    assert number(value) == words


def test_signs_shares_and_counts():
    assert (signed(1.5), signed(-1.5), signed(0)) == ("+1.50", "−1.50", "0")
    assert share(0.874) == "87.4 %"
    assert (count(1, "row"), count(2, "row")) == ("1 row", "2 rows")


def test_cells_are_short_and_blanks_say_so():
    assert cell(None) == "blank"
    assert cell(True) == "true"
    assert cell("x" * 80).endswith("…")
    assert cell("two\nlines") == "two lines"


def test_a_step_that_is_next_to_nothing_beside_the_largest_says_so():
    assert step(8.15e-05, -1.2) == "about 0"
    assert step(-8.15e-05, 1e-4) == "−0.0000815"
    assert step(0.0, 0.0) == "0"
