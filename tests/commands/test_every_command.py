"""Every command keeps the same promises: its exit codes, one JSON object, and words for what it can't do."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pyarrow import csv, parquet
from pydantic import TypeAdapter

from canvas_app.commands.terminal import Terminal
from canvas_app.flow.edits import add_after, add_node
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.ends.write_file import WriteFile
from canvas_app.flow.flow import Flow
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.project import ModelRecord
from canvas_app.project.session import Session
from canvas_app.training.model import BuiltModel
from tests.small_model import write_small_model

COMMANDS: dict[str, tuple[str, ...]] = {
    "new": ("FOLDER",),
    "import": ("PROJECT", "FILE"),
    "refresh": ("PROJECT",),
    "run": ("PROJECT",),
    "build": ("SOURCE",),
    "explain": ("MODEL", "OUT"),
    "export": ("PROJECT", "OUT"),
    "verify": ("BUNDLE",),
    "predict": ("BUNDLE", "INPUT", "OUTPUT"),
    "copy": ("PROJECT", "FOLDER"),
    "restore": ("PROJECT",),
}
each_command = pytest.mark.parametrize("command", COMMANDS)
TABLE = "age,visits,city,outcome\n" + "\n".join(
    f"{20 + at % 50},{at % 9},{('Bonn', 'Köln')[at % 2]},{('no', 'yes')[at % 50 > 25]}" for at in range(120)
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text(TABLE, "utf-8")
    return path


@pytest.fixture(scope="module")
def made_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a table, a flow that writes it and asks for a model, and two kept models."""
    place = tmp_path_factory.mktemp("made")
    (place / "people.csv").write_text(TABLE, "utf-8")
    session = Session.create(place / "study", "Study", InlinePool())
    session.import_file(place / "people.csv")
    session.edit_flow("Draw", session.project.flows[0].id, drawn)
    for name, problem in (("First", "two-categories"), ("Second", "number")):
        folder = write_small_model(place / name, problem)
        built = TypeAdapter(BuiltModel).validate_json((folder / "build.json").read_bytes())
        made = replace(built, folder=str(folder), problem=problem)
        session.keep_model(ModelRecord(name, name, 1, "flow", "n1", "2026-03-01T10:00:00+00:00", made))
    session.close()
    return place / "study"


def drawn(flow: Flow) -> Flow:
    flow = add_node(flow, DatasetNode(dataset="people/1"))
    source = flow.nodes[0].id
    asked = PredictColumn.read({"target": "outcome", "limit": "trials", "trials": 1})
    return add_after(add_after(flow, source, WriteFile(path="all.csv")), source, asked)


@pytest.fixture
def project(made_project: Path, tmp_path: Path) -> Path:
    """A project of the test's own."""
    return Path(shutil.copytree(made_project, tmp_path / "study"))


def written(err: str) -> str:
    """What a person reads, without the lines of progress."""
    return "\n".join(line for line in err.splitlines() if not re.match(r"\s*\d+% ", line))


@each_command
def test_help_names_every_argument_and_is_no_error(canvas, command):
    ran = canvas(command, "--help")

    assert (ran.code, ran.err) == (0, "")
    assert all(name in ran.out.upper() for name in COMMANDS[command])
    assert "--json" in ran.out


@each_command
@pytest.mark.parametrize("words", [["--nonsense"], ["a"] * 7])
def test_what_no_command_understands_is_wrong_usage(canvas, command, words):
    ran = canvas(command, *words)

    assert ran.code == 2
    assert ran.out == ""
    assert "--help" in ran.err


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "new"])
def test_what_is_not_there_is_told_alike_by_all(canvas, command, tmp_path):
    words = [tmp_path / f"nothing-{at}.csv" for at, _ in enumerate(COMMANDS[command])]
    more = ["--target", "y"] if command == "build" else []
    ran = canvas(command, *words, *more, "--json")

    assert ran.code == 1
    assert set(ran.facts) == {"error", "hint", "node", "field"}
    assert ran.facts["hint"]
    assert written(ran.err) == f"{ran.facts['error']}\n{ran.facts['hint']}"
    assert "nothing-0.csv" in ran.facts["error"]
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "words",
    [
        ["--budget", "10s", "--trials", "2", "--target", "outcome"],
        ["--budget", "soon", "--target", "outcome"],
        ["--budget", "-5s", "--target", "outcome"],
        ["--trials", "0", "--target", "outcome"],
        ["--trials", "many", "--target", "outcome"],
        ["--seed", "-1", "--target", "outcome"],
        ["--problem", "two", "--target", "outcome"],
        [],
    ],
    ids=" ".join,
)
def test_a_build_that_contradicts_itself_is_wrong_usage(canvas, table, words):
    ran = canvas("build", table, *words)

    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize("words", [["--target", "outcome"], ["--budget", "9s"], ["--problem", "number"]])
def test_in_a_project_the_node_says_what_to_build(canvas, project, words):
    assert canvas("build", project, *words).code == 2


