"""Fits and keeps forests of scikit-learn; random forests and extra trees differ in how trees are drawn."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from canvas_app.training.model_type import ModelType, Rows, Settings, Task
from canvas_app.training.skops_file import save_skops

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator

MOST_ROWS = 100_000
"""Rows that one forest learns from: more cost time and memory, and hardly help."""


class ForestType(ModelType):
    """Base of the forests; ``classifier`` and ``regressor`` name classes of ``sklearn.ensemble``."""

    classifier: ClassVar[str]
    regressor: ClassVar[str]

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

        del watch
        forest = self._forest(task, settings)
        some = rows.first(MOST_ROWS)
        if deadline is None:
            forest.fit(some.features, some.target)
        else:
            _grow(forest, some, deadline, task.threads)
        forest.set_params(warm_start=False, n_jobs=1)
        kept = {**settings, "n_estimators": len(forest.estimators_)}
        facts = self.facts(task, kept, format="skops", file="model.skops")
        return SkopsEstimator(forest, facts, task.threads)

    def save(self, estimator: Estimator, folder: Path) -> None:
        """In the format of skops."""
        save_skops(estimator.native, folder / "model.skops")

    def starts(self, task: Task, rows: int, features: int) -> tuple[Settings, ...]:
        """Full-grown trees, not too many."""
        most = min(32_768, max(5, rows >> 1))
        start: dict[str, Any] = {
            "n_estimators": min(100, max(5, rows)),
            "max_features": min(1.0, max(0.1, features**-0.5 if task.classes else 0.5)),
            "max_leaves": min(most - 1, max(4, int(4e5 / max(1, task.classes)))),
        }
        return ({**start, "criterion": "gini"} if task.classes else start,)

    def _forest(self, task: Task, settings: Settings) -> Any:
        import sklearn.ensemble

        name = self.classifier if task.classes else self.regressor
        return getattr(sklearn.ensemble, name)(
            **{"n_estimators": 100, **settings}, n_jobs=task.threads, random_state=task.seed
        )


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
