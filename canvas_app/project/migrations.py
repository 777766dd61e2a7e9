"""An older project is brought to today's format on a copy; the old one stays among the backups."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path

from canvas_app import __version__
from canvas_app.project.backups import back_up, copy_to
from canvas_app.project.database import BrokenProject, check, connect, format_of, transaction, written_beside
from canvas_app.project.formats import Format


def opened_up_to_date(path: Path, formats: Sequence[Format]) -> sqlite3.Connection:
    """The checked database of a project, in the newest format. The caller holds the project's lock.

    Raises ``CanvasError`` for a newer format or a damaged file, before anything is written.
    """
    connection = connect(path)
    with ExitStack() as unless_current:
        unless_current.callback(connection.close)
        number = _checked(connection, path, formats)
        if number == formats[-1].number:
            unless_current.pop_all()
            return connection
        _upgrade_on_a_copy(connection, path, formats)
    return opened_up_to_date(path, formats)


def snapshot(path: Path, formats: Sequence[Format]) -> sqlite3.Connection:
    """The database as it is now, checked, in memory and in the newest format; the file is only read."""
    memory = sqlite3.connect(":memory:", isolation_level=None)
    with ExitStack() as unless_done:
        unless_done.callback(memory.close)
        _read_into(memory, path)
        if _checked(memory, path, formats) != formats[-1].number:
            upgrade(memory, path, formats)
        unless_done.pop_all()
    return memory


def upgrade(connection: sqlite3.Connection, path: Path, formats: Sequence[Format]) -> None:
    """Take every step from the database's format to the newest, all of them or none."""
    newest = formats[-1]
    with transaction(connection):
        number = format_of(connection, path, formats)
        for form in formats:
            if form.number > number and form.upgrade is not None:
                form.upgrade(connection)
        connection.execute(
            "UPDATE meta SET format = ?, min_reader = ?, app_version = ?",
            (newest.number, newest.number, __version__),
        )
    check(connection, path, newest)


def _upgrade_on_a_copy(connection: sqlite3.Connection, path: Path, formats: Sequence[Format]) -> None:
    back_up(connection, path.parent, before_format=formats[-1].number)
    with written_beside(path) as temp:
        copy_to(connection, temp)
        with closing(connect(temp)) as copy:
            upgrade(copy, path, formats)
        connection.close()


def _checked(connection: sqlite3.Connection, path: Path, formats: Sequence[Format]) -> int:
    number = format_of(connection, path, formats)
    form = next((form for form in formats if form.number == number), None)
    if form is None:
        raise BrokenProject(path, f"there is no format {number}")
    check(connection, path, form)
    return number


def _read_into(memory: sqlite3.Connection, path: Path) -> None:
    """A file whose last writer died may need its journal rolled back, which reading alone can't do."""
    for mode in ("ro", "rw"):
        connection = connect(path, mode)
        try:
            connection.backup(memory)
        except sqlite3.OperationalError as error:
            if mode == "rw" or error.sqlite_errorcode & 0xFF not in (
                sqlite3.SQLITE_READONLY,
                sqlite3.SQLITE_CANTOPEN,
            ):
                raise
        else:
            return
        finally:
            connection.close()
