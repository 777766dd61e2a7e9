"""One tree of scikit-learn as a file holds it, looked through before anybody walks down it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

_LEAF = -1


class HeldTree:
    """The nodes of a tree under the names of ``sklearn.tree._tree.Tree``, which it becomes where needed."""

    def __init__(self, state: Mapping[str, Any], features: int, classes: Any, outputs: int) -> None:
        """``state`` as scikit-learn keeps it; raises ``ValueError`` for nodes that lead astray."""
        self._state, self._shape = dict(state), (features, classes, outputs)
        self._nodes: np.ndarray = state["nodes"]
        self.node_count = len(self._nodes)
        self.value: np.ndarray = state["values"]
        self.feature = self._whole("feature")
        self.children_left = self._whole("left_child")
        self.children_right = self._whole("right_child")
        self.threshold = np.asarray(self._nodes["threshold"], dtype=np.float64)
        self.missing_go_to_left = self._whole("missing_go_to_left")
        self._refuse_astray(features)

    @property
    def n_leaves(self) -> int:
        """How many leaves there are."""
        return int((self.children_left == _LEAF).sum())

    @cached_property
    def in_library(self) -> Any:
        """The same as scikit-learn's own tree, which is quick where there are many rows."""
        from sklearn.tree._tree import Tree

        features, classes, outputs = self._shape
        tree = Tree(features, np.asarray(classes, dtype=np.intp), outputs)
        tree.__setstate__({**self._state, "node_count": self.node_count})
        return tree

    def predict(self, rows: np.ndarray) -> np.ndarray:
        """What the leaves say in which the rows end."""
        if rows.shape[1] < self._shape[0]:  # scikit-learn's tree would read beyond the row
            raise ValueError(f"the trees ask for {self._shape[0]} features, and there are {rows.shape[1]}")
        return np.asarray(self.in_library.predict(rows))

    def _whole(self, name: str) -> np.ndarray:
        return np.asarray(self._nodes[name], dtype=np.intp)

    def _refuse_astray(self, features: int) -> None:
        """Every way down ends in a leaf, and asks only for features that there are.

        Scikit-learn itself follows the numbers of a file without looking where they lead.
        """
        left, right, count = self.children_left, self.children_right, self.node_count
        inside = left != _LEAF
        below = np.arange(count)  # children come after their parent, so that no way leads back
        sound = (
            count > 0
            and self._nodes.ndim == 1
            and self.value.ndim == 3
            and len(self.value) == count
            and self.value.dtype == np.float64
            and bool(np.all((right != _LEAF) == inside))
            and bool(np.all((self.feature >= 0) == inside))
            and bool(np.all(self.feature < features))
            and all(bool(np.all((c > below) & (c < count) | ~inside)) for c in (left, right))
        )
        if not sound:
            raise ValueError("one of its trees leads nowhere")
