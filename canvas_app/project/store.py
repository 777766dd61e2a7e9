"""Every edit is on disk within a second, and who edits never waits for the disk."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from canvas_app.base.errors import CanvasError
from canvas_app.base.watch import Watch
from canvas_app.data.files import file_errors, sync_folder
from canvas_app.project.backups import back_up_if_stale, back_up_now
from canvas_app.project.codec import unpack_project, unpack_record
from canvas_app.project.database import NAME, BrokenProject, connect, database_errors, format_of, transaction
from canvas_app.project.entries import Edit, Entry, JobEntry, JobState
from canvas_app.project.formats import FORMATS, Format
from canvas_app.project.history import History, Moment
from canvas_app.project.migrations import opened_up_to_date, snapshot
from canvas_app.project.project import ModelRecord, Project

T = TypeVar("T")

_BACK_UP_EVERY = 60.0
"""Seconds between two backups while the project is edited."""
_TRY_AGAIN = 3.0
"""Seconds after which what could not be written is tried again, also if nobody edits."""


@dataclass(frozen=True)
class LoggedJob:
    """A job as the project remembers it."""

    title: str
    node: str | None
    state: JobState
    log: str
    started: str
    ended: str | None


class Store:
    """The database of an open project: one connection, owned by one thread, which writes what is queued."""

    def __init__(self, folder: Path, opener: Callable[[Path, Sequence[Format]], sqlite3.Connection]) -> None:
        self._path = folder / NAME
        self._opener = opener
        self._connection: sqlite3.Connection
        self._lock = threading.Lock()
        self._pending: list[Entry] = []
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store")
        self.trouble: CanvasError | None = None
        """Why the last entries are not on disk yet; None when all is well."""
        self.troubled: Watch[CanvasError] = Watch()
        """Told, on the store's own thread, when entries can't be written; they are kept and tried again."""
        self.recovered: Watch[None] = Watch()
        """Told, on the store's own thread, when they are on disk after all."""
        self._retry: threading.Timer | None = None
        self._edited = False
        self._backed_up = -_BACK_UP_EVERY
        self._next_backup: threading.Timer | None = None

    @classmethod
    def open(cls, folder: Path, formats: Sequence[Format] = FORMATS) -> Store:
        """Open to write; the caller holds the lock. Raises ``CanvasError``."""
        store = cls._opened(folder, opened_up_to_date, formats)
        store._thread.submit(store._after_opening)
        return store

    @classmethod
    def look(cls, folder: Path, formats: Sequence[Format] = FORMATS) -> Store:
        """Open to look only, at the project as it is now. Raises ``CanvasError``."""
        return cls._opened(folder, snapshot, formats)

    @classmethod
    def _opened(
        cls,
        folder: Path,
        opener: Callable[[Path, Sequence[Format]], sqlite3.Connection],
        formats: Sequence[Format],
    ) -> Store:
        store = cls(folder, opener)
        with ExitStack() as unless_done:
            unless_done.callback(store._thread.shutdown)
            store._thread.submit(store._open, formats).result()
            unless_done.pop_all()
        return store

    def history(self) -> History[Project]:
        """The history of the document; only the present state is read yet. Raises ``CanvasError``."""
        rows, head = self._ask(self._moments)
        moments = [Moment(label, gesture, partial(self.document, seq)) for seq, label, gesture in rows]
        at = next((index for index, row in enumerate(rows) if row[0] == head), None)
        if at is None:
            raise BrokenProject(self._path, "its present state is missing")
        return History(moments, at)

    def document(self, seq: int) -> Project:
        """One state of the document. Raises ``BrokenProject``."""
        packed = self._ask(partial(self._document, seq))
        try:
            return unpack_project(packed)
        except CanvasError as error:
            raise BrokenProject(self._path, error.message.rstrip(".")) from error

    def models(self) -> tuple[ModelRecord, ...]:
        """The models in the order in which they were built. Raises ``BrokenProject``."""
        rows = self._ask(self._models)
        try:
            return tuple(unpack_record(row) for row in rows)
        except CanvasError as error:
            raise BrokenProject(self._path, error.message.rstrip(".")) from error

    def jobs(self) -> tuple[LoggedJob, ...]:
        """The job log, the newest first."""
        return self._ask(self._jobs)

    def add(self, entry: Entry) -> None:
        """Queue something to be written; returns at once."""
        with self._lock:
            last = self._pending[-1] if self._pending else None
            if isinstance(entry, Edit) and entry.continues and isinstance(last, Edit):
                self._pending[-1] = last.then(entry)
            else:
                self._pending.append(entry)
        self._thread.submit(self._drain)

    def later(self, work: Callable[[], None]) -> None:
        """Do something else on the store's thread, after what is queued."""
        self._thread.submit(work)

    def flush(self) -> None:
        """Wait until all is on disk; raises ``CanvasError`` when it can't be written."""
        self._thread.submit(self._drain).result()
        if self.trouble is not None:
            raise self.trouble

    def back_up(self) -> None:
        """Have a backup of all edits before the project is left; failing that harms nothing."""
        self._thread.submit(self._back_up)

    def close(self) -> None:
        """Close the database. What could not be written is lost, so ``flush`` first."""
        for timer in (self._retry, self._next_backup):
            if timer is not None:
                timer.cancel()
        self._thread.submit(self._close)
        self._thread.shutdown()

    def _open(self, formats: Sequence[Format]) -> None:
        with database_errors(self._path):
            self._connection = self._opener(self._path, formats)

    def _after_opening(self) -> None:
        """Jobs that still run, by the log, were interrupted; and what was edited last, backed up."""
        try:
            with database_errors(self._path):
                self._connection.execute("UPDATE jobs SET state = 'interrupted' WHERE state = 'running'")
                back_up_if_stale(self._connection, self._path.parent)
        except CanvasError as error:
            self.troubled.tell(error)

    def _drain(self) -> None:
        """Write all that is queued in one transaction; on failure it stays queued, in its order."""
        with self._lock:
            entries, self._pending = self._pending, []
        if not entries:
            return
        try:
            with file_errors(self._path):
                for folder in dict.fromkeys(folder for entry in entries for folder in entry.sync):
                    sync_folder(folder)
            with database_errors(self._path), transaction(self._connection):
                for entry in entries:
                    entry.write(self._connection)
        except CanvasError as error:
            with self._lock:
                self._pending = entries + self._pending
            self._worry(error)
        else:
            self._rest()
            if not all(isinstance(entry, JobEntry) for entry in entries):
                self._edited = True
                self._back_up_soon()

    def _back_up_soon(self) -> None:
        """Back up now, or as soon as the last backup is a minute old."""
        wait = self._backed_up + _BACK_UP_EVERY - time.monotonic()
        if wait <= 0:
            self._back_up()
        elif self._next_backup is None or not self._next_backup.is_alive():
            self._next_backup = threading.Timer(wait, self._back_up_later)
            self._next_backup.daemon = True
            self._next_backup.start()

    def _back_up_later(self) -> None:
        with suppress(RuntimeError):  # the store was closed meanwhile
            self._thread.submit(self._back_up)

    def _back_up(self) -> None:
        """Edits are on the disk already, so what hinders a backup harms nothing yet."""
        if not self._edited:
            return
        self._backed_up = time.monotonic()
        with suppress(CanvasError), database_errors(self._path), file_errors(self._path):
            back_up_now(self._connection, self._path.parent)
            self._edited = False

    def _worry(self, error: CanvasError) -> None:
        news = self.trouble is None or str(self.trouble) != str(error)
        self.trouble = error
        if self._retry is None or not self._retry.is_alive():
            self._retry = threading.Timer(_TRY_AGAIN, self._try_again)
            self._retry.daemon = True
            self._retry.start()
        if news:
            self.troubled.tell(error)

    def _rest(self) -> None:
        worried, self.trouble = self.trouble is not None, None
        if worried:
            self.recovered.tell(None)

    def _try_again(self) -> None:
        with suppress(RuntimeError):  # the store was closed meanwhile
            self._thread.submit(self._drain)

    def _close(self) -> None:
        self._connection.close()

    def _ask(self, question: Callable[[], T]) -> T:
        def answer() -> T:
            with database_errors(self._path):
                return question()

        future: Future[T] = self._thread.submit(answer)
        return future.result()

    def _moments(self) -> tuple[list[tuple[int, str, str | None]], int]:
        rows = self._connection.execute("SELECT seq, label, gesture FROM edits ORDER BY seq").fetchall()
        (head,) = self._connection.execute("SELECT head FROM meta").fetchone()
        return rows, int(head)

    def _document(self, seq: int) -> bytes:
        row = self._connection.execute("SELECT document FROM edits WHERE seq = ?", (seq,)).fetchone()
        if row is None:
            raise BrokenProject(self._path, "a state of its history is missing")
        return bytes(row[0])

    def _models(self) -> list[bytes]:
        return [bytes(row[0]) for row in self._connection.execute("SELECT record FROM models ORDER BY seq")]

    def _jobs(self) -> tuple[LoggedJob, ...]:
        rows = self._connection.execute(
            "SELECT title, node, state, log, started, ended FROM jobs ORDER BY seq DESC"
        )
        return tuple(LoggedJob(*row) for row in rows)


def require_readable_format(folder: Path, formats: Sequence[Format] = FORMATS) -> None:
    """Raise ``CanvasError`` for a newer project, a damaged or a missing one; nothing is written."""
    path = folder / NAME
    with database_errors(path):
        connection = connect(path)
        try:
            format_of(connection, path, formats)
        finally:
            connection.close()
