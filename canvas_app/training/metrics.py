"""How good answers are: each measure with its formula, and how sure it is (bootstrap)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_app.training.model import Metric, ProblemType

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator

RESAMPLES = 300
MOST_ROWS = 20_000
"""Rows that are resampled; for more, the interval is narrowed by the square root of the ratio."""
FLOOR = 1e-6
"""No probability counts as less, so that one surprise doesn't outweigh everything (log loss)."""

_Measured = Callable[[Any, Any, Any], Any]
"""Actual (n,), answers, weights (resamples, n); gives one value per resample."""


@dataclass(frozen=True)
class Measure:
    """One way to judge answers; ``measure`` takes probabilities (n, k), or numbers (n,)."""

    kind: str
    title: str
    help: str
    greater_is_better: bool
    problems: tuple[ProblemType, ...]
    measure: _Measured


def _auc(actual: Any, answers: Any, weights: Any) -> Any:
    """Area under the ROC curve as the Mann-Whitney statistic (Hanley and McNeil 1982), ties counting half."""
    import numpy as np

    scores = answers[:, 1]
    order = np.argsort(scores, kind="stable")
    starts = np.flatnonzero(np.diff(scores[order], prepend=-np.inf))
    ones = np.add.reduceat(weights[:, order] * (actual[order] == 1), starts, axis=1, dtype=np.float64)
    zeros = np.add.reduceat(weights[:, order] * (actual[order] == 0), starts, axis=1, dtype=np.float64)
    below = np.cumsum(zeros, axis=1) - zeros / 2
    pairs = ones.sum(axis=1) * zeros.sum(axis=1)
    won = (ones * below).sum(axis=1)
    return np.divide(won, pairs, out=np.full(len(pairs), np.nan), where=pairs > 0)


def _accuracy(actual: Any, answers: Any, weights: Any) -> Any:
    """Share of rows whose most probable class is the right one."""
    return _mean(answers.argmax(axis=1) == actual, weights)


def _f1(actual: Any, answers: Any, weights: Any) -> Any:
    """2 TP / (2 TP + FP + FN) (van Rijsbergen 1979); of many classes the mean over those that occur."""
    import numpy as np

    hits, said, was = _counts(actual, answers, weights)
    scores = np.divide(2 * hits, said + was, out=np.full(hits.shape, np.nan), where=said + was > 0)
    return scores[:, 1] if answers.shape[1] == 2 else np.nanmean(scores, axis=1)


def _balanced_accuracy(actual: Any, answers: Any, weights: Any) -> Any:
    """Mean over the classes of the share that was found (Brodersen et al. 2010)."""
    import numpy as np

    hits, _, was = _counts(actual, answers, weights)
    return np.nanmean(np.divide(hits, was, out=np.full(hits.shape, np.nan), where=was > 0), axis=1)


def _log_loss(actual: Any, answers: Any, weights: Any) -> Any:
    """Mean of -ln(probability of the right class), none counting as less than the floor (Good 1952)."""
    import numpy as np

    shares = np.maximum(answers, FLOOR)
    right = shares[np.arange(len(actual)), actual] / shares.sum(axis=1)
    return _mean(-np.log(right), weights)


def _rmse(actual: Any, answers: Any, weights: Any) -> Any:
    """Root of the mean squared difference, in the unit of the target."""
    import numpy as np

    return np.sqrt(_mean((answers - actual) ** 2, weights))


def _mae(actual: Any, answers: Any, weights: Any) -> Any:
    """Mean absolute difference, in the unit of the target."""
    import numpy as np

    return _mean(np.abs(answers - actual), weights)


def _r2(actual: Any, answers: Any, weights: Any) -> Any:
    """1 - squared differences from the answers / squared differences from the mean."""
    import numpy as np

    centred = actual - actual.mean()
    whole = _mean(centred**2, weights) - _mean(centred, weights) ** 2
    left = _mean((answers - actual) ** 2, weights)
    return 1 - np.divide(left, whole, out=np.full(len(left), np.nan), where=whole > 0)


_TWO: tuple[ProblemType, ...] = ("two-categories",)
_CATEGORIES: tuple[ProblemType, ...] = ("two-categories", "many-categories")
_NUMBER: tuple[ProblemType, ...] = ("number",)

