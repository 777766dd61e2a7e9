"""``canvas-app restore``: put a backup in the place of a project's damaged store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvas_app.base.errors import CanvasError
from canvas_app.commands.projects import ProjectFolder
from canvas_app.commands.terminal import AsJson, Terminal

if TYPE_CHECKING:
    from canvas_app.project.backups import Backup


def restore(
    project: ProjectFolder,
    backup: Annotated[
        str,
        typer.Option(
            "--backup",
            metavar="FILE",
            help="Name of a file in the project's folder backups; the newest if not given.",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Bring a damaged project back from a backup. What was there is kept beside the backups."""
    from canvas_app.commands.projects import opened
    from canvas_app.project import backups

    chosen = _chosen(project, backup)
    if not backup:
        _require_damaged(project)
    backups.restore(project, chosen.path)
    with opened(project, look_only=True) as session:
        name = session.project.name
    Terminal(as_json).result(
        f"{name} is as it was on {chosen.made_at:%Y-%m-%d at %H:%M} UTC ({chosen.path.name}).\n"
        "The project.db that was there is kept in the project's folder backups.",
        project=str(project),
        name=name,
        backup=str(chosen.path),
        made_at=chosen.made_at.isoformat(),
    )


def _chosen(project: Path, name: str) -> Backup:
    from canvas_app.project.backups import list_backups, newest_backup

    if not project.is_dir():
        raise CanvasError(f"There is no project in {project}.", hint="Give a project's folder.")
    newest = newest_backup(project)
    if not name:
        return newest
    found = {item.path.name: item for item in list_backups(project)}
    if Path(name).name not in found:
        raise CanvasError(f"There is no backup {name}.", hint=f"There are: {', '.join(found)}.")
    return found[Path(name).name]


def _require_damaged(project: Path) -> None:
    """Raise ``CanvasError`` for a project that opens: going back would take its latest edits away."""
    from canvas_app.commands.projects import opened
    from canvas_app.project.database import NAME, BrokenProject

    if not (project / NAME).exists():
        return
    try:
        with opened(project, look_only=True):
            pass
    except BrokenProject:
        return
    raise CanvasError(
        f"{project} is not damaged, and is left as it is.",
        hint="To go back all the same, name a file in its folder backups: --backup FILE.",
    )
