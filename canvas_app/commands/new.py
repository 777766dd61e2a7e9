"""``canvas-app new``: make an empty project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from canvas_app.commands.terminal import AsJson, Terminal


def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The project's folder: new or empty.")],
    name: Annotated[
        str,
        typer.Option("--name", metavar="NAME", help="What it is called; the folder's name if not given."),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Make an empty project."""
    from canvas_app.jobs.pool import InlinePool
    from canvas_app.project.session import Session

    session = Session.create(folder, name or folder.resolve().name, InlinePool())
    try:
        Terminal(as_json).result(
            f"The project {session.project.name} is in {folder}.",
            project=str(folder),
            name=session.project.name,
        )
    finally:
        session.close()
