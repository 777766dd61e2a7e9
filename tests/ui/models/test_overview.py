"""The first tab of a model says what the header above it doesn't."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel

from canvas_app.project.project import ModelRecord
from canvas_app.training.model import BuiltModel, Candidate, Metric, RowCounts
from canvas_app.ui.models.overview import Overview
from canvas_app.ui.models.wording import interval, meaning

AUC = Metric("auc", "AUC", 0.872, 0.851, 0.894, True, "How often the second category is ranked higher.")
MODEL = BuiltModel(
    folder="",
    target="Survived",
    problem="two-categories",
    metric="auc",
    model_type="random_forest",
    title="Random forest",
    classes=("no", "yes"),
    metrics=(AUC, Metric("accuracy", "Accuracy", 0.81, 0.78, 0.84, True)),
    leaderboard=(
        Candidate("random_forest", "Random forest", 0.868, 2.0, 4, chosen=True),
        Candidate("xgboost_trees", "XGBoost", 0.861, 2.0, 4),
        Candidate("baseline", "Baseline", 0.5, 0.1, 1),
        Candidate("linear_model", "Linear model", 0.843, 0.5, 2),
    ),
    trials=(),
    rows=RowCounts(534, 178, 179),
    seconds=9.0,
    seed=0,
    columns=("Sex", "Age"),
)


@pytest.fixture
def words_of(qtbot):
    """All that the tab says about a model, from top to bottom."""

    def words(model: BuiltModel) -> list[str]:
        overview = Overview()
        qtbot.addWidget(overview)
        overview.show_model(
            ModelRecord("a" * 64, "Survived", 1, "flow", "node", "2026-01-01T12:00:00", model)
        )
        return [said.text() for said in overview.findChildren(QLabel)]

    return words


def test_the_chosen_model_is_set_against_the_plain_ones(words_of):
    words = words_of(MODEL)
    at = words.index("Compared with plain models")

    assert words[at + 1 : at + 8] == [
        *("Random forest, chosen", "0.868"),
        *("Linear model", "0.843"),
        *("Baseline", "0.500"),
        "AUC on 178 validation rows",
    ]
    assert "XGBoost" not in words


def test_it_does_not_repeat_the_metrics_of_the_header(words_of):
    words = " ".join(words_of(MODEL))

    assert not any(interval(metric) in words for metric in MODEL.metrics)


def test_a_search_that_found_nothing_says_so(words_of):
    only = Candidate("baseline", "Baseline", 0.5, 0.1, 1, chosen=True)
    words = words_of(replace(MODEL, model_type="baseline", leaderboard=(only,)))

    assert "No model did better than the baseline, which looks at no column." in words


def test_a_model_without_metrics_is_shown_too(words_of):
    assert "Random forest, chosen" in words_of(replace(MODEL, metrics=()))


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        (AUC, "one whose Survived is yes and one whose isn't, the first gets the higher chance in 87 of 100"),
        (Metric("log_loss", "Log loss", 0.693, 0.6, 0.8, False), "typically given a chance of 50.0 %."),
        (Metric("rmse", "RMSE", 4.2, 4, 5, False), "answers are typically off by 4.200; large errors"),
        (
            Metric("f1", "F1", 0.8, 0.7, 0.9, True, "How many are found."),
            "F1 0.800 on the test rows: how many are found.",
        ),
    ],
)
def test_the_headline_metric_is_put_in_plain_words(metric, words):
    assert words in meaning(MODEL, metric)
