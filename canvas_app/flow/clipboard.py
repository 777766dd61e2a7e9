"""Nodes travel between flows and projects as readable text."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json
from canvas_app.flow.codec import FLOW_FORMAT, VERSION, dump_links, dump_node, load_flow
from canvas_app.flow.flow import Flow, Link, Node, NodeId
from canvas_app.flow.ids import new_id

NODES_FORMAT = "canvas-app nodes"
OFFSET = 36.0
"""How far from the original a copy is put, in canvas units, where no place is named."""


def copy(flow: Flow, nodes: Collection[NodeId]) -> str:
    """These nodes and the links among them, as JSON text."""
    chosen = [node for node in flow.nodes if node.id in set(nodes)]
    inner = frozenset(link for link in flow.links if link.source in nodes and link.target in nodes)
    saved = {
        "format": NODES_FORMAT,
        "version": VERSION,
        "nodes": [dump_node(node) for node in chosen],
        "links": dump_links(inner),
    }
    return json.dumps(saved, indent=2, ensure_ascii=False)


def holds_nodes(text: str) -> bool:
    """Whether ``paste`` would find nodes in that text."""
    try:
        _read(text)
    except CanvasError:
        return False
    return True


def paste(flow: Flow, text: str, at: tuple[float, float] | None = None) -> Flow:
    """Put copied nodes into the flow under new ids; they come last in ``flow.nodes``.

    ``at`` is where the upper left corner of the group goes; without it the copies stand a little
    off the originals. Raises ``CanvasError`` when the text holds no nodes.
    """
    copied = _read(text)
    if not copied.nodes:
        return flow
    dx, dy = _shift(flow, copied, at)
    names: dict[NodeId, NodeId] = {}
    grown = flow
    for node in copied.nodes:
        names[node.id] = new_id(grown, node.unit.spec.kind)
        placed = replace(node, id=names[node.id], x=node.x + dx, y=node.y + dy)
        grown = replace(grown, nodes=(*grown.nodes, placed))
    inner = frozenset(Link(names[link.source], names[link.target], link.port) for link in copied.links)
    return replace(grown, links=grown.links | inner)


def duplicate(flow: Flow, nodes: Collection[NodeId]) -> Flow:
    """Copy and paste in one."""
    return paste(flow, copy(flow, nodes))


def _read(text: str) -> Flow:
    try:
        saved: Json = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _no_nodes() from error
    if not isinstance(saved, dict) or saved.get("format") not in (NODES_FORMAT, FLOW_FORMAT):
        raise _no_nodes()
    return load_flow({**saved, "format": FLOW_FORMAT})


def _no_nodes() -> CanvasError:
    return CanvasError("The copied text holds no nodes.", hint="Copy nodes on a Flow page first.")


def _shift(flow: Flow, copied: Flow, at: tuple[float, float] | None) -> tuple[float, float]:
    left = min(node.x for node in copied.nodes)
    top = min(node.y for node in copied.nodes)
    if at is not None:
        return at[0] - left, at[1] - top
    shift = OFFSET
    while any(_covers(node, copied.nodes, shift) for node in flow.nodes):
        shift += OFFSET
    return shift, shift


def _covers(node: Node, others: tuple[Node, ...], shift: float) -> bool:
    return any((node.x, node.y) == (other.x + shift, other.y + shift) for other in others)
