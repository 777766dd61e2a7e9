"""Which node an arrow key goes to: along the links, or to the nearest one above and below."""

from __future__ import annotations

from canvas_app.flow.flow import Flow, Node, NodeId


def neighbour(flow: Flow, start: NodeId | None, way: tuple[int, int]) -> NodeId | None:
    """The node in that direction (``(1, 0)`` is right); the first one where none was chosen."""
    if start is None or start not in flow:
        return flow.nodes[0].id if flow.nodes else None
    here = flow[start]
    if way[0] > 0:
        linked = [flow[link.target] for link in flow.outputs(start)]
    elif way[0] < 0:
        linked = [flow[link.source] for link in flow.inputs(start)]
    else:
        linked = []
    if linked:
        return min(linked, key=lambda node: abs(node.y - here.y)).id
    ahead = [node for node in flow if node.id != start and _ahead(here, node, way)]
    return min(ahead, key=lambda node: _far(here, node, way)).id if ahead else None


def _ahead(here: Node, other: Node, way: tuple[int, int]) -> bool:
    return (other.x - here.x) * way[0] + (other.y - here.y) * way[1] > 1


def _far(here: Node, other: Node, way: tuple[int, int]) -> float:
    """Sideways counts double, so that a column or row is kept where there is one."""
    across, down = abs(other.x - here.x), abs(other.y - here.y)
    return across + 2 * down if way[0] else down + 2 * across
