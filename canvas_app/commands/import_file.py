"""``canvas-app import``: bring a file into a project as a table."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from canvas_app.base.words import counted
from canvas_app.commands.projects import ProjectFolder
from canvas_app.commands.terminal import AsJson, Terminal


def import_file(
    project: ProjectFolder,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to bring in: CSV or Parquet.")],
    name: Annotated[
        str,
        typer.Option(
            "--name", metavar="NAME", help="What the table is called; the file's name if not given."
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Bring a CSV or Parquet file into a project as a table."""
    from canvas_app.commands.projects import import_into, opened
    from canvas_app.commands.put_aside import aside_words, kept_aside

    terminal = Terminal(as_json)
    with opened(project) as session:
        dataset = import_into(session, file, name, terminal)
        aside = kept_aside(session.data_path(dataset.key))
    terminal.tell(*dataset.notes, *aside_words(aside, file, stays=True))
    terminal.result(
        f"{dataset.name}, version {dataset.version}: {counted(dataset.rows, 'row')}, "
        f"{counted(len(dataset.schema), 'column')}.",
        dataset=dataset.key,
        rows=dataset.rows,
        columns=list(dataset.schema.names),
        notes=list(dataset.notes),
        put_aside=str(aside) if aside else None,
    )
