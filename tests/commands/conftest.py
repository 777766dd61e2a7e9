"""Runs commands as a person types them, without starting a process for each."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from canvas_app.__main__ import main
from canvas_app.bundle.export_job import ExportJob
from canvas_app.jobs.job import Quiet
from tests.small_model import write_small_model


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def facts(self) -> Any:
        """The one JSON object on stdout."""
        return json.loads(self.out)


@pytest.fixture
def canvas(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Ran]]:
    """Runs ``canvas-app WORDS``; what it sets for its whole process is set back."""
    hook, stop = sys.excepthook, signal.getsignal(signal.SIGTERM)

    def run(*words: object) -> Ran:
        code = main([str(word) for word in words])
        written = capsys.readouterr()
        return Ran(code, written.out, written.err)

    yield run
    sys.excepthook = hook
    signal.signal(signal.SIGTERM, stop)


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model of two categories; not to be changed."""
    return write_small_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def bundle(model: Path, tmp_path: Path) -> Path:
    """A bundle that this installation made."""
    return Path(ExportJob(str(model), str(tmp_path / "bundle")).run(Quiet()).path)
