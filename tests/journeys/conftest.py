"""Machines that have never seen this project: an environment made from a bundle's own requirements."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def fresh_python(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Gives the Python of an environment with what a bundle's requirements name, and nothing else.

    Bundles with the same requirements share one, since making it takes half a minute.
    """

    def make(bundle: Path) -> Path:
        needed = (bundle / "requirements.txt").read_bytes()
        folder = tmp_path_factory.getbasetemp() / f"env-{hashlib.sha256(needed).hexdigest()[:12]}"
        python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        if not python.exists():
            run_quietly(sys.executable, "-m", "venv", folder)
            run_quietly(python, "-m", "pip", "install", "--quiet", "-r", bundle / "requirements.txt")
        return python

    return make


def run_quietly(*command: str | Path) -> str:
    """Run a program away from this project; its words are shown only where it fails."""
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(sys.executable).anchor,
        env={**surroundings, "MLFLOW_DISABLE_TELEMETRY": "true"},
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout
