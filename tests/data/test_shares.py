"""Shares are told with the digits that tell something."""

import pytest

from canvas_app.data.shares import percent


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0 %"),
        (0.00001, "under 0.01 %"),
        (0.0006, "0.06 %"),
        (0.056, "5.6 %"),
        (0.77, "77 %"),
        (0.9956, "99.6 %"),
        (0.99999, "over 99.9 %"),
        (1, "100 %"),
    ],
)
def test_shares_in_per_cent(share, words):
    assert percent(share) == words
