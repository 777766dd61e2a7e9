"""Every measure agrees with scikit-learn's, and its interval holds the value."""

import numpy as np
import pytest

from canvas_app.training.metrics import METRICS, loss_of, measured, score_of


def two(rows=500):
    draw = np.random.default_rng(1)
    actual = draw.integers(0, 2, rows)
    second = np.round(np.clip(draw.normal(0.35 + 0.3 * actual, 0.2), 0.01, 0.99), 2)
    return actual, np.column_stack([1 - second, second])


def many(rows=600, classes=4):
    draw = np.random.default_rng(2)
    actual = draw.integers(0, classes, rows)
    shares = draw.random((rows, classes)) + 0.4 * np.eye(classes)[actual]
    return actual, shares / shares.sum(axis=1, keepdims=True)


def number(rows=500):
    draw = np.random.default_rng(3)
    actual = draw.normal(100, 20, rows)
    return actual, actual + draw.normal(0, 5, rows)


def values(problem, actual, answers):
    return {item.kind: item.value for item in measured(problem, actual, answers, 0)}


def test_two_categories_as_scikit_learn_has_it():
    from sklearn import metrics

    actual, answers = two()
    said, second = answers.argmax(axis=1), answers[:, 1]
    assert values("two-categories", actual, answers) == pytest.approx(
        {
            "auc": metrics.roc_auc_score(actual, second),
            "accuracy": metrics.accuracy_score(actual, said),
            "f1": metrics.f1_score(actual, said),
            "balanced_accuracy": metrics.balanced_accuracy_score(actual, said),
            "log_loss": metrics.log_loss(actual, answers),
        }
    )


def test_many_categories_as_scikit_learn_has_it():
    from sklearn import metrics

    actual, answers = many()
    said = answers.argmax(axis=1)
    assert values("many-categories", actual, answers) == pytest.approx(
        {
            "accuracy": metrics.accuracy_score(actual, said),
            "f1": metrics.f1_score(actual, said, average="macro"),
            "balanced_accuracy": metrics.balanced_accuracy_score(actual, said),
            "log_loss": metrics.log_loss(actual, answers),
        }
    )


def test_numbers_as_scikit_learn_has_it():
    from sklearn import metrics

    actual, answers = number()
    assert values("number", actual, answers) == pytest.approx(
        {
            "rmse": metrics.root_mean_squared_error(actual, answers),
            "mae": metrics.mean_absolute_error(actual, answers),
            "r2": metrics.r2_score(actual, answers),
        }
    )


@pytest.mark.parametrize(
    ("problem", "drawn"), [("two-categories", two), ("many-categories", many), ("number", number)]
)
def test_intervals_hold_the_value_and_narrow_with_more_rows(problem, drawn):
    few, more = (measured(problem, *drawn(rows), 0) for rows in (300, 30_000))

    assert all(item.low < item.value < item.high for item in (*few, *more))
    assert all(b.high - b.low < (a.high - a.low) / 3 for a, b in zip(few, more, strict=True))


def test_the_same_seed_gives_the_same_interval():
    assert measured("number", *number(), 7) == measured("number", *number(), 7)


def test_one_class_alone_leaves_the_measures_that_make_sense():
    found = {item.kind: item.value for item in measured("two-categories", np.ones(30, int), two(30)[1], 0)}

    assert np.isnan(found["auc"])
    assert 0 <= found["accuracy"] <= 1


def test_a_sure_and_wrong_answer_costs_no_more_than_the_floor_allows():
    answers = np.array([[1.0, 0.0, 0.0]])

    assert score_of("many-categories", np.array([1]), answers) == pytest.approx(-np.log(1e-6), abs=1e-4)


def test_a_score_that_cannot_be_told_is_the_worst_loss():
    assert loss_of("two-categories", float("nan")) == float("inf")


def test_every_measure_explains_itself():
    assert all(item.help.endswith(".") and item.measure.__doc__ for item in METRICS)
