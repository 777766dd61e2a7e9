"""Put a step right behind a table, where what was found in that table is put right."""

from __future__ import annotations

from canvas_app.flow.edits import add_after, add_node, connect, disconnect, free_place
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.flow import Flow, Node, NodeId
from canvas_app.flow.layout import STEP_RIGHT
from canvas_app.flow.step import NodeUnit


def put_right(flow: Flow, dataset: str, unit: NodeUnit) -> Flow:
    """The flow with the step behind the table, which is brought in if it isn't there; the step comes last.

    All that came out of the table comes out of the step, since it speaks of columns as the table has them.
    """
    there = next((node for node in flow if _is(node, dataset)), None)
    if there is None:
        flow = add_node(flow, DatasetNode(dataset=dataset), *free_place(flow, 0.0, 0.0))
        there = flow.nodes[-1]
    links = flow.outputs(there.id)
    if not links:
        return add_after(flow, there.id, unit)
    for link in links:
        flow = disconnect(flow, link)
    flow = _with_room(flow, there)
    flow = add_node(flow, unit, there.x + STEP_RIGHT, there.y)
    new = flow.nodes[-1].id
    flow = connect(flow, there.id, new, 0)
    for link in links:
        flow = connect(flow, new, link.target, link.port)
    return flow


def put_already(flow: Flow, dataset: str, unit: NodeUnit) -> NodeId | None:
    """The node that does the same behind the same table, if there is one."""
    tables = [node.id for node in flow if _is(node, dataset)]
    same = (node.id for node in flow if node.unit == unit)
    return next((node for node in same if any(flow.leads(table, to=node) for table in tables)), None)


def _is(node: Node, dataset: str) -> bool:
    return isinstance(node.unit, DatasetNode) and node.unit.dataset == dataset


def _with_room(flow: Flow, there: Node) -> Flow:
    """All that stands to the right of a node one step further on."""
    from canvas_app.flow.edits import move_nodes

    right = {node.id: (node.x + STEP_RIGHT, node.y) for node in flow if node.x > there.x}
    return move_nodes(flow, right)
