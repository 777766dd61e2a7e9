"""What every test can count on: no screen, no person's own settings, no network."""

from __future__ import annotations

import os
from pathlib import Path

import pydantic.fields  # noqa: F401 - whole before Qt comes, whose import hook looks into half-loaded modules
import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings and recent projects go to a folder of the test's own."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CANVAS_APP_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of the bundled samples."""
    return Path(__file__).parents[1] / "resources" / "samples"
