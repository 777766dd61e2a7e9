"""The column that shall be predicted, as the health report understands it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy

    from canvas_app.data.coded import Coded
    from canvas_app.data.examined import ColumnFacts

TargetKind = Literal["two categories", "categories", "number"]

_FEW_WHOLES = 10
_ROWS_EACH = 20
_LEAST_ROWS = 5
"""Rows that a category needs to be learned and tested."""
MOST_CLASSES = 30


def kind_of(facts: ColumnFacts) -> TargetKind | None:
    """What kind of answer the values suggest, as builds do; None where there is nothing to predict."""
    if facts.type in ("time", "other") or facts.distinct < 2:
        return None
    if facts.type == "switch" or facts.distinct == 2:
        return "two categories"
    few = facts.distinct <= min(_FEW_WHOLES, facts.filled // _ROWS_EACH)
    if facts.is_number and not (facts.type == "whole" and few):
        return "number"
    return "categories" if facts.distinct <= facts.filled / 2 else None


@dataclass(frozen=True)
class Target:
    """The answers of the rows of a sample that have one worth learning."""

    name: str
    kind: TargetKind
    rows: numpy.ndarray[Any, Any]
    """The places of these rows in the sample."""
    answers: numpy.ndarray[Any, Any]
    """Of categories the number of the class; else the number itself."""
    classes: tuple[str, ...] = ()

    @property
    def score(self) -> str:
        """What answers to this target are measured by."""
        return "R²" if self.kind == "number" else "AUC"


def target_of(column: Coded, kind: TargetKind) -> Target | None:
    """The answers in a sample; None where they are too few or all the same."""
    import numpy as np

    if kind == "number":
        rows = np.flatnonzero(~np.isnan(column.values))
        answers = column.values[rows]
        enough = len(rows) >= 30 and answers.std() > 0
        return Target(column.name, kind, rows, answers) if enough else None
    values, counts = np.unique(column.values[~np.isnan(column.values)], return_counts=True)
    most_first = np.argsort(-counts, kind="stable")[:MOST_CLASSES]
    learned = [float(values[at]) for at in most_first if counts[at] >= _LEAST_ROWS]
    if len(learned) < 2:
        return None
    ranks = {value: at for at, value in enumerate(learned)}
    rows = np.flatnonzero(np.isin(column.values, learned))
    answers = np.array([ranks[value] for value in column.values[rows]])
    return Target(column.name, kind, rows, answers, tuple(_label(column, value) for value in learned))


def _label(column: Coded, value: float) -> str:
    return column.labels[int(value)] if column.categorical else f"{value:g}"
