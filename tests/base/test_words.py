import pytest

from canvas_app.base.words import counted, duration


def test_one_is_not_many():
    assert [counted(count, "trial") for count in (0, 1, 2000)] == ["0 trials", "1 trial", "2,000 trials"]
    assert counted(2, "category", "categories") == "2 categories"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.04, "0.0 s"), (7.6, "7.6 s"), (8, "8 s"), (12.6, "13 s"), (200.0, "3 min 20 s"), (7500, "2 h 5 min")],
)
def test_a_span_of_time_has_its_two_largest_units(seconds: float, text: str):
    assert duration(seconds) == text
