"""Every edit of a flow is a plain function from one flow to the next, which stays free of loops."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

from canvas_app.base.errors import EditError, Where
from canvas_app.flow.clipboard import copy, duplicate, paste
from canvas_app.flow.flow import Flow, Link, Node, NodeId
from canvas_app.flow.ids import new_id
from canvas_app.flow.layout import STEP_DOWN, STEP_RIGHT, tidy
from canvas_app.flow.step import NodeUnit, UnknownUnit

__all__ = [
    "add_after",
    "add_node",
    "add_on_link",
    "connect",
    "copy",
    "disconnect",
    "duplicate",
    "free_place",
    "insert_on_link",
    "move_nodes",
    "new_id",
    "paste",
    "remove_nodes",
    "rename_flow",
    "rename_node",
    "set_skipped",
    "set_unit",
    "tidy",
    "why_not",
]


def add_node(flow: Flow, unit: NodeUnit, x: float = 0.0, y: float = 0.0, name: str = "") -> Flow:
    """Put a node on the ground, unlinked; it comes last in ``flow.nodes``."""
    node = Node(new_id(flow, unit.spec.kind), unit, float(x), float(y), name)
    return replace(flow, nodes=(*flow.nodes, node))


def add_after(flow: Flow, source: NodeId, unit: NodeUnit, name: str = "") -> Flow:
    """Put a node to the right of another, where there is room, and draw the link."""
    left = _node(flow, source)
    x, y = free_place(flow, left.x + STEP_RIGHT, left.y)
    grown = add_node(flow, unit, x, y, name)
    return connect(grown, source, grown.nodes[-1].id)


def add_on_link(flow: Flow, link: Link, unit: NodeUnit, at: tuple[float, float] | None = None) -> Flow:
    """Put a node between two others; without a place it stands in the middle of the link."""
    if link not in flow.links:
        raise EditError("That link is no longer there.", hint="Drop the step on another.")
    if not unit.spec.inputs or not unit.spec.output:
        raise EditError(
            f"{unit.spec.title} can't stand in the middle of a link.", hint="Drop it beside the link."
        )
    source, target = _node(flow, link.source), _node(flow, link.target)
    x, y = at or ((source.x + target.x) / 2, (source.y + target.y) / 2)
    grown = add_node(disconnect(flow, link), unit, x, y)
    new = grown.nodes[-1].id
    return connect(connect(grown, link.source, new, 0), new, link.target, link.port)


def insert_on_link(flow: Flow, link: Link, node: NodeId) -> Flow:
    """Move a node that is already on the canvas, and unlinked, between two others."""
    unit = _node(flow, node).unit
    if link not in flow.links or flow.inputs(node) or flow.outputs(node):
        raise EditError("Only an unlinked step can be put on a link.", hint="Take its own links away first.")
    if not unit.spec.inputs or not unit.spec.output:
        raise EditError(
            f"{unit.spec.title} can't stand in the middle of a link.",
            hint="Drop it beside the link.",
            where=Where(node),
        )
    opened = disconnect(flow, link)
    return connect(connect(opened, link.source, node, 0), node, link.target, link.port)


def connect(flow: Flow, source: NodeId, target: NodeId, port: int | None = None) -> Flow:
    """Draw a link, unless it would close a loop. An occupied input is taken over: its old link goes.

    Without a port the first free input is used, or else the first.
    """
    refusal = why_not(flow, source, target, port)
    if refusal is not None:
        raise refusal
    chosen = _free_port(flow, target) if port is None else port
    link = Link(source, target, chosen)
    if link in flow.links:
        return flow
    kept = (old for old in flow.links if (old.target, old.port) != (target, chosen))
    return replace(flow, links=frozenset((*kept, link)))


def why_not(flow: Flow, source: NodeId, target: NodeId, port: int | None = None) -> EditError | None:
    """What ``connect`` would refuse, to be told while a link is dragged; None if it is welcome."""
    first, second = _node(flow, source), _node(flow, target)
    if not first.unit.spec.output:
        return EditError(
            f"Nothing comes out of {first.title}.", hint="Link from the node before it.", where=Where(source)
        )
    if not second.unit.spec.inputs and not isinstance(second.unit, UnknownUnit):
        return EditError(
            f"{second.title} takes no table in.", hint="Link to a step instead.", where=Where(target)
        )
    if port is not None and not _has_port(second.unit, port):
        return EditError(f"{second.title} has no such input.", hint="Choose another.", where=Where(target))
    if flow.leads(target, to=source):
        return EditError(
            "That link would make a loop.", hint="Link to a node further on.", where=Where(target)
        )
    return None


def disconnect(flow: Flow, link: Link) -> Flow:
    """Take a link away."""
    return replace(flow, links=flow.links - {link})


def remove_nodes(flow: Flow, nodes: Collection[NodeId], heal: bool = True) -> Flow:
    """Take nodes away; healing links what came into a removed step to what it went into."""
    gone = set(nodes)
    kept = {link for link in flow.links if link.source not in gone and link.target not in gone}
    leaving = (link for link in flow.links if link.source in gone and link.target not in gone)
    for link in leaving if heal else ():
        source = _source_beyond(flow, link.source, gone)
        if source is not None:
            kept.add(Link(source, link.target, link.port))
    return replace(
        flow, nodes=tuple(node for node in flow.nodes if node.id not in gone), links=frozenset(kept)
    )


def move_nodes(flow: Flow, places: Mapping[NodeId, tuple[float, float]]) -> Flow:
    """Put nodes elsewhere; nodes that are not named keep their place and their identity."""
    return replace(
        flow,
        nodes=tuple(
            replace(node, x=float(places[node.id][0]), y=float(places[node.id][1]))
            if node.id in places
            else node
            for node in flow.nodes
        ),
    )


def set_unit(flow: Flow, node: NodeId, unit: NodeUnit) -> Flow:
    """Give a node other parameters, or another kind; links that no longer fit go."""
    changed = _with(flow, replace(_node(flow, node), unit=unit))
    fitting = frozenset(
        link
        for link in changed.links
        if (link.target != node or _has_port(unit, link.port)) and (link.source != node or unit.spec.output)
    )
    return changed if len(fitting) == len(changed.links) else replace(changed, links=fitting)


def rename_node(flow: Flow, node: NodeId, name: str) -> Flow:
    """Call a node by a name of its own; an empty one gives it back the title of its kind."""
    return _with(flow, replace(_node(flow, node), name=name.strip()))


def set_skipped(flow: Flow, node: NodeId, skipped: bool) -> Flow:
    """Pass over a node, or run it again; a skipped step hands its first input on."""
    found = _node(flow, node)
    if skipped and not found.unit.spec.inputs:
        raise EditError(
            f"{found.title} can't be skipped: nothing comes into it.",
            hint="Remove it instead.",
            where=Where(node),
        )
    return _with(flow, replace(found, skipped=skipped))


def rename_flow(flow: Flow, name: str) -> Flow:
    """Give the flow another name; an empty one changes nothing."""
    return replace(flow, name=name.strip() or flow.name)


def free_place(flow: Flow, x: float, y: float) -> tuple[float, float]:
    """The first place at or below a point where a new node covers no other."""
    while any(abs(node.x - x) < STEP_RIGHT * 0.8 and abs(node.y - y) < STEP_DOWN * 0.8 for node in flow):
        y += STEP_DOWN
    return x, y


def _node(flow: Flow, node: NodeId) -> Node:
    if node not in flow:
        raise EditError("That node is no longer there.", hint="Choose another.", where=Where(node))
    return flow[node]


def _with(flow: Flow, changed: Node) -> Flow:
    if flow[changed.id] == changed:
        return flow
    return replace(flow, nodes=tuple(changed if node.id == changed.id else node for node in flow.nodes))


def _has_port(unit: NodeUnit, port: int) -> bool:
    return port >= 0 and (isinstance(unit, UnknownUnit) or port < len(unit.spec.inputs))


def _free_port(flow: Flow, target: NodeId) -> int:
    taken = {link.port for link in flow.inputs(target)}
    ports = range(len(flow[target].unit.spec.inputs))
    return next((port for port in ports if port not in taken), 0)


def _source_beyond(flow: Flow, node: NodeId, gone: set[NodeId]) -> NodeId | None:
    """The first node that stays when walking up through removed nodes of one input each."""
    while node in gone:
        links = flow.inputs(node)
        if len(flow[node].unit.spec.inputs) != 1 or len(links) != 1:
            return None
        node = links[0].source
    return node
