"""From the average row to one row's answer."""

import math
import re

import numpy as np
import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.explain.analyses.one_row import OneRow
from canvas_app.explain.effects import Effects
from canvas_app.explain.waterfall import ExplainedAnswer, waterfall
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


def test_log_odds_say_of_which_answer_and_what_they_mean(explained):
    model = explained("lightgbm-two")
    figure = OneRow(row=2).draw(model, Quiet())
    said = model.test.said[1]
    ends = [figure.marks.start_label, figure.marks.end_label]
    written = [re.fullmatch(r"(average|this) row: ([+−]\d+\.\d+), so (\d+\.\d) %", words) for words in ends]

    assert figure.subtitle.endswith(f"steps in log-odds of the answer {said}")
    assert all(written)
    for found, level in zip(written, (figure.marks.start, figure.marks.end), strict=True):
        assert float(found[3]) == pytest.approx(100 / (1 + math.exp(-level)), abs=0.1)


@pytest.mark.parametrize(("kind", "words"), [("lightgbm-two", "speaks for"), ("lightgbm-number", "raises")])
def test_the_colours_are_told_in_words(kind, words, explained):
    reading = OneRow(row=2).draw(explained(kind), Quiet()).reading

    assert f"Blue {words} " in reading
    assert "pink where this one does" in reading


def test_the_words_name_no_column_whose_step_can_not_be_seen():
    effects = Effects(("sex", "age"), np.array([[[1.2], [-8e-05]]]), np.array([0.1]), "log-odds")
    figure = waterfall(ExplainedAnswer("Why", "said 1", "1", 0, 0.79), {"sex": "male", "age": 3}, effects)

    assert figure.reading.startswith("sex speaks most for 1. Blue speaks for 1")
