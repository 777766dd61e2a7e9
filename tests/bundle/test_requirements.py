"""A bundle runs with what its requirements.txt names, and with nothing else that is installed here."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest

from canvas_app.bundle.export_job import ExportJob
from canvas_app.jobs.job import Quiet
from tests.small_model import write_small_model

_ALONE = """
import json, runpy, sys
forbidden = set(json.loads(sys.argv[1]))
class Blinkers:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in forbidden:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Blinkers())
sys.argv = sys.argv[2:]
sys.path[0] = sys.argv[0].rsplit("/", 1)[0]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture(scope="module")
def installed() -> Mapping[str, list[str]]:
    """The distributions that each importable name belongs to."""
    return packages_distributions()


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def with_what_they_need(names: set[str]) -> set[str]:
    """The distributions, and those which they require without extras."""
    found: set[str] = set()
    waiting = list(names)
    while waiting:
        name = plain(waiting.pop())
        if name not in found:
            found.add(name)
            try:
                needed = requires(name) or []
            except PackageNotFoundError:  # required on other systems only
                continue
            waiting += [re.split(r"[^A-Za-z0-9_.\-]", item)[0] for item in needed if "extra ==" not in item]
    return found


@pytest.mark.parametrize("format", ["lightgbm", "xgboost", "catboost", "skops", "constant", "onnx", "blend"])
def test_it_runs_with_its_requirements_alone(tmp_path: Path, installed: Mapping[str, list[str]], format: str):
    kind = {"skops": "forest", "onnx": "linear"}.get(format, format)
    model = write_small_model(tmp_path / "model", format=kind)
    seconds = None if format == "onnx" else 0.0
    bundle = Path(ExportJob(str(model), str(tmp_path / "bundle"), seconds=seconds).run(Quiet()).path)
    lines = (bundle / "requirements.txt").read_text().split("# Only")[0].splitlines()
    allowed = with_what_they_need({line.split("==")[0] for line in lines if "==" in line})
    forbidden = [
        module for module, owners in installed.items() if not allowed & {plain(name) for name in owners}
    ]
    command = [
        sys.executable,
        "-c",
        _ALONE,
        json.dumps(forbidden),
        f"{bundle.as_posix()}/predict.py",
        "--check",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert "pandas" in forbidden
    assert "canvas_app" in forbidden
    assert (done.returncode, done.stderr) == (0, "")
    assert "The bundle works here: 20 examples" in done.stdout
