"""A SQLite file is opened to look at only, and its schema runs nothing that was not asked for."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from canvas_app.base.errors import Cancelled, CanvasError, Where
from canvas_app.data import files
from canvas_app.data.engine import identifier, select
from canvas_app.data.loose_rows import BATCH
from canvas_app.jobs.job import Report

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
"""Not: attaching, pragmas, and queries that call themselves without end."""
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 64_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 100,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}
_STEPS = 100_000
"""Steps of SQLite's machine between two looks at whether to stop."""
_SILENCE = 10.0
_LISTED = """
    SELECT name, type FROM pragma_table_list
    WHERE schema = 'main' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
"""
_CELLS = 2_000_000
_MARK = b"SQLite format 3\x00"

Row = tuple[object, ...]


class SqliteReader:
    """An open SQLite file; stopping the report stops its queries."""

    def __init__(self, connection: sqlite3.Connection, shown: str, report: Report) -> None:
        self._connection = connection
        self._shown = shown
        self._report = report
        self._said = time.monotonic()
        self._stopped = False
        self._slow = False
        connection.set_progress_handler(self._go_on, _STEPS)
        listed = connection.execute(_LISTED).fetchall()
        self.tables: list[str] = sorted(name for name, kind in listed if kind in ("table", "shadow"))
        self.views: list[str] = sorted(name for name, kind in listed if kind == "view")
        connection.set_authorizer(_allowed)

    def chosen(self, wanted: str) -> str:
        """The table of that name, or the one with most rows; raises ``CanvasError``."""
        there = [*self.tables, *self.views]
        hint = f"Choose one of these: {', '.join(there[:20])}." if there else "Choose another file."
        if wanted and wanted not in there:
            raise CanvasError(
                f"{self._shown} has no table “{wanted}”.", hint=hint, where=Where(field="table")
            )
        if not wanted and not self.tables:
            raise CanvasError(f"{self._shown} holds no table.", hint=hint)
        if wanted or len(self.tables) == 1:
            return wanted or self.tables[0]
        return max(self.tables, key=self._count)

    def declared(self, table: str) -> dict[str, str]:
        """The columns of a table with their types as they were declared."""
        self._connection.set_authorizer(None)
        described = self._connection.execute(
            "SELECT name, type FROM pragma_table_xinfo(?) WHERE hidden <> 1", [table]
        ).fetchall()
        self._connection.set_authorizer(_allowed)
        return {name: str(kind).upper() for name, kind in described}

    def batches(self, table: str) -> Iterator[tuple[list[str], list[Row]]]:
        """The names of the columns with some of the rows, until there are no more."""
        with self._told():
            cursor = self._connection.execute(select("*", identifier(table)))
            names = [column[0] for column in cursor.description]
            many = max(1, min(BATCH, _CELLS // len(names)))
            while rows := cursor.fetchmany(many):
                self._said = time.monotonic()
                yield names, rows

    def _count(self, table: str) -> int:
        with self._told():
            return int(self._connection.execute(select("count(*)", identifier(table))).fetchone()[0])

    def _go_on(self) -> int:
        """Called by SQLite now and then; anything but 0 ends the query."""
        try:
            self._report(-1.0, f"Reading {self._shown}")
        except Cancelled:
            self._stopped = True
        self._slow = time.monotonic() - self._said > _SILENCE
        return int(self._stopped or self._slow)

    @contextmanager
    def _told(self) -> Iterator[None]:
        self._said = time.monotonic()
        try:
            yield
        except sqlite3.Error as error:
            if self._stopped:
                raise Cancelled from error
            if self._slow:
                raise CanvasError(
                    f"{self._shown} gave no rows for {_SILENCE:.0f} seconds.",
                    hint="Choose a table in place of a view.",
                ) from error
            raise


@contextmanager
def opened(path: Path, scratch: Path, report: Report) -> Iterator[SqliteReader]:
    """Open a file without ever writing to it; changes that wait beside it are read from a copy."""
    with files.file_errors(path), path.open("rb") as file:
        head = file.read(len(_MARK))
    if head != _MARK:
        raise _damaged(path)
    waiting = [side for end in ("-wal", "-journal") if _filled(side := path.with_name(path.name + end))]
    try:
        if waiting:
            path = _copied(path, waiting, scratch)
        options = "mode=rw" if waiting else "mode=ro&immutable=1"
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?{options}", uri=True)) as connection:
            _close_doors(connection)
            yield SqliteReader(connection, path.name, report)
    except sqlite3.Error as error:
        if "prohibited" in str(error) or "not authorized" in str(error) or "unsafe use" in str(error):
            raise CanvasError(
                f"The view in {path.name} does more than read tables, which is not allowed.",
                hint="Choose a table instead.",
            ) from error
        raise _damaged(path, error) from error
    except UnicodeDecodeError as error:  # of the message itself, where SQLite quotes damaged words
        raise _damaged(path) from error


def _close_doors(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA mmap_size = 0")
    for limit, most in _LIMITS.items():
        connection.setlimit(limit, most)
    connection.text_factory = partial(str, encoding="utf-8", errors="replace")


def _allowed(action: int, *_: object) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _filled(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def _copied(path: Path, waiting: list[Path], scratch: Path) -> Path:
    copy = scratch / path.name
    with files.file_errors(scratch):
        shutil.copyfile(path, copy)
        for side in waiting:
            shutil.copyfile(side, scratch / side.name)
    return copy


def _damaged(path: Path, error: Exception | None = None) -> CanvasError:
    why = f" ({error})" if error else ""
    return CanvasError(
        f"{path.name} is not a SQLite file, or it is damaged{why}.",
        hint="Get it again from where it came from, or restore a backup of it.",
    )
