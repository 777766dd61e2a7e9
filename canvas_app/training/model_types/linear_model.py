"""Logistic and ridge regression."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.training.model_type import ModelType, ModelTypeSpec, Rows, Settings, Task
from canvas_app.training.skops_file import save_skops

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator

MOST_ROWS = 100_000
"""Rows that it learns from: it can't be interrupted, and more hardly help so few weights."""


class LinearModel(ModelType):
    """One weight per column and category, added up (scikit-learn)."""

    spec = ModelTypeSpec(
        kind="linear_model",
        title="Linear model",
        line="Adds up one weight per column: easy to explain, and strong on texts.",
        view="linear",
    )

    def fit(
        self,
        task: Task,
        settings: Settings,
        rows: Rows,
        watch: Rows | None = None,
        deadline: float | None = None,
    ) -> Estimator:
        """Find the weights; runs to its end, so that whoever is in a hurry must end its process."""
        import numpy as np

        from canvas_app.runtime.estimators import SkopsEstimator

        del watch, deadline
        some = rows.first(MOST_ROWS)
        model = self._model(task, settings)
        model.fit(some.features, some.target)
        centre = np.asarray(some.features.mean(axis=0), dtype=float).ravel()
        facts = self.facts(task, settings, format="skops", file="model.skops", centre=centre.tolist())
        return SkopsEstimator(model, facts, task.threads)

    def save(self, estimator: Estimator, folder: Path) -> None:
        """In the format of skops."""
        save_skops(estimator.native, folder / "model.skops")

    def tries(self, task: Task, rows: int) -> tuple[Settings, ...]:
        """A usual restraint, then a stronger and a weaker one."""
        del rows
        return ({"C": 1.0}, {"C": 0.1}, {"C": 4.0}) if task.classes else ({"alpha": 1.0}, {"alpha": 30.0})

    def _model(self, task: Task, settings: Settings) -> Any:
        from sklearn.linear_model import LogisticRegression, Ridge

        if task.classes:
            return LogisticRegression(**settings, max_iter=200, tol=1e-3, random_state=task.seed)
        return Ridge(**settings, solver="auto", random_state=task.seed)
