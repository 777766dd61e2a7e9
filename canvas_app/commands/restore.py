"""``canvas-app restore``: put a backup in the place of a project's damaged store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from canvas_app.base.errors import CanvasError
from canvas_app.base.words import counted
from canvas_app.commands.projects import ProjectFolder
from canvas_app.commands.terminal import AsJson, Terminal

if TYPE_CHECKING:
    from canvas_app.project.backups import Backup
    from canvas_app.project.session import Session


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
        found = _Found.of(session)
    lines = (
        f"{found.name} in {project} is as it was on {chosen.made_at:%Y-%m-%d at %H:%M:%S} UTC"
        f" ({chosen.path.name}): {found}.",
        *_missing(project, found.strays),
        f"The project.db that was there is kept in {project / backups.FOLDER}.",
    )
    Terminal(as_json).result(
        "\n".join(lines),
        project=str(project),
        name=found.name,
        backup=str(chosen.path),
        made_at=chosen.made_at.isoformat(),
        edits=found.edits,
        tables=found.tables,
        models=found.models,
        not_in_it=list(found.strays),
    )


@dataclass(frozen=True)
class _Found:
    """What a restored project holds, and the files in its folder that it doesn't know."""

    name: str
    edits: int
    tables: int
    models: int
    strays: tuple[str, ...]

    @classmethod
    def of(cls, session: Session) -> _Found:
        """Count what is there."""
        known = {f"data/{item.blob}" for item in session.project.datasets}
        known |= {f"models/{item.id}" for item in session.models}
        there = [*session.folder.glob("data/*.parquet"), *session.folder.glob("models/*")]
        names = sorted(path.relative_to(session.folder).as_posix() for path in there)
        strays = tuple(name for name in names if name.split(".")[0] not in known)
        return cls(
            session.project.name, session.edits, len(session.project.datasets), len(session.models), strays
        )

    def __str__(self) -> str:
        """As the end of a sentence."""
        counts = (counted(self.edits, "edit"), counted(self.tables, "table"), counted(self.models, "model"))
        return ", ".join(counts)


def _missing(project: Path, strays: tuple[str, ...]) -> tuple[str, ...]:
    """One line about each file that the restored project doesn't know."""
    if not strays:
        return ()
    return (
        "Edits that were made later are missing. These files were not in use at that time, and are kept:",
        *(f"  {project / name}" for name in strays),
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
