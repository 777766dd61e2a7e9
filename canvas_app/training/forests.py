"""Fits and keeps forests of scikit-learn; random forests and extra trees differ in how trees are drawn."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from canvas_app.base.spec import Json
from canvas_app.training.metrics import FLOOR, score_of
from canvas_app.training.model_type import ModelType, Rows, Settings, Task
from canvas_app.training.skops_file import save_skops

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator

MOST_ROWS = 100_000
"""Rows that one forest learns from: more cost time and memory, and hardly help."""
FLOORS = (FLOOR, 1e-5, 1e-4, 1e-3, 3e-3, 1e-2)
_MOST_LEAVES = 250_000
"""Of a whole forest at the start; they take about 60 MB in memory, and 15 MB on disk."""
_MANY_TREES, _MOST_ROWS_FOR_MANY = 200, 20_000


class ForestType(ModelType):
    """Base of the forests; ``classifier`` and ``regressor`` name classes of ``sklearn.ensemble``."""

    classifier: ClassVar[str]
    regressor: ClassVar[str]
    heaviness = 4.0

    def fit(
        self,
        task: Task,
        settings: Settings,
        rows: Rows,
        watch: Rows | None = None,
        deadline: float | None = None,
    ) -> Estimator:
        """Grow trees until there are as many as asked for, or the deadline comes."""
        from canvas_app.runtime.estimators import SkopsEstimator

        forest = self._forest(task, settings)
        some = rows.first(MOST_ROWS)
        if deadline is None:
            forest.fit(some.features, some.target)
        else:
            _grow(forest, some, deadline, task.threads)
        forest.set_params(warm_start=False, n_jobs=1)
        kept = {**settings, "n_estimators": len(forest.estimators_)}
        found = SkopsEstimator(forest, self._facts(task, kept), task.threads)
        if watch is not None and task.problem == "many-categories":
            kept["floor"] = _best_floor(found, watch)
            found = SkopsEstimator(forest, self._facts(task, kept), task.threads)
        return found

    def save(self, estimator: Estimator, folder: Path) -> None:
        """In the format of skops."""
        save_skops(estimator.native, folder / "model.skops")

    def starts(self, task: Task, rows: int, features: int) -> tuple[Settings, ...]:
        """Full-grown trees, not too many."""
        most = min(32_768, max(5, rows >> 1))
        trees = min(_MANY_TREES if rows <= _MOST_ROWS_FOR_MANY else 100, max(5, rows))
        start: dict[str, Any] = {
            "n_estimators": trees,
            "max_features": min(1.0, max(0.1, features**-0.5 if task.classes else 0.5)),
            "max_leaves": min(most - 1, _MOST_LEAVES // trees),
        }
        return ({**start, "criterion": "gini"} if task.classes else start,)

    def _facts(self, task: Task, settings: Settings) -> dict[str, Json]:
        return self.facts(task, settings, format="skops", file="model.skops")

    def _forest(self, task: Task, settings: Settings) -> Any:
        import sklearn.ensemble

        name = self.classifier if task.classes else self.regressor
        own = {"n_estimators": 100, **{name: value for name, value in settings.items() if name != "floor"}}
        return getattr(sklearn.ensemble, name)(**own, n_jobs=task.threads, random_state=task.seed)


def _best_floor(estimator: Estimator, watch: Rows) -> float:
    """The least probability that suits the watched rows best: full-grown trees are too sure of themselves."""
    import numpy as np

    shares = estimator.raw_probabilities(watch.features)
    losses = []
    for floor in FLOORS:
        kept = np.maximum(shares, floor)
        losses.append(score_of("many-categories", watch.target, kept / kept.sum(axis=1, keepdims=True)))
    return FLOORS[int(np.argmin(losses))]


def _grow(forest: Any, rows: Rows, deadline: float, threads: int) -> None:
    """A few trees at a time; each batch as large as the time that is left allows."""
    wanted = forest.n_estimators
    forest.set_params(warm_start=True)
    count = 0
    began = time.monotonic()
    while count < wanted:
        now = time.monotonic()
        pace = count / (now - began) if count else 0.0
        fitting = int(pace * min(deadline - now, 1.0)) if count else threads
        if count and now + 1 / pace > deadline:
            break
        count = min(wanted, count + max(1, fitting))
        forest.set_params(n_estimators=count)
        forest.fit(rows.features, rows.target)
