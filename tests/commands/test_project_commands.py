"""A project is made, filled and run from the terminal as it is from the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pyarrow import parquet
from pydantic import TypeAdapter

from canvas_app.flow.edits import add_after, add_node
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.ends.write_file import WriteFile
from canvas_app.flow.flow import Flow
from canvas_app.flow.steps.fill_missing import FillMissing
from canvas_app.flow.steps.filter_rows import FilterRows
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.project import ModelRecord
from canvas_app.project.session import Session
from canvas_app.training.model import BuiltModel
from tests.small_model import write_small_model


@pytest.fixture
def project(canvas: Callable, tmp_path: Path, samples: Path) -> Path:
    """A project with one table, made from the terminal."""
    assert canvas("new", tmp_path / "project", "--name", "Ships").code == 0
    assert canvas("import", tmp_path / "project", samples / "titanic.csv").code == 0
    return tmp_path / "project"


def draw(project: Path, change: Callable[[Flow], Flow]) -> None:
    session = Session.open(project, InlinePool())
    session.edit_flow("Draw", session.project.flows[0].id, change)
    session.close()


def writes(flow: Flow, *, path: str = "adults.csv") -> Flow:
    adults = FilterRows.read({"conditions": [{"column": "Age", "operator": "at least", "value": "18"}]})
    flow = add_node(flow, DatasetNode(dataset="titanic/1"))
    for unit in (adults, FillMissing(columns=("Age",)), WriteFile(path=path)):
        flow = add_after(flow, flow.nodes[-1].id, unit)
    return flow


def test_a_new_project_bears_its_name(canvas: Callable, tmp_path: Path):
    ran = canvas("new", tmp_path / "churn", "--json")

    assert ran.code == 0
    assert ran.facts["name"] == "churn"
    assert canvas("new", tmp_path / "churn").code == 1


def test_a_second_import_is_a_second_version(canvas: Callable, project: Path, samples: Path):
    ran = canvas("import", project, samples / "titanic.csv", "--json")

    assert ran.facts["dataset"] == "titanic/2"
    assert ran.facts["rows"] == 891
    named = canvas("import", project, samples / "titanic.csv", "--name", "ship")
    assert named.out.startswith("ship, version 1: 891 rows")


def test_what_cannot_be_imported_is_told(canvas: Callable, project: Path, tmp_path: Path):
    (tmp_path / "empty.csv").touch()
    ran = canvas("import", project, tmp_path / "empty.csv")

    assert ran.code == 1
    assert "empty.csv is empty" in ran.err


def test_the_files_of_the_flow_are_written(canvas: Callable, project: Path):
    draw(project, lambda flow: writes(flow, path="adults.parquet"))
    ran = canvas("run", project, "--json")
    (written,) = ran.facts["files"]

    assert ran.code == 0
    assert written["path"] == str(project / "exports" / "adults.parquet")
    assert parquet.read_table(written["path"]).num_rows == written["rows"] == 601


def test_a_flow_that_writes_nothing_says_what_to_add(canvas: Callable, project: Path):
    ran = canvas("run", project)

    assert ran.code == 1
    assert "Add a Write file node" in ran.err
    assert canvas("run", project, "--flow", "other").err.startswith("There is no flow other.")


def test_a_problem_of_the_flow_is_told_by_its_node(canvas: Callable, project: Path):
    draw(project, lambda flow: writes(flow, path="adults.docx"))
    ran = canvas("run", project, "--json")

    assert ran.code == 1
    assert ran.facts["error"] == "Write file: The file's name must end in .csv or .parquet."
    assert ran.facts["field"] == "path"


def test_the_node_must_be_named_where_several_ask_for_a_model(canvas: Callable, project: Path):
    def twice(flow: Flow) -> Flow:
        flow = add_node(flow, DatasetNode(dataset="titanic/1"))
        for target in ("Survived", "Pclass"):
            flow = add_after(flow, flow.nodes[0].id, PredictColumn(target=target))
        return flow

    assert "no node that asks for a model" in canvas("build", project).err
    draw(project, twice)
    ran = canvas("build", project)
    assert ran.code == 1
    assert "Several nodes ask for a model." in ran.err
    assert canvas("build", project, "--target", "Survived").code == 2


@pytest.mark.parametrize("command", [("export", "out"), ("explain", "out")])
def test_without_a_model_the_next_step_is_told(canvas: Callable, project: Path, tmp_path: Path, command):
    ran = canvas(command[0], project, tmp_path / command[1])

    assert ran.code == 1
    assert "canvas-app build" in ran.err


def test_a_project_that_is_open_elsewhere_is_left_alone(canvas: Callable, project: Path, samples: Path):
    session = Session.open(project, InlinePool())
    ran = canvas("import", project, samples / "titanic.csv")
    session.close()

    assert ran.code == 1
    assert "is open in another window" in ran.err


def test_a_copy_is_a_project_also_while_a_window_holds_the_other(
    canvas: Callable, project: Path, tmp_path: Path, samples: Path
):
    window = Session.open(project, InlinePool())
    ran = canvas("copy", project, tmp_path / "twin", "--json")
    window.close()

    assert ran.code == 0, ran.err
    assert (ran.facts["project"], ran.facts["name"]) == (str(tmp_path / "twin"), "twin")
    assert (
        canvas("import", tmp_path / "twin", samples / "titanic.csv", "--json").facts["dataset"] == "titanic/2"
    )


def test_a_copy_into_a_folder_of_other_things_is_refused(canvas: Callable, project: Path, tmp_path: Path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").touch()
    ran = canvas("copy", project, tmp_path / "full")

    assert ran.code == 1
    assert ran.err.endswith("full is not empty: there is letter.txt.\nChoose a new folder.\n")


def test_bundles_have_no_rows_to_explain(canvas: Callable, bundle: Path, tmp_path: Path):
    ran = canvas("explain", bundle, tmp_path / "out")

    assert ran.code == 1
    assert "is a bundle" in ran.err


def test_a_whole_installation_is_told_so(canvas: Callable):
    ran = canvas("self-check", "--json")

    assert ran.code == 0, ran.err
    assert ran.facts["whole"] is True
    assert ran.facts["found"]["worker"] == "imported 891 rows"
    assert canvas("self-check").out.endswith("\nAll is as it should be.\n")


def test_a_model_is_exported_also_while_a_window_holds_the_project(
    canvas: Callable, project: Path, tmp_path: Path
):
    folder = write_small_model(tmp_path / "small")
    model = TypeAdapter(BuiltModel).validate_json((folder / "build.json").read_bytes())
    window = Session.open(project, InlinePool())
    window.keep_model(
        ModelRecord(
            "m1", "Outcome", 1, "flow", "n1", "2026-03-01T10:00:00+00:00", replace(model, folder=str(folder))
        )
    )
    window.flush()
    ran = canvas("export", project, tmp_path / "bundle")
    window.close()

    assert ran.code == 0, ran.err
    assert (tmp_path / "bundle" / "manifest.json").exists()


@pytest.fixture
def months(tmp_path: Path) -> Path:
    (tmp_path / "months").mkdir()
    for name, rows in (("jan", "1,2\n"), ("feb", "3,4\n5,6\n")):
        (tmp_path / "months" / f"{name}.csv").write_text(f"day,sold\n{rows}")
    return tmp_path / "months"


@pytest.mark.parametrize("words", [["."], ["*.csv"], ["jan.csv", "--with", "feb.csv"]])
def test_several_files_become_one_table(canvas: Callable, project: Path, months: Path, words: list[str]):
    ran = canvas(
        "import", project, *(word if word == "--with" else months / word for word in words), "--name", "m"
    )

    assert ran.out.startswith("m, version 1: 3 rows, 3 columns")


def test_options_say_how_a_source_is_read(canvas: Callable, project: Path, months: Path):
    ran = canvas("import", project, months, "--option", "name_column=month", "--json")

    assert ran.facts["columns"] == ["month", "day", "sold"]


def test_options_of_several_files_hold_for_each(canvas: Callable, project: Path, months: Path):
    ran = canvas("import", project, months, "--option", "header=none", "--option", "name_column=", "--json")

    assert (ran.facts["rows"], len(ran.facts["columns"])) == (5, 2)
    assert "has no option nonsense" in canvas("import", project, months, "--option", "nonsense=1").err


def test_no_header_is_said_with_no(canvas: Callable, project: Path, months: Path):
    ran = canvas("import", project, months / "jan.csv", "--option", "header=false", "--json")

    assert ran.facts["rows"] == 2


def test_the_options_of_a_source_are_listed(canvas: Callable, tmp_path: Path):
    ran = canvas("import", tmp_path, "a.parquet", "--list-options")

    assert ran.out.startswith("Parquet takes these options:")
    assert "partitions=auto|yes|no  Columns from folder names." in ran.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--option", "nonsense=1"], "has no option nonsense"),
        (["--option", "partitions"], "has no option partitions"),
        (["--option", "partitions=maybe"], "partitions can't be 'maybe'"),
        (["--as", "telepathy"], "There is no kind of source telepathy"),
        (["--as", "parquet_file", "--with", "b.parquet"], "reads one file"),
    ],
)
def test_what_a_source_cannot_take_is_told(canvas: Callable, project: Path, words: list[str], said: str):
    ran = canvas(
        "import", project, "a.parquet", *(["--source", "parquet_file"] * (words[0] == "--with")), *words
    )

    assert ran.code == 1
    assert said in ran.err


def test_a_refresh_brings_in_what_changed_and_says_so(canvas: Callable, project: Path, months: Path):
    file = months / "jan.csv"
    canvas("import", project, file)
    file.write_text("day,sold\n1,2\n2,3\n")
    ran = canvas("refresh", project, "--json")

    assert ran.facts["tables"]["titanic"] == {
        "dataset": "titanic/1",
        "said": ["Nothing has changed in the source."],
    }
    assert ran.facts["tables"]["jan"]["dataset"] == "jan/2"
    assert "1 row more: 2 instead of 1." in ran.facts["tables"]["jan"]["said"]


def test_a_refresh_finds_a_file_that_was_moved(canvas: Callable, project: Path, months: Path):
    file = months / "jan.csv"
    canvas("import", project, file)
    (months / "deeper").mkdir()
    file.rename(months / "deeper" / "january.csv")

    assert "There is no file" in canvas("refresh", project, "--table", "jan").err
    assert "which table" in canvas("refresh", project, "--moved-to", months).err
    assert (
        "not the file" in canvas("refresh", project, "--table", "jan", "--moved-to", months / "feb.csv").err
    )
    ran = canvas("refresh", project, "--table", "jan", "--moved-to", months / "deeper")
    assert (ran.code, ran.out.strip()) == (0, "jan: Nothing has changed in the source.")
    assert "january.csv" in ran.err


def test_a_refresh_names_the_tables_there_are(canvas: Callable, project: Path):
    assert "There are: titanic." in canvas("refresh", project, "--table", "jan").err
