"""Copies of ``project.db``, made with SQLite's own backup, and the way back to one."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import BinaryIO

from canvas_app.base.errors import CanvasError
from canvas_app.data.files import file_errors, sync_folder, write_atomically
from canvas_app.project.database import NAME, database_errors, require_whole, written_beside
from canvas_app.project.lock import Lock

FOLDER = "backups"

_STAMP = "%Y-%m-%d-%H%M%S-%f"
_SECONDS = "%Y-%m-%d-%H%M%S"
"""As names were before there could be several backups in a second."""
_RECENT, _DAYS, _WEEKS = 10, 7, 4
"""How many are kept: the newest, the last of each day, and the last of each week."""
_SHARE = 0.2
"""Of the size of a project, what its backups may take; and of a small one at least so many bytes."""
_ALWAYS = 10_000_000


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
        (folder / FOLDER).mkdir(exist_ok=True)
        replaced = _free_name(folder / FOLDER)
        for suffix in ("-journal", ""):
            broken = folder / f"{NAME}{suffix}"
            if broken.exists():
                broken.replace(folder / FOLDER / f"{replaced}{suffix}")
        sync_folder(folder)

        def write(file: BinaryIO) -> None:
            with backup.open("rb") as copy:
                shutil.copyfileobj(copy, file)

        write_atomically(path, write)


def back_up_if_stale(connection: sqlite3.Connection, folder: Path) -> None:
    """Make a backup unless nothing was edited since the newest; those that are too many go."""
    newest = next(iter(list_backups(folder)), None)
    latest = "SELECT max(seq), max(max(at), coalesce((SELECT max(at) FROM models), '')) FROM edits"
    edits, at = connection.execute(latest).fetchone()
    if edits and (newest is None or newest.made_at < datetime.fromisoformat(at)):
        back_up_now(connection, folder)


def back_up_now(connection: sqlite3.Connection, folder: Path) -> None:
    """Make a backup, and delete those that are too many; raises ``CanvasError``."""
    back_up(connection, folder)
    for old in _too_many(list_backups(folder), int(_SHARE * _size_of(folder))):
        with suppress(OSError):
            old.path.unlink()


def _too_many(backups: Sequence[Backup], room: int) -> list[Backup]:
    """All but the newest, those of the last days and weeks, and of these the oldest beyond the room.

    What was kept before the project came to another format stays.
    """
    usual = [item for item in backups if item.before_format is None]
    days = {item.made_at.date(): item for item in reversed(usual)}
    weeks = {item.made_at.isocalendar()[:2]: item for item in reversed(usual)}
    kept = [*usual[:_RECENT], *list(days.values())[-_DAYS:], *list(weeks.values())[-_WEEKS:]]
    room, left = max(room, _ALWAYS), set(kept)
    for item in sorted(left, key=lambda one: one.made_at)[:-1]:
        if sum(one.size for one in left) > room:
            left.remove(item)
    return [item for item in usual if item not in left]


def _size_of(folder: Path) -> int:
    parts = (folder / NAME, *(folder / "data").rglob("*"), *(folder / "models").rglob("*"))
    return sum(path.stat().st_size for path in parts if path.is_file())


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
        require_whole(copy, path)


def newest_backup(folder: Path) -> Backup:
    """The newest backup; raises ``CanvasError`` where there is none."""
    for backup in list_backups(folder):
        return backup
    raise CanvasError(
        f"There is no backup in {folder / FOLDER}.", hint="Look for a copy of the whole folder."
    )


def _free_name(folder: Path) -> str:
    """A name for what is replaced, also where something was replaced in the same second."""
    stem = f"replaced-{datetime.now(UTC).strftime(_STAMP)}"
    names = (f"{stem}.db" if number == 1 else f"{stem}-{number}.db" for number in count(1))
    return next(name for name in names if not (folder / name).exists())


def _read(path: Path) -> Backup | None:
    words = path.stem.removeprefix("project-").split("-before-format-")
    stamp = _STAMP if words[0].count("-") == _STAMP.count("-") else _SECONDS
    with suppress(ValueError, OSError):
        made_at = datetime.strptime(words[0], stamp).replace(tzinfo=UTC)
        return Backup(path, made_at, path.stat().st_size, int(words[1]) if len(words) > 1 else None)
    return None
