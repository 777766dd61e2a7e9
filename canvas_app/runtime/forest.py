"""The trees of a forest of scikit-learn, asked for few rows or many, always adding up in the same order."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any

import numpy as np

FEW = 8
"""Rows up to which all trees are walked at once instead of one after the other."""
PIECE = 5_000
_AT_ONCE = 100_000
"""Rows times trees that are walked at a time."""
_SOONER = 3_000_000
"""Rows times trees that are walked sooner than scikit-learn is imported, which takes about two seconds."""


class Forest:
    """The mean of many trees; shape (rows, classes) for categories, (rows, 1) for a number."""

    def __init__(self, model: Any, threads: int = 1) -> None:
        """``model`` is scikit-learn's own, or as a file holds it."""
        self._trees = [item.tree_ for item in model.estimators_]
        self._threads = threads

    def shares(self, matrix: np.ndarray) -> np.ndarray:
        """What the trees say on average."""
        rows = np.ascontiguousarray(matrix, dtype=np.float32)
        asked = len(rows) * len(self._trees)
        if len(rows) <= FEW or ("sklearn.tree" not in sys.modules and asked <= _SOONER):
            return self.walked(rows)
        pieces = [rows[start : start + PIECE] for start in range(0, len(rows), PIECE)]
        if self._threads == 1 or len(pieces) == 1:
            return np.concatenate([self._asked(piece) for piece in pieces])
        with ThreadPoolExecutor(self._threads) as threads:
            return np.concatenate(list(threads.map(self._asked, pieces)))

    def _asked(self, rows: np.ndarray) -> np.ndarray:
        total: Any = 0.0
        for tree in self._trees:
            total = total + tree.predict(rows).reshape(len(rows), -1)
        return np.asarray(total) / len(self._trees)

    def walked(self, rows: np.ndarray) -> np.ndarray:
        """The same without scikit-learn, which need not even be there."""
        size = max(1, _AT_ONCE // len(self._trees))
        pieces = [rows[start : start + size] for start in range(0, max(len(rows), 1), size)]
        return np.concatenate([self._walk(piece) for piece in pieces])

    def _walk(self, rows: np.ndarray) -> np.ndarray:
        """One step down all trees at once, until every one has come to a leaf."""
        flat = self.nodes
        at = np.tile(flat.roots, (len(rows), 1))
        lines = np.arange(len(rows))[:, None]
        while True:
            feature = flat.feature[at]
            inside = feature >= 0
            if not inside.any():
                break
            value = rows[lines, np.maximum(feature, 0)]
            left = np.where(np.isnan(value), flat.blank_left[at], value <= flat.threshold[at])
            at = np.where(inside, np.where(left, flat.left[at], flat.right[at]), at)
        return np.asarray(flat.value[at].mean(axis=1))

    @cached_property
    def nodes(self) -> Nodes:
        """All nodes of all trees."""
        return Nodes(self._trees)


class Nodes:
    """The nodes of many trees one after the other; those with a feature below 0 are leaves."""

    def __init__(self, trees: list[Any]) -> None:
        counts = [tree.node_count for tree in trees]
        self.roots = np.cumsum([0, *counts])[:-1]
        self.feature = np.concatenate([tree.feature for tree in trees])
        self.threshold = np.concatenate([tree.threshold for tree in trees])
        self.left = _moved([tree.children_left for tree in trees], self.roots)
        self.right = _moved([tree.children_right for tree in trees], self.roots)
        self.blank_left = np.concatenate([tree.missing_go_to_left for tree in trees]).astype(bool)
        self.value = np.concatenate([tree.value.reshape(tree.node_count, -1) for tree in trees])


def _moved(children: list[np.ndarray], roots: np.ndarray) -> np.ndarray:
    return np.concatenate([item + root for item, root in zip(children, roots, strict=True)])