@pytest.mark.parametrize(
    ("target", "problem", "field"),
    [("outcam", None, "target"), ("outcome", "number", "problem"), ("age", "two-categories", "problem")],
)
def test_a_target_that_does_not_fit_is_told_at_its_field(canvas, table, target, problem, field):
    more = ["--problem", problem] if problem else []
    ran = canvas("build", table, "--target", target, "--trials", 1, *more, "--json")

    assert ran.code == 1
    assert ran.facts["field"] == field
    assert target in ran.facts["error"]


def test_a_place_that_is_taken_is_told_before_the_search(canvas, table, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear Ada")
    ran = canvas("build", table, "--target", "outcome", "--bundle", tmp_path / "mine", "--json")

    assert ran.code == 1
    assert "%" not in ran.err
    assert (tmp_path / "mine" / "letter.txt").read_text() == "Dear Ada"


def test_a_table_without_a_bundle_keeps_nothing_and_says_so(canvas, table):
    ran = canvas("build", table, "--target", "outcome", "--trials", 1)

    assert (ran.code, list(table.parent.iterdir())) == (0, [table])
    assert "The model was not kept, only its scores are told: export it with --bundle FOLDER." in ran.out
    assert "100% " in ran.err
    assert "nothing is kept" in " ".join(canvas("build", "--help").out.split())


def test_rows_that_are_put_aside_are_told_with_where_they_lie(canvas, project, table):
    table.write_text(TABLE + "\n1,2,3,4,5,6,7,8,9\n9,8,7,6,5,4,3,2,1\n", "utf-8")
    ran = canvas("import", project, table, "--json")
    last = len(TABLE.splitlines())
    words = f"Put aside: lines {last + 1} and {last + 2} of people.csv."

    assert f"{words} Kept, with the reasons, in {ran.facts['put_aside']}." in ran.err
    assert csv.read_csv(ran.facts["put_aside"]).num_rows == 2


def test_what_a_flow_writes_is_told_in_words_and_as_facts(canvas, project):
    ran = canvas("run", project, "--json")
    (file,) = ran.facts["files"]

    assert (ran.code, ran.facts["models"]) == (0, [])
    assert (file["rows"], csv.read_csv(file["path"]).num_rows) == (120, 120)
    assert canvas("run", project).out == f"120 rows written to {file['path']}\n"


@pytest.mark.parametrize(("name", "impossible"), [("First", "actual"), ("Second", "confusion")])
@pytest.mark.parametrize("dark", [[], ["--dark"]])
def test_the_model_that_is_named_is_explained(canvas, project, tmp_path, name, impossible, dark):
    ran = canvas("explain", project, tmp_path / "out", "--model", name, *dark, "--json")
    files = [Path(path) for path in ran.facts["files"]]

    assert ran.code == 0, ran.err
    assert {path.suffix for path in files} == {".png", ".svg", ".csv"}
    assert all(path.stat().st_size for path in files)
    assert not [path for path in files if impossible in path.name]


@pytest.mark.parametrize("command", ["explain", "export"])
def test_a_model_that_is_not_there_is_told_with_those_that_are(canvas, project, tmp_path, command):
    ran = canvas(command, project, tmp_path / "out", "--model", "Third", "--json")

    assert ran.code == 1
    assert "Third" in ran.facts["error"]
    assert "First" in ran.facts["hint"]
    assert "Second" in ran.facts["hint"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("name", "columns"), [("First", 3), ("Second", 1)])
def test_the_model_that_is_named_is_exported(canvas, project, tmp_path, name, columns):
    ran = canvas("export", project, tmp_path / "out", "--model", name, "--json")
    rows = tmp_path / "rows.csv"
    rows.write_text("age,visits,city\n30,1,Bonn\n", "utf-8")
    canvas("predict", tmp_path / "out", rows, tmp_path / "a.parquet")

    assert ran.code == 0, ran.err
    assert ran.facts["path"] == str(tmp_path / "out")
    assert parquet.read_table(tmp_path / "a.parquet").num_columns == 3 + columns


@pytest.mark.parametrize("output", ["answers.docx", "answers", "missing/"])
def test_answers_go_to_files_of_kinds_that_are_known(canvas, bundle, tmp_path, output):
    rows = tmp_path / "rows.csv"
    rows.write_text("age,visits,city\n30,1,Bonn\n", "utf-8")
    ran = canvas("predict", bundle, rows, tmp_path / output, "--json")

    assert ran.code == 1
    assert ran.facts["hint"]
    assert not (tmp_path / output).exists()


@pytest.mark.parametrize("content", [b"", b"\x00\xff\xfe", b"PK\x03\x04", b"PAR1 nothing"])
@pytest.mark.parametrize("name", ["rows.csv", "rows.parquet"])
def test_files_that_are_no_tables_are_refused_in_words(canvas, bundle, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    ran = canvas("predict", bundle, tmp_path / name, tmp_path / "a.csv", "--json")

    assert ran.code == 1
    assert ran.facts["error"]
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_is_no_number_is_null_in_json(capsys, value):
    Terminal(as_json=True).result("Words", metrics={"auc": {"value": value, "low": 0.5}}, list=[value, 1])

    def strict(text: str) -> float:
        raise ValueError(text)

    facts = json.loads(capsys.readouterr().out, parse_constant=strict)
    assert facts == {"metrics": {"auc": {"value": None, "low": 0.5}}, "list": [None, 1]}
