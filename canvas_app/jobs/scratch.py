"""Where a pool's processes leave logs and temporary files, and how what dead pools left is cleared away."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

_PREFIX = "canvas-app-"


def new_scratch() -> Path:
    """A folder for this process's pool, which says whose it is."""
    return Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))


def clear_dead_scratch() -> None:
    """Remove the folders of pools whose processes are gone, as a killed one can't tidy up."""
    import psutil

    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*-*"):
        owner = folder.name.removeprefix(_PREFIX).split("-")[0]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
