"""Writes a forest of scikit-learn as an ONNX graph of one node, straight from the arrays of its trees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError

if TYPE_CHECKING:
    import numpy as np

    from canvas_app.runtime.forest import Forest, Nodes

LARGEST = 48_000_000
"""Bytes of a graph, about: a bundle is to stay below 50 MB, and in a skops file the same trees take less."""

_OPSET, _TREES_OPSET, _IR = 15, 3, 8
_BYTES_PER_NODE, _BYTES_PER_WEIGHT = 30, 14
_MODES = (b"BRANCH_LEQ", b"LEAF")


def forest_to_onnx(forest: Forest, width: int, seen: Sequence[int] = (), classes: int = 0) -> Any:
    """A graph that gives the probabilities of all classes, or the number, for ``width`` 32-bit features.

    ``seen`` are the numbers of the classes that the forest has learned from; the others get 0.
    Raises ``CanvasError`` where the graph would be too large. Blanks are NaN, as in the forest itself.
    """
    import numpy as np
    from onnx import TensorProto, helper

    nodes = forest.nodes
    leaves = np.flatnonzero(nodes.feature < 0)
    said = nodes.value[leaves]  # undivided: votes add up exactly in 32 bits, so that ties stay ties
    base = 0.0
    if classes:
        at, place = np.nonzero(said)
    else:  # 32 bits hold small numbers better, so the leaves only say how far they are from the middle
        base = float(nodes.value[nodes.roots].mean())
        said = said - base
        at, place = np.arange(len(leaves)), np.zeros(len(leaves), dtype=np.intp)
    _require_small(len(nodes.feature), len(at))
    targets = np.asarray(seen, dtype=np.intp)[place] if classes else place
    lists = {**_node_lists(nodes), **_target_lists(nodes, leaves[at], targets, said[at, place])}
    outputs = max(classes, 1)
    answer = "probabilities" if classes else "number"
    node = helper.make_node("TreeEnsembleRegressor", ["features"], [answer], domain="ai.onnx.ml")
    node.attribute.extend(_attribute(name, values) for name, values in lists.items())
    facts = {"n_targets": outputs, "aggregate_function": "AVERAGE", "post_transform": "NONE"}
    facts |= {"base_values": [base]} if base else {}
    node.attribute.extend(helper.make_attribute(name, value) for name, value in facts.items())
    graph = helper.make_graph(
        [node],
        "model",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, width])],
        [helper.make_tensor_value_info(answer, TensorProto.FLOAT, [None, outputs])],
    )
    opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid("ai.onnx.ml", _TREES_OPSET)]
    return helper.make_model(graph, opset_imports=opsets, ir_version=_IR)


def _require_small(nodes: int, weights: int) -> None:
    size = nodes * _BYTES_PER_NODE + weights * _BYTES_PER_WEIGHT
    if size > LARGEST:
        raise CanvasError(
            f"its trees would take about {size / 1e6:,.0f} MB there, and less than 50 MB are wanted."
        )


def _node_lists(nodes: Nodes) -> Mapping[str, np.ndarray]:
    """The nodes, each with the number of its tree and its own within it."""
    import numpy as np

    leaf = nodes.feature < 0
    trees, starts = _places(nodes)
    found = {
        "nodes_treeids": trees,
        "nodes_nodeids": np.arange(len(starts)) - starts,
        "nodes_featureids": np.where(leaf, 0, nodes.feature),
        "nodes_modes": leaf,
        "nodes_values": np.where(leaf, 0, rounded_down(nodes.threshold)),
        "nodes_truenodeids": np.where(leaf, 0, nodes.left - starts),
        "nodes_falsenodeids": np.where(leaf, 0, nodes.right - starts),
    }
    blanks = nodes.blank_left & ~leaf
    return {**found, "nodes_missing_value_tracks_true": blanks.astype(int)} if blanks.any() else found


def _target_lists(
    nodes: Nodes, leaves: np.ndarray, targets: np.ndarray, weights: np.ndarray
) -> Mapping[str, np.ndarray]:
    """What each leaf adds to which answer."""
    trees, starts = _places(nodes)
    return {
        "target_treeids": trees[leaves],
        "target_nodeids": leaves - starts[leaves],
        "target_ids": targets,
        "target_weights": weights,
    }


def _places(nodes: Nodes) -> tuple[np.ndarray, np.ndarray]:
    """For each node the number of its tree, and where that begins."""
    import numpy as np

    counts = np.diff(nodes.roots, append=len(nodes.feature))
    return np.repeat(np.arange(len(counts)), counts), np.repeat(nodes.roots, counts)


def rounded_down(thresholds: np.ndarray) -> np.ndarray:
    """The next 32-bit numbers that are not above; no feature lies between, so every way stays the same.

    Scikit-learn compares 32-bit features with 64-bit thresholds, ONNX with 32-bit ones.
    """
    import numpy as np

    with np.errstate(over="ignore"):
        found = np.asarray(thresholds, dtype=np.float32)
    above = found.astype(np.float64) > thresholds
    return np.where(above, np.nextafter(found, np.float32(-np.inf)), found)


def _attribute(name: str, values: np.ndarray) -> Any:
    """A list as ONNX holds it; ``make_attribute`` would look at every item several times."""
    from onnx import AttributeProto

    made = AttributeProto()
    made.name = name
    if values.dtype.kind == "b":
        made.type = AttributeProto.STRINGS
        made.strings.extend([_MODES[item] for item in values.tolist()])
    elif values.dtype.kind == "f":
        made.type = AttributeProto.FLOATS
        made.floats.extend(values.tolist())
    else:
        made.type = AttributeProto.INTS
        made.ints.extend(values.tolist())
    return made
