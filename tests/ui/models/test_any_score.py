"""Scores of any size, also those that are none, can be read, painted and compared."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from canvas_app.training.model import Metric, Trial
from canvas_app.ui import theme
from canvas_app.ui.models.build_curve import BuildCurve
from canvas_app.ui.models.wording import headline, interval, meaning, moment, score, subtitle
from tests.ui.stage import built

KINDS = ("auc", "accuracy", "f1", "balanced_accuracy", "log_loss", "rmse", "mae", "r2")
finite = st.floats(-1e12, 1e12)
any_score = finite | st.sampled_from([0.0, 1e-9, 1e300, -1e300, math.nan, math.inf, -math.inf])
quickly = settings(
    max_examples=40, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def read(words: str) -> float:
    """The number that a person reads."""
    plain = words.replace("\u00a0", "").replace("−", "-")
    return float(plain.removesuffix(" %").removesuffix("%")) / (100 if plain.endswith("%") else 1)


@pytest.mark.parametrize("kind", KINDS)
@quickly
@given(value=finite.filter(lambda value: abs(value) > 1e-9))
def test_a_score_is_read_as_what_it_is(kind, value):
    shares = kind in ("accuracy", "balanced_accuracy")
    near = 0.0006 if shares else max(0.0006, abs(value) * 0.006) if abs(value) >= 0.01 else abs(value) * 0.006

    assert read(score(kind, value)) == pytest.approx(value, abs=near)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_score_that_is_none_is_a_dash(kind, value):
    assert score(kind, value) == "–"
    assert "nan" not in interval(Metric(kind, "X", value, value, value, True, "It counts."))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [0.0, 0.0004, 0.5, 1.0, 123456.7, math.nan])
@pytest.mark.parametrize("model", ["lightgbm-two", "lightgbm-many", "lightgbm-number"])
def test_every_metric_is_put_in_a_sentence(kind, value, model, tmp_path):
    metric = Metric(kind, "Measure", value, value, value, True, "How good it is.")
    words = meaning(built(tmp_path, model), metric)

    assert "Measure" in words
    assert words.endswith(".")
    assert "nan" not in words


def test_small_errors_are_told_apart():
    assert score("rmse", 0.00042) != score("rmse", 0.00043)
    assert interval(Metric("rmse", "RMSE", 0.0004, 0.0003, 0.0005, False)) == "0.0003 to 0.0005"


def test_the_headline_is_what_the_search_improved_or_the_first(tmp_path):
    model = built(tmp_path, "lightgbm-two")

    assert headline(model).kind == "auc"
    assert headline(replace(model, metric="f1")) is model.metrics[0]
    assert headline(replace(model, metrics=())) is None


@pytest.mark.parametrize(
    ("rows", "words"), [(1, "1 row kept"), (2, "2 rows kept"), (12_000, "000 rows kept")]
)
def test_the_subtitle_counts_the_rows_kept_apart(rows, words, tmp_path):
    model = built(tmp_path, "lightgbm-two")

    assert words in subtitle(replace(model, rows=replace(model.rows, test=rows)))


def test_a_moment_that_can_not_be_read_is_shown_as_it_is():
    assert moment("some day") == "some day"
    assert "2026" in moment("2026-03-01T10:00:00+00:00")


@pytest.fixture
def curve(qtbot):
    made = BuildCurve()
    qtbot.addWidget(made)
    made.resize(600, 300)
    return made


@quickly
@given(scores=st.lists(any_score, min_size=1, max_size=30), seconds=st.floats(0, 1e5))
def test_any_trials_are_painted(curve, scores, seconds):
    bests = [
        max([one for one in scores[: at + 1] if math.isfinite(one)], default=math.nan)
        for at in range(len(scores))
    ]
    trials = [
        Trial(at + 1, "lightgbm", one, best, seconds * (at + 1) / len(scores))
        for at, (one, best) in enumerate(zip(scores, bests, strict=True))
    ]
    curve.show_trials(trials)

    assert not curve.grab().isNull()
    assert str(len(scores)) in curve.accessibleDescription()


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_best_line_has_the_colour_of_its_theme(curve, qapp, appearance):
    theme.dress(qapp, appearance)
    wanted = theme.current().group("model")
    curve.show_trials([Trial(at + 1, "lightgbm", at / 9, at / 9, float(at)) for at in range(9)])
    image = curve.grab().toImage()
    theme.dress(qapp, "light")

    colours = {image.pixelColor(x, y).name() for x in range(60, image.width()) for y in range(image.height())}
    assert wanted in colours


def test_before_the_first_trial_it_says_so(curve):
    before = curve.grab().toImage()
    curve.show_trials([Trial(1, "baseline", 0.5, 0.5, 0.1)])
    assert curve.grab().toImage() != before

    curve.show_trials([])
    assert curve.grab().toImage() == before
