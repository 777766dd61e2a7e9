"""Words that follow from the curve."""

from canvas_app.explain.reading import read_categories, read_curve
from canvas_app.explain.smooth import Curve


def read(*heights: float, overall: float = 1.0) -> str:
    return read_curve(
        "age", "the chance", Curve(tuple(range(0, 10 * len(heights), 10)), heights), overall=overall
    )


def test_a_rise_says_where_it_turns_and_where_it_levels_off():
    words = read(-1, -0.5, 0.5, 1, 1, 1, 1)

    assert words.startswith("Up to about 15, age pulls the chance down. From there it lifts it.")
    assert words.endswith("It levels off after 30.")


def test_a_fall_says_the_opposite():
    assert read(1, 0.3, -0.3, -1).startswith(
        "Up to about 15, age lifts the chance. From there it pulls it down."
    )


def test_one_side_throughout():
    assert read(0.2, 0.5, 1.5) == "age lifts the chance throughout; the more of it, the higher."


def test_a_peak_is_named():
    assert "It is highest near 20." in read(-1, 0.5, 1, 0.2, -1)


def test_what_hardly_moves_says_so():
    assert read(0.001, 0, 0.001) == "age hardly moves the chance."


def test_too_few_values_say_so():
    assert "too few values" in read_curve("age", "it", Curve(), overall=1)


def test_categories_name_both_ends():
    words = read_categories("the chance", ("male", "female"), (-0.5, 0.7))

    assert words == "female lifts the chance most; male pulls it down most."


def test_categories_that_do_nothing():
    assert (
        read_categories("the chance", ("male", "female"), (0.0, 0.0)) == "Its values hardly move the chance."
    )
