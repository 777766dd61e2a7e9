"""Folders for passing files, which say whose they are, so that what dead processes left is cleared away."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PREFIX = "canvas-app-"
_NOTE = "beside.txt"
"""In a folder of passing files: what belongs to it, but lies elsewhere."""


def new_scratch(purpose: str, place: Path | None = None) -> Path:
    """A new folder of this process in ``place``, or among the system's temporary files."""
    if place is not None:
        place.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-{purpose}-", dir=place))


@contextmanager
def scratch(purpose: str) -> Iterator[Path]:
    """A new folder of this process, removed at the end."""
    folder = new_scratch(purpose)
    try:
        yield folder
    finally:
        discard(folder)


def hidden_beside(target: Path, folder: Path) -> Path:
    """A hidden name beside ``target``, to build there what is then renamed to it.

    It goes with ``folder``, which takes a note of it, should nobody be left to rename it.
    """
    hidden = target.with_name(f".{folder.name}.part")
    (folder / _NOTE).write_text(str(hidden), encoding="utf-8")
    return hidden


def discard(folder: Path) -> None:
    """Remove a folder of passing files and what it has a note of, as far as they can be removed now."""
    with suppress(OSError, ValueError):
        hidden = Path((folder / _NOTE).read_text(encoding="utf-8"))
        if hidden.name == f".{folder.name}.part":  # a note that names anything else is none of ours
            shutil.rmtree(hidden, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def clear_dead_scratch() -> None:
    """Remove the folders whose processes are gone, as a killed one can't tidy up."""
    import psutil

    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            discard(folder)
