"""A person's whole errand on the command line, up to answers on a machine that never saw the project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from pyarrow import csv

from canvas_app.flow.edits import add_after, add_node
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow
from canvas_app.flow.steps.choose_columns import ChooseColumns
from canvas_app.flow.steps.fill_missing import FillMissing
from canvas_app.flow.steps.filter_rows import FilterRows
from canvas_app.flow.steps.formula import Formula
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.session import Session
from tests.journeys.conftest import run_quietly

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]


def canvas(*words: str | Path) -> Any:
    """Run ``canvas-app WORDS --json`` as a process; the answer is its one JSON object."""
    command = [sys.executable, "-m", "canvas_app", *map(str, words), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{words}\n{done.stdout}\n{done.stderr}"
    return json.loads(done.stdout)


def drawn(flow: Flow) -> Flow:
    """What a person draws: a recipe with a filter, a formula, and blanks filled."""
    flow = add_node(flow, DatasetNode(dataset="titanic/1"))
    units = (
        ChooseColumns(columns=("PassengerId", "Name", "Ticket", "Cabin"), rule="leave out"),
        FilterRows.read({"conditions": [{"column": "Fare", "operator": "less than", "value": "500"}]}),
        Formula(name="Family", formula="[SibSp] + [Parch] + 1"),
        FillMissing(columns=("Age",), using="median"),
        PredictColumn.read({"target": "Survived", "limit": "trials", "trials": 4}),
    )
    for unit in units:
        flow = add_after(flow, flow.nodes[-1].id, unit)
    return flow


@pytest.fixture(scope="module")
def errand(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> dict[str, Any]:
    """The errand up to a bundle that answered the sample; each step's facts by its name."""
    place = tmp_path_factory.mktemp("errand")
    project, rows = place / "project", samples / "titanic.csv"
    with pytest.MonkeyPatch.context() as surroundings:
        surroundings.setenv("CANVAS_APP_HOME", str(place / "home"))
        facts: dict[str, Any] = {"place": place, "rows": rows}
        canvas("new", project, "--name", "Titanic")
        facts["import"] = canvas("import", project, rows)
        session = Session.open(project, InlinePool())
        session.edit_flow("Draw", session.project.flows[0].id, drawn)
        session.close()
        facts["build"] = canvas("build", project)
        facts["explain"] = canvas("explain", project, place / "figures")
        facts["export"] = canvas("export", project, place / "bundle")
        facts["verify"] = canvas("verify", place / "bundle")
        facts["predict"] = canvas("predict", place / "bundle", rows, place / "answers.csv")
    return facts


def answers(path: Path) -> dict[str, Sequence[Any]]:
    table = csv.read_csv(path)
    names = [name for name in table.column_names if name == "prediction" or name.startswith("probability_")]
    return {name: table.column(name).to_pylist() for name in names}


def test_every_step_says_what_came_of_it(errand: dict[str, Any]):
    assert errand["import"]["rows"] == 891
    assert errand["build"]["problem"] == "two-categories"
    assert errand["build"]["metrics"]["auc"]["value"] > 0.75
    assert errand["verify"]["rows"] == 20
    assert errand["predict"]["rows"] == 891
    assert errand["export"]["format"] == errand["verify"]["format"]


def test_the_pictures_and_their_numbers_are_there(errand: dict[str, Any]):
    pictures = {path.name for path in (errand["place"] / "figures").iterdir()}

    assert {"column_impact.png", "column_impact.svg", "column_impact.csv", "confusion_matrix.png"} <= pictures
    assert all(path.stat().st_size > 20 for path in (errand["place"] / "figures").iterdir())


def test_every_row_is_answered_though_the_recipe_filters(errand: dict[str, Any]):
    said = answers(errand["place"] / "answers.csv")

    assert list(said) == ["prediction", "probability_0", "probability_1"]
    assert len(said["prediction"]) == 891
    assert set(said["prediction"]) == {0, 1}


def test_nothing_pickled_leaves_the_project(errand: dict[str, Any]):
    """A pickle of protocol 2 or later begins with 0x80 and its number, and ends with a full stop."""
    for path in errand["place"].rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            pickled = content[:1] == b"\x80" and content[1:2] in b"\x02\x03\x04\x05" and content[-1:] == b"."
            assert not pickled, path
            assert path.suffix not in (".pkl", ".pickle", ".joblib")


def test_the_bundle_answers_the_same_where_the_project_was_never_seen(
    errand: dict[str, Any], fresh_python: Callable[[Path], Path]
):
    place, bundle = errand["place"], errand["place"] / "bundle"
    python = fresh_python(bundle)
    with pytest.raises(AssertionError, match="No module named 'canvas_app'"):
        run_quietly(python, "-c", "import canvas_app")
    run_quietly(python, bundle / "predict.py", errand["rows"], place / "elsewhere.csv")

    here, there = answers(place / "answers.csv"), answers(place / "elsewhere.csv")
    assert there["prediction"] == here["prediction"]
    assert there["probability_1"] == pytest.approx(here["probability_1"], abs=1e-6)
    assert "The bundle works here" in run_quietly(python, bundle / "predict.py", "--check")


def test_mlflow_answers_the_same_from_the_same_environment(
    errand: dict[str, Any], fresh_python: Callable[[Path], Path]
):
    place, bundle = errand["place"], errand["place"] / "bundle"
    mlflow = fresh_python(bundle).with_name("mlflow.exe" if os.name == "nt" else "mlflow")
    words = ("models", "predict", "-m", bundle, "--env-manager", "local")
    run_quietly(mlflow, *words, "-i", errand["rows"], "-t", "csv", "-o", place / "csv.json")
    said = json.loads((place / "csv.json").read_text())["predictions"]
    expected = answers(place / "answers.csv")

    assert [row["prediction"] for row in said] == expected["prediction"]
    assert [row["probability_1"] for row in said] == pytest.approx(expected["probability_1"], abs=1e-6)

    records = csv.read_csv(errand["rows"]).slice(0, 20).to_pylist()
    (place / "rows.json").write_text(json.dumps({"dataframe_records": records}))
    run_quietly(mlflow, *words, "-i", place / "rows.json", "-t", "json", "-o", place / "json.json")
    again = json.loads((place / "json.json").read_text())["predictions"]
    assert [row["probability_1"] for row in again] == pytest.approx(expected["probability_1"][:20], abs=1e-6)


def test_using_the_bundle_leaves_it_whole(errand: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CANVAS_APP_HOME", str(errand["place"] / "home"))

    assert canvas("verify", errand["place"] / "bundle")["made_here"] is True


def test_from_a_file_to_a_bundle_in_one_command(tmp_path: Path, samples: Path):
    bundle = tmp_path / "bundle"
    facts = canvas(
        "build", samples / "titanic.csv", "--target", "Survived", "--trials", "3", "--seed", "1",
        "--problem", "two-categories", "--bundle", bundle,
    )  # fmt: skip

    assert facts["seed"] == 1
    assert facts["bundle"]["path"] == str(bundle)
    assert canvas("verify", bundle)["made_here"] is True


def test_the_errand_of_a_sample_runs_by_itself(tmp_path: Path):
    facts = canvas("errand", "--folder", tmp_path / "out", "--trials", "2")

    assert set(facts) == {"project", "table", "figures", "bundle", "answers"}
    assert all(Path(path).exists() for path in facts.values())
