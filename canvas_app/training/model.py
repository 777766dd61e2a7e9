"""A built model as a value: what it predicts, how it was found, how good it is on unseen rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from canvas_app.base.unit import Json

ProblemType = Literal["two-categories", "many-categories", "number"]


@dataclass(frozen=True)
class Metric:
    """One measure on the test rows with its 95 % bootstrap interval."""

    kind: str
    """auc, accuracy, f1, log_loss, rmse, mae, r2, ..."""
    title: str
    value: float
    low: float
    high: float
    greater_is_better: bool
    help: str = ""


@dataclass(frozen=True)
class Candidate:
    """A row of the leaderboard: one family of models at its best."""

    model_type: str
    """Kind of the unit in ``training/model_types``."""
    title: str
    score: float
    """The search metric on the validation rows, in its own direction."""
    seconds: float
    trials: int
    settings: Mapping[str, Json] = field(default_factory=dict)
    chosen: bool = False


@dataclass(frozen=True)
class Trial:
    """One try of the search, as it is told while it happens (``report(found=...)``)."""

    number: int
    model_type: str
    score: float
    best: float
    seconds: float
    """Since the search began, on the monotonic clock."""


@dataclass(frozen=True)
class RowCounts:
    """How many rows went where; nothing is dropped in silence."""

    train: int
    validation: int
    test: int
    without_target: int = 0
    filtered: int = 0


@dataclass(frozen=True)
class BuiltModel:
    """What a build gives back; its files lie in the folder, which is never changed again."""

    folder: str
    """Where the files lie, while the job's result travels; the store then moves them to ``models/<hash>``."""
    target: str
    problem: ProblemType
    metric: str
    """Kind of the metric that the search improved."""
    model_type: str
    title: str
    """The chosen family, in words."""
    classes: tuple[str, ...]
    metrics: tuple[Metric, ...]
    leaderboard: tuple[Candidate, ...]
    trials: tuple[Trial, ...]
    rows: RowCounts
    seconds: float
    seed: int
    columns: tuple[str, ...]
    """The columns that a row to be answered must bring."""
    notes: tuple[str, ...] = ()
    """What a person should know: columns left out and why, filters, search ended early, ..."""
