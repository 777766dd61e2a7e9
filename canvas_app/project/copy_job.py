"""Saves a copy of a project, which is a project of its own: whole in its place, or not there at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from canvas_app.base.errors import CanvasError
from canvas_app.data.files import NoRoom, file_errors, require_space, sync_folder, write_atomically
from canvas_app.jobs.job import Job, Report
from canvas_app.jobs.part import Part
from canvas_app.project.backups import copy_to
from canvas_app.project.codec import unpack_project, unpack_record
from canvas_app.project.database import NAME, database_errors, transaction
from canvas_app.project.entries import Edit, NewModel
from canvas_app.project.formats import FORMATS
from canvas_app.project.migrations import snapshot
from canvas_app.project.project import rename

_KEPT = ("data", "models")
"""Folders whose files never change, so that both projects may share them."""
_CHUNK = 4 << 20
_SPARE = 1 << 20


@dataclass(frozen=True)
class Copied:
    """A copy that was saved."""

    path: str
    name: str
    """What the copy is called."""
    size: int
    """Bytes of all its files, also of those which it shares with the project."""


@dataclass(frozen=True)
class Unwritten:
    """What an open project holds that is not on its disk, in the words of the store."""

    document: bytes
    models: tuple[bytes, ...] = ()


@dataclass(frozen=True)
class CopyJob(Job[Copied]):
    """Save a copy of a project in a new or empty folder: its history, its tables and its models.

    What is written again at will stays behind: exports, backups, caches.
    """

    title = "Save a copy"
    result = Copied

    project: str
    out: str
    name: str
    """What the copy is called."""
    hidden: str
    """A path beside ``out``, where the copy is built before it is given its name."""
    unwritten: Unwritten | None = None

    @property
    def subject(self) -> str:
        """The folder of the copy."""
        return Path(self.out).name

    def run(self, report: Report) -> Copied:
        """Nothing is left behind unless all of it went well; raises ``CanvasError``."""
        source, out, hidden = Path(self.project), Path(self.out), Path(self.hidden)
        require_free(out, source)
        try:
            with _told_of(out):
                hidden.mkdir(parents=True)
                size = self._fill(source, hidden, report)
                report(0.99, "Putting it in its place")
                _put(hidden, out)
        finally:
            shutil.rmtree(hidden, ignore_errors=True)
        return Copied(str(out), self.name, size)

    def _fill(self, source: Path, hidden: Path, report: Report) -> int:
        """Whatever the database tells of is there before it is read, so its files are listed afterwards."""
        report(0.0, "Copying the edits")
        self._copy_database(source / NAME, hidden / NAME)
        files = [file for folder in _KEPT for file in _finished(source / folder)]
        sizes = [file.stat().st_size for file in files]
        total, done = max(1, sum(sizes)), 0
        if not _share_a_disk(source, hidden):
            require_space(hidden, total + _SPARE)
        copying = Part(report, 0.05, 0.99)
        for number, (file, size) in enumerate(zip(files, sizes, strict=True), 1):
            note = f"Copying file {number:,} of {len(files):,}"
            part = Part(copying, done / total, (done + size) / total, note)
            part(0.0)
            _link_or_copy(file, hidden / file.relative_to(source), part)
            done += size
        return done + (hidden / NAME).stat().st_size

    def _copy_database(self, path: Path, target: Path) -> None:
        with database_errors(path), closing(snapshot(path, FORMATS)) as memory:
            with transaction(memory):
                self._make_own(memory)
            copy_to(memory, target)

    def _make_own(self, memory: sqlite3.Connection) -> None:
        """The copy has its own name, all edits, and none of the work that runs in the other project."""
        memory.execute("DELETE FROM jobs WHERE state = 'running'")
        (saved,) = memory.execute("SELECT document FROM edits WHERE seq = (SELECT head FROM meta)").fetchone()
        latest = self.unwritten.document if self.unwritten is not None else bytes(saved)
        project = rename(unpack_project(latest), self.name)
        if project != unpack_project(bytes(saved)):
            Edit(f"Save a copy as {self.name}", None, project).write(memory)
        known = {row[0] for row in memory.execute("SELECT id FROM models")}
        for record in map(unpack_record, self.unwritten.models if self.unwritten is not None else ()):
            if record.id not in known:
                NewModel(record).write(memory)


def require_free(out: Path, project: Path) -> None:
    """Raise ``CanvasError`` unless a copy of the project may take this folder: new or empty, and outside."""
    if out.resolve().is_relative_to(project.resolve()):
        raise CanvasError(f"{out} lies inside the project.", hint="Choose a folder outside of it.")
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise CanvasError(f"{out} is not a folder.", hint="Choose a new folder.")
    with file_errors(out):
        first = next(out.iterdir(), None) if out.exists() else None
    if first is not None:
        raise CanvasError(f"{out} is not empty: there is {first.name}.", hint="Choose a new folder.")


def _finished(folder: Path) -> list[Path]:
    """All files below it but those that somebody is still writing."""
    with file_errors(folder):
        return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".part")


def _share_a_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


def _link_or_copy(file: Path, target: Path, part: Part) -> None:
    """A second name for the same bytes costs no room; where the disk has no such names, they are copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        os.link(file, target)
        return

    def write(copy: BinaryIO) -> None:
        size = max(1, file.stat().st_size)
        for chunk in _chunks(file):
            copy.write(chunk)
            part(min(1.0, copy.tell() / size))

    write_atomically(target, write)


def _chunks(file: Path) -> Iterator[bytes]:
    with file_errors(file), file.open("rb") as original:
        while chunk := original.read(_CHUNK):
            yield chunk


def _put(hidden: Path, out: Path) -> None:
    """Make all names last, then give the folder its own."""
    for folder in (hidden, *(path for path in hidden.rglob("*") if path.is_dir())):
        sync_folder(folder)
    if out.exists():
        out.rmdir()
    hidden.replace(out)
    sync_folder(out.parent)


@contextmanager
def _told_of(out: Path) -> Iterator[None]:
    """Errors name the folder that was chosen, and not where the copy is built."""
    try:
        with file_errors(out):
            yield
    except NoRoom as error:
        raise error.of(str(out.parent)) from error
