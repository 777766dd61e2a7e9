"""A flow as readable JSON and back, without losing what this version doesn't know."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json
from canvas_app.flow.flow import Flow, Link, Node
from canvas_app.flow.step import NODES, NodeUnit, UnknownUnit

FLOW_FORMAT = "canvas-app flow"
VERSION = 1

_FARTHEST = 1e9
"""No node stands further from the middle, in canvas units."""

_AGAIN = "Take the file from a backup, or export the flow again."


def dump_flow(flow: Flow) -> Json:
    """The flow as ``json`` can write it; the same flow always gives the same words."""
    return {
        "format": FLOW_FORMAT,
        "version": VERSION,
        "id": flow.id,
        "name": flow.name,
        "nodes": [dump_node(node) for node in flow.nodes],
        "links": dump_links(flow.links),
    }


def load_flow(saved: Json) -> Flow:
    """The flow from what ``dump_flow`` gave; raises ``CanvasError`` when it is no flow, or a newer one."""
    if not isinstance(saved, Mapping) or saved.get("format") != FLOW_FORMAT:
        raise CanvasError("This is not a flow.", hint="Choose a file that was exported from the Flow page.")
    if _whole(saved.get("version", 1)) > VERSION:
        raise CanvasError(
            "This flow was saved by a newer version.", hint="Open it with that version, or update this one."
        )
    nodes = load_nodes(saved.get("nodes", []))
    flow = Flow(
        id=str(saved.get("id", "flow")),
        name=str(saved.get("name", "Flow")),
        nodes=nodes,
        links=frozenset(load_links(saved.get("links", []))),
    )
    _require_sound(flow)
    return flow


def dump_node(node: Node) -> dict[str, Json]:
    """One node as JSON can hold it."""
    return {
        "id": node.id,
        "name": node.name,
        "x": node.x,
        "y": node.y,
        "skipped": node.skipped,
        "unit": dump_unit(node.unit),
    }


def load_nodes(saved: Json) -> tuple[Node, ...]:
    """Nodes from what ``dump_node`` gave for each; raises ``CanvasError``."""
    return tuple(_load_node(_mapping(item)) for item in _sequence(saved))


def dump_links(links: frozenset[Link]) -> list[Json]:
    """Links in an order that doesn't depend on how they were drawn."""
    ordered = sorted(links, key=lambda link: (link.target, link.port, link.source))
    return [{"source": link.source, "target": link.target, "port": link.port} for link in ordered]


def load_links(saved: Json) -> tuple[Link, ...]:
    """Links from what ``dump_links`` gave; raises ``CanvasError``."""
    return tuple(
        Link(str(item.get("source")), str(item.get("target")), _whole(item.get("port", 0)))
        for item in map(_mapping, _sequence(saved))
    )


def dump_unit(unit: NodeUnit) -> Json:
    """A unit as JSON can hold it; an unknown one in the words in which it was saved."""
    if isinstance(unit, UnknownUnit):
        return json.loads(unit.saved)
    return NODES.dump(unit)


def load_unit(saved: Json) -> NodeUnit:
    """The unit from what ``dump_unit`` gave; what this version can't read is kept as ``UnknownUnit``."""
    kind = _mapping(saved).get("kind")
    try:
        known = NODES[str(kind)]
        if _whole(saved.get("version", 1)) > known.version or not isinstance(saved.get("values"), Mapping):
            return _unknown(saved)
        return NODES.load(saved)
    except CanvasError:
        return _unknown(saved)


def _unknown(saved: Json) -> UnknownUnit:
    return UnknownUnit(saved=json.dumps(saved, ensure_ascii=False))


def _load_node(saved: Mapping[str, Any]) -> Node:
    return Node(
        id=str(saved.get("id", "")),
        unit=load_unit(saved.get("unit")),
        x=_number(saved.get("x", 0.0)),
        y=_number(saved.get("y", 0.0)),
        name=str(saved.get("name", "")),
        skipped=saved.get("skipped") is True,
    )


def _require_sound(flow: Flow) -> None:
    if len({node.id for node in flow.nodes}) != len(flow.nodes):
        raise CanvasError("Two nodes of this flow have the same id.", hint=_AGAIN)
    if any(link.source not in flow or link.target not in flow for link in flow.links):
        raise CanvasError("A link of this flow leads to a node that isn't there.", hint=_AGAIN)
    if len({(link.target, link.port) for link in flow.links}) != len(flow.links):
        raise CanvasError("Two links of this flow go into the same input.", hint=_AGAIN)
    if len(flow.in_order) < len(flow.nodes):
        raise CanvasError("The links of this flow make a loop.", hint=_AGAIN)


def _mapping(value: Json) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    raise CanvasError("This flow can't be read.", hint=_AGAIN)


def _sequence(value: Json) -> Sequence[Any]:
    if isinstance(value, list | tuple):
        return value
    raise CanvasError("This flow can't be read.", hint=_AGAIN)


def _number(value: Json) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= _FARTHEST:
        return float(value)
    raise CanvasError("This flow can't be read.", hint=_AGAIN)


def _whole(value: Json) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise CanvasError("This flow can't be read.", hint=_AGAIN)
