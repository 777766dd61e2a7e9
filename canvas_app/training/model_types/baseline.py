"""The answer of someone who doesn't look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.training.model_type import ModelType, ModelTypeSpec, Rows, Settings, Task

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator


class Baseline(ModelType):
    """The same answer for every row: the mean, or the share of each category."""

    spec = ModelTypeSpec(
        kind="baseline",
        title="Baseline",
        line="Looks at no column; what a model is worth is what it gains over this.",
        looks=False,
    )

    def fit(
        self,
        task: Task,
        settings: Settings,
        rows: Rows,
        watch: Rows | None = None,
        deadline: float | None = None,
    ) -> Estimator:
        """Count, or take the mean."""
        import numpy as np

        from canvas_app.runtime.estimators import ConstantEstimator

        del watch, deadline
        target = np.asarray(rows.target)
        if task.classes:
            values = np.bincount(target, minlength=task.classes) / len(target)
        else:
            values = np.array([target.mean()])
        return ConstantEstimator(None, self.facts(task, settings, format="constant", values=values.tolist()))

    def save(self, estimator: Estimator, folder: Path) -> None:
        """Nothing but ``model.json``, which holds the answer."""
        del estimator, folder
