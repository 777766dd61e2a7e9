"""``canvas-app copy``: save a copy of a project, as a project of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvas_app.commands.projects import ProjectFolder
from canvas_app.commands.terminal import AsJson, Terminal

if TYPE_CHECKING:
    from canvas_app.project.copy_job import Copied


def copy(
    project: ProjectFolder,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The copy's folder: new or empty.")],
    name: Annotated[
        str,
        typer.Option(
            "--name", metavar="NAME", help="What the copy is called; the folder's name if not given."
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Save a copy of a project. It is a project of its own, with the same history, tables and models."""
    from canvas_app.commands.projects import awaited, opened
    from canvas_app.data.files import size_in_words

    terminal = Terminal(as_json)
    with opened(project, only_reads=True) as session:
        called = name or out.resolve().name
        copied: Copied = awaited(session.save_copy, out, called, terminal=terminal)
    terminal.result(
        f"The copy {copied.name} is in {copied.path} ({size_in_words(copied.size)}).",
        project=copied.path,
        name=copied.name,
        size=copied.size,
    )
