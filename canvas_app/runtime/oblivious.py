"""Trees that ask the same question in a whole level (CatBoost's), read from its JSON and asked by numpy."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

_AT_ONCE = 2_000_000
"""Rows times trees that are looked at together."""


class ObliviousTrees:
    """Boosted trees as arrays: per tree and level a feature and a border, per tree and leaf a value."""

    def __init__(self, features: Any, borders: Any, leaves: Any, starts: Any, bias: Any) -> None:
        """Shapes: (levels, trees) twice, (leaves of all trees, outputs), (trees,), (outputs,)."""
        self._features, self._borders = features, borders
        self._leaves, self._starts = leaves, starts
        self._bias = bias

    @property
    def outputs(self) -> int:
        """How many numbers a row is answered with."""
        return len(self._bias)

    @classmethod
    def parse(cls, text: bytes) -> ObliviousTrees:
        """The trees of a JSON file; raises ``ValueError``, ``LookupError`` or ``TypeError`` for any other."""
        saved: Mapping[str, Any] = json.loads(text)
        factor, bias = saved["scale_and_bias"]
        bias = np.asarray(bias, dtype=np.float64)
        trees = saved["oblivious_trees"]
        places = _places(saved["features_info"]["float_features"])
        levels = max((len(tree["splits"] or ()) for tree in trees), default=0)
        features = np.zeros((levels, len(trees)), dtype=np.intp)
        borders = np.full((levels, len(trees)), np.inf)  # nothing lies above: the levels that a tree lacks
        leaves = []
        for at, tree in enumerate(trees):
            for level, split in enumerate(tree["splits"] or ()):
                features[level, at] = places[split["float_feature_index"]]
                borders[level, at] = split["border"]
            leaves.append(_leaves(tree, len(bias)))
        starts = np.cumsum([0, *map(len, leaves)])[:-1].astype(np.intp)
        values = np.concatenate([np.zeros((0, len(bias))), *leaves])
        return cls(features, borders, values * float(factor), starts, bias)

    def margins(self, matrix: np.ndarray) -> np.ndarray:
        """Shape (rows, outputs); blanks are NaN, which lies above no border."""
        plain = np.ascontiguousarray(matrix, dtype=np.float32)
        step = max(1, _AT_ONCE // max(1, len(self._starts)))
        pieces = [self._margins(plain[start : start + step]) for start in range(0, len(plain), step)]
        return np.concatenate(pieces) if pieces else np.zeros((0, self.outputs))

    def _margins(self, rows: np.ndarray) -> np.ndarray:
        leaf = np.repeat(self._starts[None, :], len(rows), axis=0)
        for level, (features, borders) in enumerate(zip(self._features, self._borders, strict=True)):
            leaf += (rows[:, features] > borders).astype(np.intp) << level
        whole = np.repeat(self._bias[None, :], len(rows), axis=0)
        for at in range(self.outputs):
            whole[:, at] += self._leaves[leaf, at].sum(axis=1)
        return whole


def _places(features: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """From the number of a feature to its column."""
    return {int(item["feature_index"]): int(item["flat_feature_index"]) for item in features}


def _leaves(tree: Mapping[str, Any], outputs: int) -> np.ndarray:
    values = np.asarray(tree["leaf_values"], dtype=np.float64).reshape(-1, outputs)
    if len(values) != 1 << len(tree["splits"] or ()):
        raise ValueError("a tree has not as many leaves as it needs")
    return values
