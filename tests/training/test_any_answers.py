"""Measures of any answers, ties and rare classes among them, agree with scikit-learn; intervals hold true."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas_app.training.metrics import METRICS, measure_of, measured, score_of

FEW = settings(max_examples=30, deadline=None, database=None)
seeds = st.integers(0, 2**32 - 1)


def chances(draw: np.random.Generator, rows: int, classes: int, digits: int) -> np.ndarray:
    """Probabilities that add up to one; few digits make many of them alike."""
    shares = np.round(draw.dirichlet(np.ones(classes), rows), digits) + 10.0**-digits
    return shares / shares.sum(axis=1, keepdims=True)


def value(kind: str, actual: np.ndarray, answers: np.ndarray, weights: np.ndarray | None = None) -> float:
    """One measure of rows that count as often as their weights say."""
    counted = np.ones(len(actual)) if weights is None else weights
    return float(measure_of(kind).measure(actual, answers, counted[None, :].astype(np.float32))[0])


def by_scikit_learn(kind: str, actual: np.ndarray, answers: np.ndarray, weights: np.ndarray) -> float:
    """The same measure of the other house."""
    from sklearn import metrics

    classes = list(range(answers.shape[1])) if answers.ndim == 2 else []
    said = answers.argmax(axis=1) if classes else answers
    mean = "binary" if len(classes) == 2 else "macro"
    occurring = None if len(classes) == 2 else sorted({*actual[weights > 0], *said[weights > 0]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of classes that do not occur
        match kind:
            case "auc":
                return metrics.roc_auc_score(actual, answers[:, 1], sample_weight=weights)
            case "accuracy":
                return metrics.accuracy_score(actual, said, sample_weight=weights)
            case "f1":
                return metrics.f1_score(actual, said, average=mean, labels=occurring, sample_weight=weights)
            case "balanced_accuracy":
                return metrics.balanced_accuracy_score(actual, said, sample_weight=weights)
            case "log_loss":
                return metrics.log_loss(actual, answers, labels=classes, sample_weight=weights)
            case "rmse":
                return metrics.root_mean_squared_error(actual, answers, sample_weight=weights)
            case "mae":
                return metrics.mean_absolute_error(actual, answers, sample_weight=weights)
            case "r2":
                return metrics.r2_score(actual, answers, sample_weight=weights)
    raise KeyError(kind)


CASES = [(item.kind, problem) for item in METRICS for problem in item.problems]


@pytest.mark.parametrize(("kind", "problem"), CASES, ids=[f"{kind}-{problem}" for kind, problem in CASES])
@FEW
@given(seed=seeds, rows=st.integers(4, 60), digits=st.integers(1, 3))
def test_every_measure_of_rows_that_count_any_times(kind, problem, seed, rows, digits):
    draw = np.random.default_rng(seed)
    weights = draw.integers(0, 4, rows)
    if problem == "number":
        actual = np.round(draw.normal(5, 3, rows), digits)
        answers = np.round(actual + draw.normal(0, 1, rows), digits)
        weights[:2], actual[:2] = 1, (0.0, 9.0)
    else:
        classes = 2 if problem == "two-categories" else 4
        actual, answers = draw.integers(0, classes, rows), chances(draw, rows, classes, digits)
        weights[:2], actual[:2] = 1, (0, 1)

    assert value(kind, actual, answers, weights) == pytest.approx(
        by_scikit_learn(kind, actual, answers, weights), rel=1e-5, abs=1e-6
    )


@pytest.mark.parametrize(("kind", "problem"), CASES, ids=[f"{kind}-{problem}" for kind, problem in CASES])
def test_a_weight_of_two_is_the_row_twice(kind, problem):
    draw = np.random.default_rng(5)
    classes = {"two-categories": 2, "many-categories": 3, "number": 0}[problem]
    actual = draw.integers(0, classes, 40) if classes else draw.normal(size=40)
    answers = chances(draw, 40, classes, 1) if classes else np.round(actual, 1)
    times = draw.integers(1, 4, 40)
    twice = np.repeat(np.arange(40), times)

    assert value(kind, actual, answers, times) == pytest.approx(
        value(kind, actual[twice], answers[twice]), rel=1e-5
    )


@FEW
@given(seed=seeds, rows=st.integers(2, 200))
def test_the_order_of_rows_changes_nothing(seed, rows):
    draw = np.random.default_rng(seed)
    actual, answers = draw.integers(0, 2, rows), chances(draw, rows, 2, 1)
    mixed = draw.permutation(rows)

    for kind in ("auc", "accuracy", "f1", "balanced_accuracy", "log_loss"):
        assert value(kind, actual, answers) == pytest.approx(
            value(kind, actual[mixed], answers[mixed]), nan_ok=True
        )


@FEW
@given(seed=seeds, rows=st.integers(4, 80))
def test_turning_the_answers_round_turns_the_ranking_round(seed, rows):
    draw = np.random.default_rng(seed)
    actual, answers = draw.integers(0, 2, rows), chances(draw, rows, 2, 1)
    actual[:2] = 0, 1

    assert value("auc", actual, answers) + value("auc", actual, answers[:, ::-1]) == pytest.approx(1)


@pytest.mark.parametrize("same", [0, 1])
@pytest.mark.parametrize("rows", [1, 12])
def test_of_one_class_alone_what_makes_no_sense_is_not_a_number(same, rows):
    answers = chances(np.random.default_rng(0), rows, 2, 2)
    found = {item.kind: item for item in measured("two-categories", np.full(rows, same), answers, 0)}

    assert np.isnan(found["auc"].value)
    assert 0 <= found["accuracy"].value <= 1
    assert found["log_loss"].value > 0
    assert all(item.low <= item.value <= item.high for item in found.values() if item.kind == "accuracy")


@pytest.mark.parametrize("level", [0.0, 0.1, 1 / 3, -1e9 + 0.1, 1e-7, 123456.789])
@pytest.mark.parametrize("rows", [3, 30, 1000])
def test_numbers_that_are_all_the_same_have_nothing_to_explain(level, rows):
    actual = np.full(rows, level)
    found = {item.kind: item for item in measured("number", actual, actual + 0.5, 0)}

    assert np.isnan(found["r2"].value)
    assert found["mae"].value == pytest.approx(0.5)
    assert found["rmse"].value == pytest.approx(0.5)


def test_perfect_answers_have_the_best_value_and_an_interval_without_width():
    actual = np.arange(60) % 3
    for item in measured("many-categories", actual, np.eye(3)[actual], 0):
        best = 1.0 if item.greater_is_better else 0.0
        assert (item.low, item.value, item.high) == pytest.approx((best, best, best), abs=1e-5)


@pytest.mark.parametrize("problem", ["two-categories", "many-categories", "number"])
def test_the_score_of_a_search_is_the_measure_that_is_told(problem):
    draw = np.random.default_rng(9)
    classes = {"two-categories": 2, "many-categories": 5, "number": 0}[problem]
    actual = draw.integers(0, classes, 90) if classes else draw.normal(size=90)
    answers = chances(draw, 90, classes, 2) if classes else actual + 1
    kind = {"two-categories": "auc", "many-categories": "log_loss", "number": "rmse"}[problem]

    assert score_of(problem, actual, answers) == pytest.approx(value(kind, actual, answers))


def test_ninety_five_in_a_hundred_intervals_hold_the_truth():
    """120 samples of answers that are right 7 times in 10, and off by 2 on average."""
    draw, held = np.random.default_rng(11), {"accuracy": 0, "mae": 0}
    truth = np.arange(200.0)
    for seed in range(120):
        right = draw.random(200) < 0.7
        said = np.eye(2)[np.where(right, 0, 1)]
        told = {item.kind: item for item in measured("many-categories", np.zeros(200, int), said, seed)}
        off = truth + draw.exponential(2.0, 200)
        told |= {item.kind: item for item in measured("number", truth, off, seed)}
        held["accuracy"] += told["accuracy"].low <= 0.7 <= told["accuracy"].high
        held["mae"] += told["mae"].low <= 2.0 <= told["mae"].high

    assert all(105 <= count < 120 for count in held.values()), held
