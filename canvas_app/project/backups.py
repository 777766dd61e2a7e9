"""Copies of ``project.db``, made with SQLite's own backup, and the way back to one."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO

from canvas_app.base.errors import CanvasError
from canvas_app.data.files import file_errors, sync_folder, write_atomically
from canvas_app.project.database import NAME, database_errors, written_beside
from canvas_app.project.lock import Lock

FOLDER = "backups"

_STAMP = "%Y-%m-%d-%H%M%S"
_KEPT = 10
_EVERY = timedelta(days=1)


@dataclass(frozen=True)
class Backup:
    """A copy of a project's store."""

    path: Path
    made_at: datetime
    """UTC."""
    size: int
    """Bytes."""
    before_format: int | None = None
    """The format to which the project was brought afterwards, if that was why it was made."""


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """The backups of a project, the newest first."""
    found = (_read(path) for path in (folder / FOLDER).glob("project-*.db"))
    return tuple(sorted((item for item in found if item), key=lambda item: item.made_at, reverse=True))


def restore(folder: Path, backup: Path) -> None:
    """Put a backup in the place of ``project.db``, which is kept beside the backups.

    Raises ``CanvasError`` while the project is open somewhere.
    """
    path = folder / NAME
    with Lock.held(folder), file_errors(path):
        stamp = datetime.now(UTC).strftime(_STAMP)
        (folder / FOLDER).mkdir(exist_ok=True)
        for suffix in ("-journal", ""):
            broken = folder / f"{NAME}{suffix}"
            if broken.exists():
                broken.replace(folder / FOLDER / f"replaced-{stamp}.db{suffix}")
        sync_folder(folder)

        def write(file: BinaryIO) -> None:
            with backup.open("rb") as copy:
                shutil.copyfileobj(copy, file)

        write_atomically(path, write)


def back_up_daily(connection: sqlite3.Connection, folder: Path) -> None:
    """Make a backup unless there is one from the last day, or no edit; the newest ten are kept."""
    newest = next(iter(list_backups(folder)), None)
    edited = connection.execute("SELECT max(seq) FROM edits").fetchone()[0]
    if not edited:
        return
    if newest is None or datetime.now(UTC) - newest.made_at > _EVERY:
        back_up(connection, folder)
        for old in [item for item in list_backups(folder) if item.before_format is None][_KEPT:]:
            with suppress(OSError):
                old.path.unlink()


def back_up(connection: sqlite3.Connection, folder: Path, before_format: int | None = None) -> Path:
    """Make a backup now; raises ``CanvasError``."""
    reason = f"-before-format-{before_format}" if before_format is not None else ""
    path = folder / FOLDER / f"project-{datetime.now(UTC).strftime(_STAMP)}{reason}.db"
    with file_errors(path):
        path.parent.mkdir(exist_ok=True)
    copy_to(connection, path)
    return path


def copy_to(connection: sqlite3.Connection, path: Path) -> None:
    """Copy a database to another file, whole or not at all."""
    with written_beside(path) as temp, database_errors(path), closing(sqlite3.connect(temp)) as copy:
        connection.backup(copy)


def newest_backup(folder: Path) -> Backup:
    """The newest backup; raises ``CanvasError`` where there is none."""
    for backup in list_backups(folder):
        return backup
    raise CanvasError(
        f"There is no backup in {folder / FOLDER}.", hint="Look for a copy of the whole folder."
    )


def _read(path: Path) -> Backup | None:
    words = path.stem.removeprefix("project-").split("-before-format-")
    with suppress(ValueError, OSError):
        made_at = datetime.strptime(words[0], _STAMP).replace(tzinfo=UTC)
        return Backup(path, made_at, path.stat().st_size, int(words[1]) if len(words) > 1 else None)
    return None
