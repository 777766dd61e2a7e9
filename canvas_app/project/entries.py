"""What is written into the store: each entry is a value that knows its statements."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, Protocol

from canvas_app.project.codec import pack_project, pack_record
from canvas_app.project.history import LIMIT
from canvas_app.project.project import ModelRecord, Project

JobState = Literal["running", "done", "failed", "stopped", "crashed", "interrupted"]


def now() -> str:
    """This moment, ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Entry(Protocol):
    """Something to be committed, after the folders that it speaks of were synced."""

    @property
    def sync(self) -> tuple[Path, ...]:
        """Folders whose names must last before this is committed."""
        ...

    def write(self, connection: sqlite3.Connection) -> None:
        """Execute its statements, inside a transaction of the caller's."""
        ...


@dataclass(frozen=True)
class Edit:
    """An edit: the document after it, and whether it becomes one with the edit before."""

    label: str
    gesture: str | None
    project: Project
    continues: bool = False
    sync: tuple[Path, ...] = ()

    def then(self, later: Edit) -> Edit:
        """Both as one, where the later one continues this one."""
        return replace(self, project=later.project, sync=tuple(dict.fromkeys((*self.sync, *later.sync))))

    def write(self, connection: sqlite3.Connection) -> None:
        """What was undone before is gone now; the oldest moments fall off at the end."""
        document = pack_project(self.project)
        (head,) = connection.execute("SELECT head FROM meta").fetchone()
        connection.execute("DELETE FROM edits WHERE seq > ?", (head,))
        if self.continues:
            connection.execute("UPDATE edits SET document = ?, at = ? WHERE seq = ?", (document, now(), head))
        else:
            head += 1
            row = (head, self.label, self.gesture, document, now())
            connection.execute("INSERT INTO edits VALUES (?, ?, ?, ?, ?)", row)
            connection.execute("DELETE FROM edits WHERE seq < ?", (head - LIMIT,))
        connection.execute("UPDATE meta SET head = ?, name = ?", (head, self.project.name))


@dataclass(frozen=True)
class Move:
    """Undo (-1) or redo (1)."""

    by: int
    sync: tuple[Path, ...] = ()

    def write(self, connection: sqlite3.Connection) -> None:
        """Only where the document stands is changed."""
        connection.execute("UPDATE meta SET head = head + ?", (self.by,))


@dataclass(frozen=True)
class NewModel:
    """A model for the list, which only grows."""

    record: ModelRecord
    sync: tuple[Path, ...] = ()

    def write(self, connection: sqlite3.Connection) -> None:
        """Add it at the end."""
        connection.execute(
            "INSERT INTO models (id, record, at) VALUES (?, ?, ?)",
            (self.record.id, pack_record(self.record), now()),
        )


@dataclass(frozen=True)
class JobEntry:
    """A line of the job log; the same id again says how it ended."""

    id: str
    title: str
    node: str | None
    state: JobState
    log: str = ""
    sync: tuple[Path, ...] = ()

    def write(self, connection: sqlite3.Connection) -> None:
        """Begin the line, or end it; the newest thousand are kept."""
        if self.state == "running":
            row = (self.id, self.title, self.node, self.state, self.log, now())
            connection.execute(
                "INSERT INTO jobs (id, title, node, state, log, started) VALUES (?, ?, ?, ?, ?, ?)", row
            )
            connection.execute("DELETE FROM jobs WHERE seq <= (SELECT max(seq) FROM jobs) - 1000")
        else:
            connection.execute(
                "UPDATE jobs SET state = ?, log = ?, ended = ? WHERE id = ?",
                (self.state, self.log, now(), self.id),
            )
