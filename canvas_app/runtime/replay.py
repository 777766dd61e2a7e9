"""Replays the examples of a bundle: its answers here must be the answers that it was exported with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .errors import BundleError
from .predictor import Predictor
from .table_file import read_pieces

TOLERANCE = 1e-5
"""Of probabilities; of numbers, as a share of their size."""


@dataclass(frozen=True)
class Replayed:
    """How many examples were answered, and the largest difference from what was expected."""

    rows: int
    largest_difference: float


def replay(folder: Path, predictor: Predictor | None = None) -> Replayed:
    """Answer the examples and compare; raises ``BundleError`` where an answer differs."""
    predictor = predictor or Predictor(folder)
    rows, largest = 0, 0.0
    for piece in read_pieces(folder / "examples.parquet").tables:
        said = predictor.answer(piece.select(list(predictor.contract.names))).columns()
        expected = {name: piece.column(f"expected_{name}") for name in said}
        for name in said:
            difference = _difference(said[name].to_pylist(), expected[name].to_pylist())
            largest = max(largest, difference)
            if difference > TOLERANCE:
                raise BundleError(
                    f"The bundle answers its examples differently here ({name}, by {difference:.2g}).",
                    "Install exactly what its requirements.txt names, then try again.",
                )
        rows += piece.num_rows
    return Replayed(rows, largest)


def _difference(said: list[object], expected: list[object]) -> float:
    """The largest difference; labels differ by 1 or not at all."""
    if not all(isinstance(value, float) for value in said + expected):
        return float(said != expected)
    was, now = np.array(expected, float), np.array(said, float)
    return float(np.max(np.abs(now - was) / np.maximum(1.0, np.abs(was)), initial=0.0))
