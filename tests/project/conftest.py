"""A real project in a folder of its own, with jobs that run at once."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_app.jobs.pool import InlinePool
from canvas_app.project.session import Session


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "my project"


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    made = Session.create(folder, "My project", InlinePool())
    yield made
    made.abandon()


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("name,age\nAda,36\nAlan,41\n")
    return path


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 2 MB of its own."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=2m", "none", str(place)]
    if mount is None or subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)
