"""Predicted numbers against true ones."""

from canvas_app.explain.analyses.actual_against_predicted import ActualAgainstPredicted
from canvas_app.jobs.job import Quiet


def test_a_dot_per_test_row(explained):
    model = explained("lightgbm-number")
    figure = ActualAgainstPredicted().draw(model, Quiet())

    assert figure.marks.diagonal
    assert figure.marks.x == model.test.said
    assert figure.marks.y == model.test.was


def test_it_says_how_far_off(explained):
    figure = ActualAgainstPredicted().draw(explained("lightgbm-number"), Quiet())

    assert figure.reading.startswith("Half of the answers are off by at most 0.")
