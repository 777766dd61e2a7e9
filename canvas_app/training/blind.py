"""Families that look at no feature: there at once, so that there is a model whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.training.arrays import load_targets
from canvas_app.training.metrics import answers_of, score_of
from canvas_app.training.model_type import MODEL_TYPES, ModelType, Task

if TYPE_CHECKING:
    from canvas_app.runtime.estimators import Estimator


@dataclass(frozen=True)
class Blind:
    """A fitted model that looks at no feature."""

    unit: ModelType
    estimator: Estimator
    rows: int

    def keep(self, folder: Path) -> None:
        """Write its files into an empty folder."""
        self.unit.keep(self.estimator, folder)


def fit_blind(task: Task, kind: str, folder: Path, *parts: str) -> Blind:
    """Fit a family to the targets of some parts, which lie in ``folder``."""
    unit, rows = MODEL_TYPES[kind](), load_targets(folder, *parts)
    return Blind(unit, unit.fit(task, {}, rows), len(rows))


def blind_trials(task: Task, folder: Path) -> Iterator[dict[str, Any]]:
    """Each such family as a trial, in the words in which the other processes tell of theirs."""
    rows = load_targets(folder, "validation")
    for unit in MODEL_TYPES:
        if not unit.spec.looks:
            fitted = fit_blind(task, unit.spec.kind, folder, "train")
            score = score_of(task.problem, rows.target, answers_of(fitted.estimator, rows.features))
            told = {"kind": unit.spec.kind, "score": score, "fit_seconds": 0.0, "rows": fitted.rows}
            yield {**told, "settings": {}}
