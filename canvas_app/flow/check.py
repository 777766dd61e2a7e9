"""What is wrong with a flow, and which columns go where, before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from canvas_app.base.errors import CanvasError, Problem
from canvas_app.data.engine import schema_of
from canvas_app.data.schema import Schema
from canvas_app.flow.blank_table import blank_table
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.flow import Flow, Node, NodeId
from canvas_app.flow.recipe import learned_before_split, target_used
from canvas_app.flow.step import NodeUnit, Step, UnknownUnit

_KEPT = 8192
"""Answers remembered: a flow of 500 nodes needs 500, and every edit a handful more."""


@dataclass(frozen=True)
class FlowCheck:
    """The problems of a flow, and the columns before and after each node as far as they are known.

    ``inputs`` has one schema per input of the node; an input that isn't known has no columns.
    ``schemas`` has the nodes whose columns are known; a node without an output shows what comes in.
    """

    problems: tuple[Problem, ...] = ()
    schemas: Mapping[NodeId, Schema] = field(default_factory=dict)
    inputs: Mapping[NodeId, tuple[Schema, ...]] = field(default_factory=dict)

    def of(self, node: NodeId) -> tuple[Problem, ...]:
        """The problems of one node."""
        return tuple(problem for problem in self.problems if problem.node == node)

    def blocks(self, node: NodeId, flow: Flow) -> Problem | None:
        """The first problem that keeps a node from running: its own, or one of a node that it draws from."""
        above = set(flow.upstream(node))
        grave = (item for item in self.problems if item.severity == "problem")
        return next((problem for problem in grave if problem.node in above), None)


def check_flow(flow: Flow, datasets: Mapping[str, Schema]) -> FlowCheck:
    """Check every node on the columns that reach it; no query runs."""
    problems: list[Problem] = []
    schemas: dict[NodeId, Schema] = {}
    inputs: dict[NodeId, tuple[Schema, ...]] = {}
    for name in flow.in_order:
        node = flow[name]
        came = {link.port: schemas.get(link.source) for link in flow.inputs(name)}
        ports = range(max(len(node.unit.spec.inputs), len(came)))
        inputs[name] = tuple(came.get(port) or Schema() for port in ports)
        found, after = _node_check(node, came, inputs[name], datasets)
        problems += [replace(problem, node=name) for problem in found]
        if after is not None:
            schemas[name] = after
    problems += [*learned_before_split(flow), *target_used(flow, schemas)]
    return FlowCheck(tuple(problems), schemas, inputs)


_Answer = tuple[tuple[Problem, ...], Schema | None]


def _node_check(
    node: Node, came: Mapping[int, Schema | None], inputs: tuple[Schema, ...], datasets: Mapping[str, Schema]
) -> _Answer:
    if node.skipped:
        return (), came.get(0)
    if isinstance(node.unit, UnknownUnit):
        return node.unit.check(), came.get(0)
    if isinstance(node.unit, DatasetNode):
        return _dataset_check(node.unit, datasets)
    open_ports = [port for port in range(len(node.unit.spec.inputs)) if port not in came]
    if open_ports:
        return (*(node.unit.unlinked(port) for port in open_ports), *node.unit.check_needed()), None
    if any(schema is None for schema in came.values()):
        return node.unit.check_needed(), None
    return unit_check(node.unit, inputs)


def _dataset_check(unit: DatasetNode, datasets: Mapping[str, Schema]) -> _Answer:
    if not unit.dataset:
        return unit.check_needed(), None
    if unit.dataset not in datasets:
        gone = Problem(
            f"There is no table {unit.dataset} in this project.",
            "Import it again, or choose another.",
            field="dataset",
        )
        return (gone,), None
    return (), datasets[unit.dataset]


@lru_cache(maxsize=_KEPT)
def unit_check(unit: NodeUnit, inputs: tuple[Schema, ...]) -> _Answer:
    """The problems of a unit on these columns, and the columns after it where it can be applied."""
    found = unit.check(*inputs)
    if any(problem.severity == "problem" for problem in found):
        return found, None
    if not isinstance(unit, Step):
        return found, inputs[0] if inputs else None
    try:
        tables = [blank_table(schema, f"input_{port}") for port, schema in enumerate(inputs)]
        return found, schema_of(unit.apply(*tables, {}))
    except CanvasError as error:
        return (*found, Problem(error.message, error.hint, field=error.where.field)), None
