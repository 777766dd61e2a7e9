"""Tables and models lie under the hash of their bytes, and are there whole or not at all."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from canvas_app.data.files import file_errors, sha256_of_folder, sync_folder
from canvas_app.jobs.scratch import discard

WORK = "work"
"""Where jobs write, each in a folder of its own; what is found there when a project opens, is left over."""


def work_folder(project: Path) -> Path:
    """A new, empty folder for one job."""
    folder = project / WORK / secrets.token_hex(8)
    with file_errors(project / WORK):
        folder.mkdir(parents=True)
    return folder


def finished(folder: Path) -> Path:
    """Sync all files of a finished folder and name it after the hash of its bytes; the answer is its path.

    Heavy for large models, so jobs do it, not the window.
    """
    with file_errors(folder):
        for path in (item for item in folder.rglob("*") if item.is_file()):
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        for inner in (folder, *(item for item in folder.rglob("*") if item.is_dir())):
            sync_folder(inner)
        named = folder.with_name(sha256_of_folder(folder))
        return folder.replace(named)


def keep(source: Path, target: Path) -> None:
    """Move a finished file or folder to where it stays; what is there already under that hash is the same.

    The caller then commits an entry that syncs the folder of ``target``.
    """
    with file_errors(target):
        target.parent.mkdir(exist_ok=True)
        if not target.exists():
            source.replace(target)


def sweep(project: Path) -> None:
    """Remove what processes left that ended before their work was done. The caller holds the lock."""
    discard(project / WORK)
    for folder in (project, project / "data", project / "backups", project / "exports"):
        for leftover in (*folder.glob(".*.part"), *folder.glob(".*.part-journal")):
            _remove(leftover)
    for old in (project / "exports").glob(".*.old"):
        _put_back(old)


def _put_back(old: Path) -> None:
    """An export that was replaced: it returns if its successor never took its place."""
    target = old.with_name(old.name.removeprefix(".").rsplit(".", 2)[0])
    if target.exists():
        _remove(old)
    else:
        with suppress(OSError):
            old.replace(target)


def _remove(leftover: Path) -> None:
    if leftover.is_dir() and not leftover.is_symlink():
        discard(leftover)
    else:
        with suppress(OSError):
            leftover.unlink()
