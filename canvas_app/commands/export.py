"""``canvas-app export``: write a model of a project as a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvas_app.commands.explain import ModelName
from canvas_app.commands.projects import ProjectFolder
from canvas_app.commands.terminal import AsJson, Terminal

if TYPE_CHECKING:
    from canvas_app.bundle.write import Exported


def export(
    project: ProjectFolder,
    out: Annotated[
        Path,
        typer.Argument(metavar="OUT", help="The bundle's folder: new, empty, or a bundle to be replaced."),
    ],
    model: ModelName = "",
    as_json: AsJson = False,
) -> None:
    """Export a model of a project as a bundle. It answers rows without this application."""
    from dataclasses import asdict

    from canvas_app.commands.models import chosen_model
    from canvas_app.commands.projects import awaited, opened

    terminal = Terminal(as_json)
    with opened(project, only_reads=True) as session:
        record = chosen_model(session, model)
        exported: Exported = awaited(session.export, record.id, out, terminal=terminal)
    terminal.result(exported_words(exported), **asdict(exported))


def exported_words(exported: Exported) -> str:
    """Where the bundle lies, in what form the model is held, and why."""
    from canvas_app.bundle.manifest import held_words
    from canvas_app.data.files import size_in_words

    size = size_in_words(exported.size)
    return f"The bundle is in {exported.path} ({size}). {held_words(exported.format, exported.reason)}"
