"""From the average row to one row's answer."""

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.explain.analyses.one_row import OneRow
from canvas_app.jobs.job import Quiet


@pytest.mark.parametrize("kind", ["lightgbm-number", "lightgbm-two", "forest-two", "forest-many"])
def test_the_steps_lead_from_start_to_end(kind, explained):
    marks = OneRow(row=3).draw(explained(kind), Quiet()).marks

    assert marks.start + sum(marks.steps) == pytest.approx(marks.end, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("row", range(1, 9))
def test_they_lead_towards_what_was_said(row, explained):
    model = explained("forest-two")
    marks = OneRow(row=row).draw(model, Quiet()).marks

    assert marks.end == pytest.approx(max(model.test.probabilities[row - 1]), abs=1e-3)


def test_it_tells_what_was_said_and_what_was_true(explained):
    model = explained("lightgbm-two")
    figure = OneRow(row=2).draw(model, Quiet())

    assert figure.subtitle.startswith(f"Row 2 · said {model.test.said[1]} with ")
    assert f"was {model.test.was[1]}" in figure.subtitle
    assert "log-odds" in figure.subtitle


def test_a_row_that_is_not_there_is_said_at_its_field(explained):
    with pytest.raises(CanvasError, match="from 1 to 240") as caught:
        OneRow(row=241).draw(explained("constant-two"), Quiet())

    assert caught.value.where.field == "row"
