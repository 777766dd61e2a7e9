"""Builds the models that a project's flow asks for, from the command line."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError
from canvas_app.commands.built import built_facts, built_words
from canvas_app.commands.projects import awaited, build_node, nodes_of, opened
from canvas_app.commands.terminal import Terminal

if TYPE_CHECKING:
    from canvas_app.flow.flow import Flow, Node
    from canvas_app.project.session import Session

_BUILT = 0.9
"""How far the whole work is when only the export is left."""


def build_project(folder: Path, node: str, bundle: Path | None, terminal: Terminal) -> None:
    """Build the model of one node, which must be named where there are several."""
    from canvas_app.commands.export import exported_words

    with opened(folder) as session:
        flow, chosen = _the_node(session, node)
        with terminal.part(0.0, _BUILT if bundle else 1.0):
            record = build_node(session, flow, chosen, terminal)
        with terminal.part(_BUILT, 1.0):
            exported = awaited(session.export, record.id, bundle, terminal=terminal) if bundle else None
    words = [built_words(record.model), *([exported_words(exported)] if exported else [])]
    terminal.result(
        "\n".join(words),
        id=record.id,
        name=record.name,
        version=record.version,
        **built_facts(record.model),
        bundle=asdict(exported) if exported else None,
    )


def _the_node(session: Session, name: str) -> tuple[Flow, Node]:
    found = [
        (flow, node) for flow in session.project.flows for node in nodes_of(flow, "predict_column", name)
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        what = f"no node {name} that asks" if name else "no node that asks"
        raise CanvasError(f"The project has {what} for a model.", hint="Add one: Predict a column.")
    known = ", ".join(f"{node.title} ({node.id})" for _, node in found)
    raise CanvasError("Several nodes ask for a model.", hint=f"Name one with --node: {known}.")
