"""What every test can count on: no screen, no person's own settings, no network."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pydantic.fields  # noqa: F401 - whole before Qt comes, whose import hook looks into half-loaded modules
import pytest

from tests.database_servers import mysql_server as mysql_server
from tests.database_servers import postgres_server as postgres_server

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"  # never the person's own


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


@pytest.fixture(scope="session", autouse=True)
def collected_here() -> Iterator[None]:
    """Garbage waits for the thread of the tests, as in the window it waits for the window's."""
    gc.disable()
    yield
    gc.enable()
    gc.collect()


@pytest.fixture(autouse=True)
def garbage(collected_here: None) -> Iterator[None]:
    """What a test left in cycles is collected after it, the oldest of it now and then."""
    yield
    for generation in (2, 1, 0):
        if gc.get_count()[generation] > gc.get_threshold()[generation]:
            gc.collect(generation)
            return


@pytest.fixture(autouse=True)
def windows(garbage: None) -> Iterator[None]:
    """Every window that a test made ends with it, as those of the application end with the application."""
    yield
    if "PySide6.QtWidgets" in sys.modules:
        from canvas_app.ui.ending import end_windows

        end_windows()
