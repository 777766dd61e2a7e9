"""Joins the ONNX graphs of several models to one, which gives the weighted mean of what they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

_INPUT = "features"


@dataclass(frozen=True)
class OnnxMember:
    """The graph of one model, its share of the answer, and which of all features it looks at."""

    graph: Any
    weight: float
    start: int
    end: int


def blend_to_onnx(members: Sequence[OnnxMember], width: int, outputs: int) -> Any:
    """A graph over ``width`` 32-bit features; what comes out has the shape (rows, ``outputs``)."""
    from onnx import TensorProto, compose, helper

    nodes: list[Any] = []
    constants: list[Any] = []
    shares: list[str] = []
    for number, member in enumerate(members):
        model = compose.add_prefix(member.graph, f"m{number}_")
        graph = model.graph
        opening, bounds = _slice(member, graph.input[0].name, number)
        closing, weight = _weighted(graph.output[-1].name, member.weight, outputs, number)
        nodes += [opening, *graph.node, *closing]
        constants += [*bounds, *graph.initializer, *weight]
        shares.append(closing[-1].output[0])
    nodes.append(helper.make_node("Sum", shares, ["answer"]))
    whole = helper.make_graph(
        nodes,
        "model",
        [helper.make_tensor_value_info(_INPUT, TensorProto.FLOAT, [None, width])],
        [helper.make_tensor_value_info("answer", TensorProto.FLOAT, [None, outputs])],
        initializer=constants,
    )
    graphs = [member.graph for member in members]
    opsets = [helper.make_opsetid(domain, version) for domain, version in sorted(_opsets(graphs).items())]
    return helper.make_model(
        whole, opset_imports=opsets, ir_version=max(graph.ir_version for graph in graphs)
    )


def _slice(member: OnnxMember, name: str, number: int) -> tuple[Any, list[Any]]:
    """The node that hands a member its own features, and the numbers that it needs."""
    import numpy as np
    from onnx import helper, numpy_helper

    bounds = {"start": member.start, "end": member.end, "axis": 1}
    constants = [
        numpy_helper.from_array(np.array([value], np.int64), f"m{number}_{bound}")
        for bound, value in bounds.items()
    ]
    inputs = [_INPUT, *(constant.name for constant in constants)]
    return helper.make_node("Slice", inputs, [name]), constants


def _weighted(name: str, weight: float, outputs: int, number: int) -> tuple[list[Any], list[Any]]:
    """The nodes that bring what a member says into shape and multiply it by its weight."""
    import numpy as np
    from onnx import helper, numpy_helper

    shape = numpy_helper.from_array(np.array([-1, outputs], np.int64), f"m{number}_shape")
    share = numpy_helper.from_array(np.array(weight, np.float32), f"m{number}_weight")
    shaped, weighted = f"m{number}_shaped", f"m{number}_weighted"
    return [
        helper.make_node("Reshape", [name, shape.name], [shaped]),
        helper.make_node("Mul", [shaped, share.name], [weighted]),
    ], [shape, share]


def _opsets(graphs: Sequence[Any]) -> dict[str, int]:
    """The newest version of each set of operators that one of the graphs asks for."""
    found: dict[str, int] = {}
    for graph in graphs:
        for item in graph.opset_import:
            domain = "" if item.domain == "ai.onnx" else item.domain
            found[domain] = max(item.version, found.get(domain, 0))
    return found
