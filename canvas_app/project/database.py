"""The one door to SQLite: careful settings, a check at the door, and its errors in a person's words."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

from canvas_app import __version__
from canvas_app.base.errors import CanvasError
from canvas_app.data.files import error_about, publish, temporary_beside
from canvas_app.project.formats import FORMATS, Format

NAME = "project.db"

_SETTINGS = (
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "busy_timeout = 5000",
    "journal_mode = TRUNCATE",
    "synchronous = EXTRA",
)
"""No loss in our power cuts, and one file at rest."""
_SYSTEM = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_PERM: errno.EACCES,
    sqlite3.SQLITE_AUTH: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
    sqlite3.SQLITE_IOERR: errno.EIO,
}


class BrokenProject(CanvasError):
    """The store of a project can't be read; the hint tells of the newest backup, or that there is none."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"{path} is damaged: {why}.", hint=_way_back(path.parent))
        self.folder = path.parent


def _way_back(folder: Path) -> str:
    """What can be done about a damaged store: it depends on whether there is a backup."""
    from canvas_app.project.backups import list_backups

    for backup in list_backups(folder):
        return (
            f"Restore the newest backup, {backup.path.name} of {backup.made_at:%Y-%m-%d at %H:%M} UTC"
            f" (canvas-app restore {folder}); nothing is deleted by that."
        )
    return (
        "There is no backup of it. Look for a copy of the whole folder;"
        " or make a new project and import the tables in its folder data again."
    )


class NewerProject(CanvasError):
    """A project that a newer version saved."""


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about ``path`` into ``CanvasError``."""
    try:
        yield
    except sqlite3.Error as error:
        raise _in_words(path, error) from error
    except UnicodeDecodeError as error:  # of the message itself, where SQLite quotes damaged words
        raise BrokenProject(path, "its list of tables is unreadable") from error


def _in_words(path: Path, error: sqlite3.Error) -> CanvasError:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _SYSTEM:
        return error_about(path, OSError(_SYSTEM[code], str(error)))
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return CanvasError(
            f"{path} is held by another program.", hint="Close what else reads it, then try again."
        )
    return BrokenProject(path, str(error))


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Open a database that is there; ``mode`` is ``rw`` or ``ro``. Nothing is written by that."""
    if not path.is_file():
        raise CanvasError(
            f"There is no project in {path.parent}.", hint="Choose a folder that holds a project.db."
        )
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    return _careful(connection)


def create(path: Path, name: str, document: bytes, now: str) -> None:
    """Make the database of a new project, whole or not at all."""
    with (
        written_beside(path) as temp,
        database_errors(path),
        closing(_careful(sqlite3.connect(temp, isolation_level=None))) as connection,
    ):
        _fill(connection, name, document, now)


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """A temporary name for a database that takes the place of ``path`` once it is whole, or goes."""
    temp = temporary_beside(path)
    try:
        yield temp
        publish(temp, path)
    finally:
        for leftover in (temp, temp.with_name(f"{temp.name}-journal")):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, name: str, document: bytes, now: str) -> None:
    newest = FORMATS[-1]
    with transaction(connection):
        for statement in newest.tables:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO meta VALUES (1, ?, ?, ?, ?, 0)", (newest.number, newest.number, __version__, name)
        )
        connection.execute("INSERT INTO edits VALUES (0, '', NULL, ?, ?)", (document, now))


def _careful(connection: sqlite3.Connection) -> sqlite3.Connection:
    with ExitStack() as unless_done:
        unless_done.callback(connection.close)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        unless_done.pop_all()
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of it or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    with ExitStack() as unless_done:
        unless_done.callback(_roll_back, connection)
        yield
        connection.execute("COMMIT")
        unless_done.pop_all()


def _roll_back(connection: sqlite3.Connection) -> None:
    with suppress(sqlite3.Error):
        connection.execute("ROLLBACK")


def format_of(connection: sqlite3.Connection, path: Path, formats: Sequence[Format] = FORMATS) -> int:
    """The number of the store's format; raises ``NewerProject`` before anything is written."""
    row = connection.execute("SELECT format, app_version FROM meta").fetchone()
    if row is None:
        raise BrokenProject(path, "it doesn't say which version saved it")
    number, version = int(row[0]), str(row[1])
    if number > formats[-1].number:
        raise NewerProject(
            f"{path.parent.name} was saved in format {number}, by version {version};"
            f" this one ({__version__}) reads up to format {formats[-1].number}.",
            hint="Open it with a newer version that reads that format. Nothing was changed.",
        )
    return number


def check(connection: sqlite3.Connection, path: Path, form: Format) -> None:
    """Raise ``BrokenProject`` unless the pages are whole and the tables are exactly those of the format."""
    require_whole(connection, path)
    rows = connection.execute("SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'").fetchall()
    if {row[0] for row in rows} != set(form.tables):
        raise BrokenProject(path, "its tables are not those of a project")


def require_whole(connection: sqlite3.Connection, path: Path) -> None:
    """Raise ``BrokenProject`` where pages are damaged."""
    found = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found is None or found[0] != "ok":
        raise BrokenProject(path, str(found[0] if found else "it can't be checked"))
