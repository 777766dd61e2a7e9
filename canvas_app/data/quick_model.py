"""A model in seconds: how well the other columns predict the target, before anything is prepared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_app.data.coded import Coded
from canvas_app.data.power import FOLDS, folds, score
from canvas_app.data.target import Target
from canvas_app.jobs.job import Quiet, Report

if TYPE_CHECKING:
    import numpy

_TREES = 60
_MOST_CELLS = 2_000_000


@dataclass(frozen=True)
class QuickModel:
    """What boosted trees reach on rows that they did not learn from."""

    metric: str
    score: float
    rows: int
    folds: int
    columns: int
    kind: str
    """two categories, categories or number."""
    without: tuple[str, ...] = ()
    """Columns that it was not shown, since they give the target away."""


@dataclass(frozen=True)
class Unlearned:
    """For every row of the target, the answer of a model that had not learned from it."""

    target: Target
    told: numpy.ndarray[Any, Any]
    """Probabilities by class; or one column with the number."""
    score: float
    columns: int


def unlearned(
    columns: Mapping[str, Coded], target: Target, without: Sequence[str] = (), report: Report | None = None
) -> Unlearned | None:
    """Answers from models of the other rows, fold by fold; None where no column is left to learn from."""
    import numpy as np
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # ships no types

    report = report or Quiet()
    used = [item for name, item in columns.items() if name != target.name and name not in without]
    used = [item for item in used if item.distinct > 1]
    if not used:
        return None
    rows = _thinned(target, len(used))
    matrix = np.stack([item.codes[rows.rows] for item in used], axis=1)
    told = np.zeros((len(rows.rows), max(1, len(rows.classes))))
    fold = folds(rows)
    for at in range(FOLDS):
        report(at / FOLDS, "Building the quick model")
        learn, ask = fold != at, fold == at
        model = _model(rows, [item.categorical for item in used])
        with threadpool_limits(
            1
        ):  # small trees on a busy machine: threads wait for each other longer than they work
            model.fit(matrix[learn], rows.answers[learn])
        if rows.kind == "number":
            told[ask, 0] = model.predict(matrix[ask])
        else:
            told[np.ix_(ask, model.classes_.astype(int))] = model.predict_proba(matrix[ask])
    return Unlearned(rows, told, score(rows, told), len(used))


def _thinned(target: Target, columns: int) -> Target:
    """Fewer rows where there are very many columns, so that it stays a matter of seconds."""
    most = max(1_000, _MOST_CELLS // max(1, columns * max(1, len(target.classes) // 2)))
    if len(target.rows) <= most:
        return target
    return Target(target.name, target.kind, target.rows[:most], target.answers[:most], target.classes)


def _model(target: Target, categorical: list[bool]) -> Any:
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    trees = max(10, _TREES // max(1, len(target.classes) // 2))
    options = {
        "max_iter": trees,
        "max_leaf_nodes": 15,
        "min_samples_leaf": max(3, min(20, len(target.rows) // 50)),
        "early_stopping": False,
        "categorical_features": categorical,
        "random_state": 0,
    }
    if target.kind == "number":
        return HistGradientBoostingRegressor(**options)
    return HistGradientBoostingClassifier(**options)
