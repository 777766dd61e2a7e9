"""Extreme numbers come to the border."""

import pytest

from canvas_app.flow.steps.clip_outliers import ClipOutliers

USUAL = [10.0, 11.0, 12.0, 13.0, 14.0]


def test_far_from_the_median_is_pulled_to_the_border(rows, cells):
    step = ClipOutliers(columns=["x"], deviations=3.0)
    learned = step.learn(rows(x=[*USUAL, None, float("nan")]))

    assert learned["x"] == pytest.approx([12 - 3 * 1.4826, 12 + 3 * 1.4826])
    assert cells(step.apply(rows(x=[12.5, 1e9, -5.0, None]), learned))["x"] == pytest.approx(
        [12.5, learned["x"][1], learned["x"][0], None]
    )


def test_it_becomes_blank_if_wanted(rows, cells):
    step = ClipOutliers(columns=["x"], deviations=3.0, then="blank")

    assert cells(step.apply(rows(x=[12.0, 1e9]), step.learn(rows(x=USUAL))))["x"] == [12.0, None]


def test_the_ends_of_the_order_are_measured_by_quantiles(rows):
    step = ClipOutliers(columns=["x"], using="quantiles", share=25.0)

    assert step.learn(rows(x=[0, 1, 2, 3, 4])) == {"x": [1.0, 3.0]}


@pytest.mark.parametrize("values", [[7, 7, 7, 7, 900], [None, None]])
def test_without_a_spread_nothing_is_extreme(rows, cells, values):
    step = ClipOutliers(columns=["x"])
    table = rows({"x": values}, {"x": "int64"})

    assert cells(step.apply(table, step.learn(table)))["x"] == values
