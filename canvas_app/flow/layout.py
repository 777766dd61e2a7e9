"""A flow laid out in layers from left to right, each node near what it draws from."""

from __future__ import annotations

from dataclasses import replace

from canvas_app.flow.flow import Flow, NodeId

STEP_RIGHT = 228.0
"""How far to the right of a node the next one is put, in canvas units."""
STEP_DOWN = 110.0
"""How far below a node the next one of the same column is put."""

_SWEEPS = 4
"""Passes of the barycentre rule (Sugiyama, Tagawa and Toda 1981); more changes little."""


def tidy(flow: Flow) -> Flow:
    """Put every node right of all that it draws from, with few crossings; the same flow, the same places."""
    layers = _ordered(flow, _layers(flow))
    rows = _rows(flow, layers)
    left = min((node.x for node in flow), default=0.0)
    top = min((node.y for node in flow), default=0.0)
    columns = {node: column for column, layer in enumerate(layers) for node in layer}
    return replace(
        flow,
        nodes=tuple(
            replace(node, x=left + columns[node.id] * STEP_RIGHT, y=top + rows[node.id] * STEP_DOWN)
            for node in flow.nodes
        ),
    )


def _layers(flow: Flow) -> list[list[NodeId]]:
    """Nodes by the longest path that leads to them."""
    depth: dict[NodeId, int] = {}
    for here in flow.in_order:
        depth[here] = max((depth[link.source] + 1 for link in flow.inputs(here)), default=0)
    # What nothing comes into stands right before the first node that draws from it.
    for node in flow:
        if not flow.inputs(node.id) and flow.outputs(node.id):
            depth[node.id] = min(depth[link.target] for link in flow.outputs(node.id)) - 1
    layers: list[list[NodeId]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    for node in flow:
        layers[depth[node.id]].append(node.id)
    return layers


def _ordered(flow: Flow, layers: list[list[NodeId]]) -> list[list[NodeId]]:
    for sweep in range(_SWEEPS):
        place = {node: float(at) for layer in layers for at, node in enumerate(layer)}
        for layer in layers if sweep % 2 == 0 else reversed(layers):
            centres = {node: _centre(flow, node, place, down=sweep % 2 == 0) for node in layer}
            layer.sort(key=lambda node: (centres[node], place[node]))
            place.update({node: float(at) for at, node in enumerate(layer)})
    return layers


def _centre(flow: Flow, node: NodeId, place: dict[NodeId, float], down: bool) -> float:
    near = (
        [place[link.source] + link.port * 0.01 for link in flow.inputs(node)]
        if down
        else [place[link.target] + link.port * 0.01 for link in flow.outputs(node)]
    )
    return sum(near) / len(near) if near else place[node]


def _rows(flow: Flow, layers: list[list[NodeId]]) -> dict[NodeId, float]:
    """The height of every node, in rows: level with its sources where there is room."""
    rows: dict[NodeId, float] = {}
    for layer in layers:
        lowest = -1.0
        for node in layer:
            sources = [rows[link.source] for link in flow.inputs(node) if link.source in rows]
            wanted = sum(sources) / len(sources) if sources else lowest + 1
            rows[node] = max(wanted, lowest + 1)
            lowest = rows[node]
    return rows
