"""Folders for passing files, which say whose they are, so that what dead processes left is cleared away."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PREFIX = "canvas-app-"


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
        shutil.rmtree(folder, ignore_errors=True)


def clear_dead_scratch() -> None:
    """Remove the folders whose processes are gone, as a killed one can't tidy up."""
    import psutil

    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
