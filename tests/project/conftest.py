"""A real project in a folder of its own, with jobs that run at once."""

from __future__ import annotations

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
