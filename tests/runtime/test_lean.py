"""A process that answers rows loads what it needs and no more, and what it needs is still there."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from canvas_app.bundle.export_job import ExportJob
from canvas_app.jobs.job import Quiet
from tests.small_model import write_small_model

HEAVY = {"pandas", "sklearn", "skops", "dask", "mlflow", "shap", "flaml", "matplotlib", "ibis", "canvas_app"}
ROW = "city,visits,age\nBonn,1,20\n"


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=True)


def imported(told: str) -> set[str]:
    """The packages of which ``-X importtime`` tells modules; attempts that failed have none."""
    return set(re.findall(r"\|\s+([A-Za-z_0-9]+)\.[A-Za-z_0-9.]+$", told, re.MULTILINE))


@pytest.mark.parametrize("seconds", [None, 0.0])
@pytest.mark.parametrize("format", ["lightgbm", "xgboost", "forest", "linear"])
def test_a_bundle_answers_without_what_is_for_learning(tmp_path: Path, format: str, seconds: float | None):
    model = write_small_model(tmp_path / "model", format=format)
    bundle = Path(ExportJob(str(model), str(tmp_path / "bundle"), seconds=seconds).run(Quiet()).path)
    (tmp_path / "row.csv").write_text(ROW, "utf-8")
    done = run("-X", "importtime", bundle / "predict.py", tmp_path / "row.csv", tmp_path / "answer.csv")

    assert "1 row answered" in done.stdout
    assert not imported(done.stderr) & HEAVY
    assert {"duckdb", "pyarrow"} <= imported(done.stderr)


def test_scikit_learn_is_there_for_many_rows_of_its_own_trees(tmp_path: Path):
    (tmp_path / "model.skops").touch()
    program = (
        "import sys; from pathlib import Path; from canvas_app.runtime.lean import keep_out;"
        "keep_out(Path(sys.argv[1])); from sklearn.tree._tree import Tree;"
        "print(Tree.__name__, sys.modules['pandas'])"
    )

    assert run("-c", program, tmp_path).stdout.split() == ["Tree", "None"]


def test_what_is_loaded_already_stays(tmp_path: Path):
    program = (
        "import sys; from pathlib import Path; from canvas_app.runtime.lean import keep_out; import pandas;"
        "keep_out(Path(sys.argv[1])); import pandas as again; print(again is pandas)"
    )

    assert run("-c", program, tmp_path).stdout.strip() == "True"
