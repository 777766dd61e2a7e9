"""Room for a step that is put between two others: what comes after it moves to the right."""

from __future__ import annotations

from canvas_app.flow import edits
from canvas_app.flow.flow import Flow, Link, NodeId
from canvas_app.flow.layout import STEP_RIGHT
from canvas_app.flow.step import NodeUnit


def add_between(flow: Flow, link: Link, unit: NodeUnit) -> Flow:
    """Put a new node between two others; it comes last in ``flow.nodes``."""
    grown = edits.add_on_link(flow, link, unit)
    return with_room(grown, grown.nodes[-1].id)


def move_between(flow: Flow, places: dict[NodeId, tuple[float, float]], link: Link, node: NodeId) -> Flow:
    """Move a node of the canvas between two others."""
    return with_room(edits.insert_on_link(edits.move_nodes(flow, places), link, node), node)


def with_room(flow: Flow, node: NodeId) -> Flow:
    """Move all that comes after a node to the right, as far as it takes for the node to cover nothing."""
    source, target = flow[flow.inputs(node)[0].source], flow[flow.outputs(node)[0].target]
    missing = source.x + 2 * STEP_RIGHT - target.x
    if missing <= 0 or target.x <= source.x:
        return flow
    after = [other for other in flow if flow.leads(target.id, to=other.id)]
    places = {other.id: (other.x + missing, other.y) for other in after}
    places[node] = (source.x + STEP_RIGHT, (source.y + target.y) / 2)
    return edits.move_nodes(flow, places)
