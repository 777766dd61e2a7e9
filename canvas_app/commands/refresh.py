"""``canvas-app refresh``: read the sources of a project's tables again, or find one that was moved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvas_app.base.errors import CanvasError
from canvas_app.commands.projects import ProjectFolder
from canvas_app.commands.terminal import AsJson, Terminal

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.project.project import Project
    from canvas_app.project.session import Session


def refresh(
    project: ProjectFolder,
    table: Annotated[
        str, typer.Option("--table", metavar="NAME", help="Only this table; all of them if not given.")
    ] = "",
    moved_to: Annotated[
        Path | None,
        typer.Option(
            "--moved-to",
            metavar="PATH",
            help="The table's file was moved here, or somewhere into this folder; it is known by its bytes.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read the sources of a project's tables again.

    Where one has changed, its rows become the table's next version. Flows keep the version that they use.
    """
    from canvas_app.commands.projects import awaited, opened
    from canvas_app.project import renewal

    terminal = Terminal(as_json)
    with opened(project) as session:
        if moved_to is not None:
            _find(session, table, moved_to, terminal)
        lines, found = [], {}
        for dataset in _tables(session.project, table):
            came = awaited(renewal.refresh, session, dataset.key, terminal=terminal)
            newest = came.dataset if came.dataset is not None and not came.same_rows else dataset
            found[dataset.name] = {"dataset": newest.key, "said": list(came.words())}
            lines += [f"{dataset.name}: {came.words()[0]}", *(f"  {word}" for word in came.words()[1:])]
    terminal.result("\n".join(lines) or "There are no tables in this project.", tables=found)


def _find(session: Session, table: str, place: Path, terminal: Terminal) -> None:
    """Find the file of the one table that is meant. Raises ``CanvasError`` where it is not there."""
    from canvas_app.commands.projects import awaited
    from canvas_app.project import renewal

    found = _tables(session.project, table)
    if len(found) != 1:
        raise CanvasError("It is not clear which table's file was moved.", hint="Name it with --table.")
    relinked = awaited(renewal.relink, session, found[0].key, place, terminal=terminal)
    if relinked.facts is None:
        raise CanvasError(relinked.words, hint="To bring it in all the same, import it under the same name.")
    terminal.tell(relinked.words)


def _tables(project: Project, name: str) -> tuple[Dataset, ...]:
    """The newest version of each table, or of the one that is named."""
    from canvas_app.project.versions import versions_of

    names = dict.fromkeys(item.name for item in project.datasets)
    if name and name not in names:
        known = ", ".join(names) or "none"
        raise CanvasError(f"There is no table {name}.", hint=f"There are: {known}.")
    return tuple(versions_of(project, item)[0] for item in names if not name or item == name)
