"""What a family of models is: how it is fitted within a time, how it is searched, how it is kept."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from canvas_app.base.catalog import Catalog
from canvas_app.base.spec import Json, Spec, UnitSpec
from canvas_app.training.model import ProblemType

if TYPE_CHECKING:
    from canvas_app.runtime.columns import View
    from canvas_app.runtime.estimators import Estimator

Settings = Mapping[str, Json]

EVERY_PROBLEM: tuple[ProblemType, ...] = ("two-categories", "many-categories", "number")


@dataclass(frozen=True)
class ModelTypeSpec(UnitSpec):
    """What a family declares: which problems it solves, and one line about it for laymen."""

    line: str = ""
    problems: tuple[ProblemType, ...] = EVERY_PROBLEM
    flaml: str = ""
    """FLAML's name of it; families without one are tried with a few settings of their own."""
    view: View = "trees"
    stops: bool = False
    """Whether it finds out from watched rows how many trees are enough."""
    looks: bool = True
    """Whether it looks at features at all; one that doesn't is there at once."""


@dataclass(frozen=True)
class Task:
    """What is to be learned, and with which means."""

    problem: ProblemType
    classes: int
    """0 for a number."""
    seed: int
    threads: int


@dataclass(frozen=True)
class Rows:
    """Features and what they lead to: a class's place, or a number."""

    features: Any
    """Shape (rows, features): a numpy array, or for linear models a sparse matrix of scipy."""
    target: Any

    def __len__(self) -> int:
        return int(self.features.shape[0])

    def first(self, count: int) -> Rows:
        """Only so many; the order of rows is already one of chance."""
        return Rows(self.features[:count], self.target[:count]) if count < len(self) else self


class ModelType(Spec):
    """Base of all families; they have no parameters for a person to set."""

    spec: ClassVar[ModelTypeSpec]
    heaviness: ClassVar[float] = 1.0
    """How many times as large as LightGBM's its trees are."""

    def fit(
        self,
        task: Task,
        settings: Settings,
        rows: Rows,
        watch: Rows | None = None,
        deadline: float | None = None,
    ) -> Estimator:
        """Learn from rows; where the library can, stop early by ``watch`` and at the deadline.

        ``deadline`` is on the monotonic clock. What comes back knows the settings that it has in the end.
        """
        raise NotImplementedError

    def save(self, estimator: Estimator, folder: Path) -> None:
        """Write the model's file in its library's own format; never a pickle."""
        raise NotImplementedError

    def tries(self, task: Task, rows: int) -> tuple[Settings, ...]:
        """The settings that are tried beside FLAML's search, above all where it doesn't search itself."""
        del task, rows
        return ()

    def starts(self, task: Task, rows: int, features: int) -> tuple[Settings, ...]:
        """Points of FLAML's space from which the search sets out."""
        del task, rows, features
        return ()

    def facts(self, task: Task, settings: Settings, **more: Json) -> dict[str, Json]:
        """What ``model.json`` says about a fitted model."""
        from canvas_app.training.metrics import FLOOR

        floor = {"floor": settings.get("floor", FLOOR)} if task.problem == "many-categories" else {}
        named = {"model_type": self.spec.kind, "title": self.spec.title}
        return {
            **named,
            "problem": task.problem,
            "classes": task.classes,
            **floor,
            "settings": dict(settings),
            **more,
        }

    def keep(self, estimator: Estimator, folder: Path) -> None:
        """Write the model's file and its ``model.json`` into an empty folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self.save(estimator, folder)
        text = json.dumps(estimator.facts, sort_keys=True)
        (folder / "model.json").write_text(text, "utf-8")


MODEL_TYPES: Catalog[ModelType] = Catalog(ModelType, "canvas_app.training.model_types")


class Watch:
    """Remembers the best round of a boosting run, and says when going on is of no use."""

    def __init__(self, patience: int, deadline: float | None) -> None:
        self._patience, self._deadline = patience, deadline
        self._last: float | None = None
        self._best = float("inf")
        self.rounds = 0
        """Rounds up to the best one; all, where nothing is watched."""

    def enough(self, round: int, loss: float | None) -> bool:
        """Take note of a round, counted from 0; whether to stop after it."""
        now = time.monotonic()
        pace = now - self._last if self._last is not None else 0.0  # the first one also prepares the rows
        self._last = now
        if loss is None or loss < self._best:
            self._best = self._best if loss is None else loss
            self.rounds = round + 1
        late = self._deadline is not None and now + pace > self._deadline
        return late or (loss is not None and round + 1 - self.rounds >= self._patience)


def leaves_of(rows: int) -> int:
    """How many leaves a boosted tree may have at the start: enough rows must be left for each."""
    return max(5, rows // 20)


def patience_of(settings: Settings) -> int:
    """Rounds without gain after which boosting stops: more where steps are small."""
    return int(min(200, max(20, 5 / float(settings.get("learning_rate") or 0.1))))
