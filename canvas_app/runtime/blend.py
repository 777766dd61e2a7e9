"""Several models in one folder that answer together: the weighted mean of what each says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .estimators import Estimator


@dataclass(frozen=True)
class Member:
    """One of the models, with its share of the answer and the features that it looks at."""

    estimator: Estimator
    weight: float
    start: int
    end: int

    def part(self, matrix: Any) -> Any:
        """Its own features of all, shape (rows, end - start)."""
        return matrix[:, self.start : self.end]


class BlendEstimator(Estimator):
    """The weighted mean of several models: of their probabilities, or of their numbers."""

    format = "blend"

    def __init__(self, members: Sequence[Member], facts: Mapping[str, Any], threads: int = 1) -> None:
        """The weights of the members add up to 1."""
        super().__init__(None, facts, threads)
        self.members = tuple(members)

    def margins(self, matrix: np.ndarray) -> np.ndarray:
        """The number, or shares: a mean of log-odds would let one sure member outvote the others."""
        if not self.classes:
            return self._mean(matrix, "margins")
        shares = self.raw_probabilities(matrix)
        return shares[:, 1:] if self.classes == 2 else shares

    def raw_probabilities(self, matrix: np.ndarray) -> np.ndarray:
        """As every estimator: shape (rows, classes)."""
        return self._mean(matrix, "raw_probabilities")

    def _mean(self, matrix: np.ndarray, asked: str) -> np.ndarray:
        whole: Any = 0.0
        for member in self.members:
            member.estimator.threads = self.threads
            said = getattr(member.estimator, asked)(member.part(matrix))
            whole = whole + member.weight * np.asarray(said, dtype=np.float64)
        return np.asarray(whole)


def parts_of(facts: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """What ``model.json`` says about each model in the folder: of the only one, or of each member."""
    return tuple(facts["members"]) if facts.get("format") == BlendEstimator.format else (facts,)


def files_of(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the files that hold the models of a folder."""
    return tuple(str(part["file"]) for part in parts_of(facts) if part.get("file"))


def formats_of(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The formats that its models are held in, each once."""
    return tuple(sorted({str(part["format"]) for part in parts_of(facts)}))


def members_of(facts: Mapping[str, Any], estimators: Sequence[Estimator]) -> tuple[Member, ...]:
    """The members with their weights; raises ``ValueError`` for weights that can't be."""
    found = []
    for part, estimator in zip(parts_of(facts), estimators, strict=True):
        start, end = (int(place) for place in part["features"])
        found.append(Member(estimator, float(part["weight"]), start, end))
    whole = sum(member.weight for member in found)
    if not found or any(not member.weight > 0 for member in found) or abs(whole - 1) > 1e-6:
        raise ValueError("its weights don't add up to 1")
    return tuple(found)
