"""What the canvas says in words: tooltips of nodes, ports and links."""

from __future__ import annotations

from collections.abc import Sequence

from canvas_app.flow.flow import Flow
from canvas_app.ui.canvas.face import Face
from canvas_app.ui.canvas.scene import FlowScene, Hit


def words_at(hit: Hit, graph: FlowScene, flow: Flow) -> str:
    """The tooltip of what is pointed at; empty for the ground."""
    if hit.link is not None:
        source, target = graph.nodes[hit.link.source].face, graph.nodes[hit.link.target].face
        return f"{source.title} → {target.title}\nDouble-click to insert a step, Delete to remove the link."
    if hit.node is None or hit.node not in graph.nodes:
        return ""
    face = graph.nodes[hit.node].face
    if hit.side == "out":
        return f"Output of {face.title}. Drag it to a step."
    if hit.side == "in":
        return _input_words(face, hit, flow, graph)
    return "\n".join(part for part in (face.title, face.summary, face.words) if part)


def describe(face: Face, sources: Sequence[str]) -> str:
    """A node as the list says it: title, state, and what comes in."""
    came = f", input from {' and '.join(sources)}" if sources else ""
    return f"{face.title}, {face.state}{came}"


def _input_words(face: Face, hit: Hit, flow: Flow, graph: FlowScene) -> str:
    name = face.inputs[hit.port] if hit.port < len(face.inputs) else "Input"
    came = next((link for link in flow.inputs(hit.node or "") if link.port == hit.port), None)
    source = f" From {graph.nodes[came.source].face.title}." if came else " Nothing comes in yet."
    return f"{name} of {face.title}.{source}"