METRICS: tuple[Measure, ...] = (
    Measure(
        "auc", "AUC", "How often a row of the second category gets the higher probability.", True, _TWO, _auc
    ),
    Measure(
        "accuracy", "Accuracy", "Share of rows that are answered right.", True, _CATEGORIES, _accuracy
    ),
    Measure(
        "f1", "F1", "How many of a category are found, and how many of the finds are right.", True,
        _CATEGORIES, _f1,
    ),
    Measure(
        "balanced_accuracy", "Balanced accuracy", "Share of right answers, each category counting the same.",
        True, _CATEGORIES, _balanced_accuracy,
    ),
    Measure(
        "log_loss", "Log loss", "How surprised the probabilities are by what was true; 0 is best.", False,
        _CATEGORIES, _log_loss,
    ),
    Measure(
        "rmse", "RMSE", "Typical distance from the truth, large errors weighing more.", False, _NUMBER, _rmse
    ),
    Measure("mae", "MAE", "Mean distance from the truth.", False, _NUMBER, _mae),
    Measure("r2", "R²", "Share of the differences between rows that is explained.", True, _NUMBER, _r2),
)  # fmt: skip

SEARCH_METRIC: Mapping[ProblemType, str] = {
    "two-categories": "auc",
    "many-categories": "log_loss",
    "number": "rmse",
}
"""What the search improves on the validation rows."""


def measure_of(kind: str) -> Measure:
    """The measure of that kind; raises ``KeyError``."""
    for item in METRICS:
        if item.kind == kind:
            return item
    raise KeyError(kind)


def score_of(problem: ProblemType, actual: Any, answers: Any) -> float:
    """The search metric of all rows, in its own direction; NaN where it can't be told."""
    import numpy as np

    measure = measure_of(SEARCH_METRIC[problem])
    return float(measure.measure(actual, answers, np.ones((1, len(actual))))[0])


def loss_of(problem: ProblemType, score: float) -> float:
    """The search metric turned so that less is better; infinite where there is none."""
    import math

    if not math.isfinite(score):
        return math.inf
    return -score if measure_of(SEARCH_METRIC[problem]).greater_is_better else score


def answers_of(estimator: Estimator, features: Any) -> Any:
    """Probabilities (n, k) of categories, or numbers (n,)."""
    return estimator.probabilities(features) if estimator.classes else estimator.values(features)


def measured(problem: ProblemType, actual: Any, answers: Any, seed: int) -> tuple[Metric, ...]:
    """Every measure of the problem with its 95 % interval by the percentile bootstrap (Efron 1979).

    ``actual`` holds class places or numbers, ``answers`` probabilities (n, k) or numbers (n,).
    """
    import numpy as np

    draw = np.random.default_rng(seed)
    every = np.ones((1, len(actual)))
    some = np.arange(len(actual))
    if len(some) > MOST_ROWS:
        some = np.sort(draw.choice(len(actual), MOST_ROWS, replace=False))
    rows = draw.integers(0, len(some), (RESAMPLES, len(some)))
    weights = np.stack([np.bincount(line, minlength=len(some)) for line in rows]).astype(np.float32)
    narrow = float(np.sqrt(len(some) / len(actual)))
    found = []
    for item in METRICS:
        if problem in item.problems:
            value = float(item.measure(actual, answers, every)[0])
            drawn = item.measure(actual[some], answers[some], weights)
            found.append(_metric(item, value, drawn, narrow))
    return tuple(found)


def _metric(item: Measure, value: float, drawn: Any, narrow: float) -> Metric:
    import numpy as np

    known = drawn[np.isfinite(drawn)]
    if len(known) and np.isfinite(value):
        low, high = (float(edge) for edge in np.percentile(known, [2.5, 97.5]))
        middle = float(np.median(known))
        low, high = value + (low - middle) * narrow, value + (high - middle) * narrow
    else:
        low = high = value
    return Metric(item.kind, item.title, value, low, high, item.greater_is_better, item.help)


def _mean(values: Any, weights: Any) -> Any:
    import numpy as np

    return weights @ np.asarray(values, dtype=np.float64) / weights.sum(axis=1)


def _counts(actual: Any, answers: Any, weights: Any) -> tuple[Any, Any, Any]:
    """Per resample and class: rows that were found, that were said to be, and that are of the class."""
    import numpy as np

    said = answers.argmax(axis=1)
    classes = np.arange(answers.shape[1])
    is_said, is_was = said[:, None] == classes, actual[:, None] == classes
    return tuple(weights @ mask.astype(np.float32) for mask in (is_said & is_was, is_said, is_was))
