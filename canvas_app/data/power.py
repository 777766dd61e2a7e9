"""How well one column alone predicts the target, on rows that it was not learned from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from canvas_app.data.coded import Coded
from canvas_app.data.target import Target

if TYPE_CHECKING:
    import numpy

FOLDS = 3
_SMOOTH = 5.0
"""Rows of the average that every category is mixed with, so that rare ones don't speak loudly."""


def power(column: Coded, target: Target) -> float:
    """Its AUC on other rows (0.5 tells nothing; of several categories the mean), or R² (0 tells nothing)."""
    values = _ranks(column.values[target.rows])
    answers = _indicators(target)
    told = _unlearned(values, answers, categorical=column.categorical)
    return score(target, told)


def score(target: Target, told: numpy.ndarray[Any, Any]) -> float:
    """The AUC or R² of answers, one column per class or a single one."""
    import numpy as np

    if target.kind == "number":
        errors = float(((target.answers - told[:, 0]) ** 2).sum())
        return max(0.0, 1 - errors / float(((target.answers - target.answers.mean()) ** 2).sum()))
    if target.kind == "two categories":
        return auc(target.answers == 1, told[:, 1])
    return float(np.mean([auc(target.answers == at, told[:, at]) for at in range(len(target.classes))]))


def auc(positive: numpy.ndarray[Any, Any], told: numpy.ndarray[Any, Any]) -> float:
    """The share of pairs, one positive and one not, that are told in the right order (Mann and Whitney)."""
    from scipy.stats import rankdata

    count = int(positive.sum())
    others = len(positive) - count
    if not count or not others:
        return 0.5
    ranks = rankdata(told)
    return float((ranks[positive].sum() - count * (count + 1) / 2) / (count * others))


def folds(target: Target, count: int = FOLDS) -> numpy.ndarray[Any, Any]:
    """The fold of each row: always the same, and of every class as many rows in each."""
    import numpy as np

    order = np.random.default_rng(0).permutation(len(target.rows))
    if target.kind != "number":
        order = order[np.argsort(target.answers[order], kind="stable")]
    found = np.empty(len(order), dtype=int)
    found[order] = np.arange(len(order)) % count
    return found


def _ranks(values: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
    """The values in their order, since trees ask for no more, and reckon with single precision."""
    import numpy as np

    known = ~np.isnan(values)
    ranks = np.full(len(values), np.nan)
    ranks[known] = np.unique(values[known], return_inverse=True)[1]
    return ranks


def _indicators(target: Target) -> numpy.ndarray[Any, Any]:
    """One column per class with 1 where a row is of it; or the number itself."""
    import numpy as np

    if target.kind == "number":
        return target.answers[:, None]
    return np.asarray(target.answers[:, None] == np.arange(len(target.classes)), dtype=float)


def _unlearned(
    values: numpy.ndarray[Any, Any], answers: numpy.ndarray[Any, Any], *, categorical: bool
) -> numpy.ndarray[Any, Any]:
    import numpy as np

    told = np.empty_like(answers)
    fold = np.random.default_rng(0).permutation(len(values)) % FOLDS
    for at in range(FOLDS):
        learn, ask = fold != at, fold == at
        average = _by_category if categorical else _by_tree
        told[ask] = average(values[learn], answers[learn], values[ask])
    return told


def _by_category(
    values: numpy.ndarray[Any, Any], answers: numpy.ndarray[Any, Any], asked: numpy.ndarray[Any, Any]
) -> numpy.ndarray[Any, Any]:
    """The average answer of each category, mixed with that of all rows; blanks are a category too."""
    import numpy as np

    known, places = np.unique(np.nan_to_num(values, nan=-1.0), return_inverse=True)
    counts = np.bincount(places, minlength=len(known)).astype(float)
    overall = answers.mean(axis=0)
    sums = np.stack([np.bincount(places, weights=part, minlength=len(known)) for part in answers.T], axis=1)
    averages = (sums + _SMOOTH * overall) / (counts + _SMOOTH)[:, None]
    wanted = np.nan_to_num(asked, nan=-1.0)
    found = np.searchsorted(known, wanted).clip(max=len(known) - 1)
    met = known[found] == wanted
    return np.asarray(np.where(met[:, None], averages[found], overall))


def _by_tree(
    values: numpy.ndarray[Any, Any], answers: numpy.ndarray[Any, Any], asked: numpy.ndarray[Any, Any]
) -> numpy.ndarray[Any, Any]:
    import numpy as np
    from sklearn.tree import DecisionTreeRegressor

    tree = DecisionTreeRegressor(min_samples_leaf=max(5, len(values) // 200), random_state=0)
    tree.fit(values[:, None].astype("float32"), answers)
    told = tree.predict(asked[:, None].astype("float32"))
    return np.asarray(told).reshape(len(asked), -1)
