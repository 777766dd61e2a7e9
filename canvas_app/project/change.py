"""What an edit changed, known by identity: what is the same object is the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from canvas_app.flow.flow import Flow, NodeId
from canvas_app.project.project import Project

Part = Literal["datasets", "flows", "models", "name"]


@dataclass(frozen=True)
class Change:
    """The project before and after, and whether the list of models grew."""

    before: Project
    after: Project
    models: bool = False

    def touches(self, part: Part) -> bool:
        """Whether that part of the project is another now."""
        if part == "models":
            return self.models
        return getattr(self.before, part) is not getattr(self.after, part)

    def changed_nodes(self, flow: str) -> frozenset[NodeId]:
        """The nodes of a flow that were added, removed, or changed, or whose inputs were."""
        before, after = _flow(self.before, flow), _flow(self.after, flow)
        if before is after:
            return frozenset()
        return frozenset(
            node
            for node in {item.id for item in (*before, *after)}
            if node not in before
            or node not in after
            or before[node] is not after[node]
            or before.inputs(node) != after.inputs(node)
        )


def _flow(project: Project, flow: str) -> Flow:
    return next((item for item in project.flows if item.id == flow), Flow(id=flow))


def same_work(before: Project, after: Project, node: NodeId) -> bool:
    """Whether a node still does the same to the same: it, all it draws from, and the links between.

    Where the nodes stand and what they are called makes no difference.
    """
    return before is after or _work(before, node) == _work(after, node)


def _work(project: Project, node: NodeId) -> object:
    for flow in project.flows:
        if node in flow:
            nodes = [flow[item] for item in flow.upstream(node)]
            return [(item.id, item.unit, item.skipped, flow.inputs(item.id)) for item in nodes]
    return None
