"""Shares of all impact."""

import pytest

from canvas_app.explain.analyses.column_impact import ColumnImpact
from canvas_app.jobs.job import Quiet


def test_shares_add_up_and_the_largest_stands_first(explained):
    figure = ColumnImpact().draw(explained("lightgbm-many"), Quiet())

    assert sum(figure.marks.values) == pytest.approx(1)
    assert list(figure.marks.values) == sorted(figure.marks.values, reverse=True)
    assert figure.reading.startswith(figure.marks.labels[0])


def test_a_model_that_looks_at_nothing_says_so(explained):
    figure = ColumnImpact().draw(explained("constant-two"), Quiet())

    assert figure.reading == "The model answers every row alike: no column matters to it."
    assert set(figure.marks.values) == {0.0}
