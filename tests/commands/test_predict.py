"""``canvas-app predict`` answers a file, and says in words and in its exit code where it can't."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyarrow import csv, parquet

from canvas_app.bundle.export_job import ExportJob
from canvas_app.bundle.read import PredictJob
from canvas_app.jobs.job import Quiet

ROWS = "city,visits,age\nBonn,1,20\nKöln,9,old\n"


class Listening(Quiet):
    """Remembers how far the work was."""

    def __init__(self) -> None:
        self.shares: list[float] = []

    def __call__(self, done: float, note: str = "", found: object = None) -> None:
        self.shares.append(done)


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    path = tmp_path / "rows.csv"
    path.write_text(ROWS, "utf-8")
    return path


def test_the_answers_stand_beside_the_rows(canvas: Callable, bundle: Path, rows: Path, tmp_path: Path):
    ran = canvas("predict", bundle, rows, tmp_path / "a.csv")

    assert ran.code == 0
    assert "2 rows answered" in ran.out
    assert "1 value of age was no number" in ran.err
    names = csv.read_csv(tmp_path / "a.csv").column_names
    assert names == ["city", "visits", "age", "prediction", "probability_no", "probability_yes"]


def test_parquet_comes_out_where_the_name_says_so(canvas: Callable, bundle: Path, rows: Path, tmp_path: Path):
    canvas("predict", bundle, rows, tmp_path / "a.parquet")

    assert parquet.read_table(tmp_path / "a.parquet").num_rows == 2


def test_json_is_one_object_on_stdout(canvas: Callable, bundle: Path, rows: Path, tmp_path: Path):
    ran = canvas("predict", bundle, rows, tmp_path / "a.csv", "--json")

    assert ran.facts["rows"] == 2
    assert ran.facts["path"] == str(tmp_path / "a.csv")


def test_a_missing_column_is_named(canvas: Callable, bundle: Path, tmp_path: Path):
    (tmp_path / "rows.csv").write_text("visits,age\n1,2\n")
    ran = canvas("predict", bundle, tmp_path / "rows.csv", tmp_path / "a.csv", "--json")

    assert ran.code == 1
    assert "needs: city." in ran.err
    assert ran.facts["error"] in ran.err
    assert ran.facts["hint"]


def test_a_changed_bundle_is_refused_by_the_file(canvas: Callable, bundle: Path, rows: Path, tmp_path: Path):
    content = (bundle / "model.onnx").read_bytes()
    (bundle / "model.onnx").write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    ran = canvas("predict", bundle, rows, tmp_path / "a.csv")

    assert ran.code == 1
    assert "model.onnx" in ran.err
    assert not (tmp_path / "a.csv").exists()


def test_a_foreign_bundle_needs_a_word_of_trust(
    canvas: Callable, bundle: Path, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("CANVAS_APP_HOME", str(tmp_path / "other"))

    assert canvas("predict", bundle, rows, tmp_path / "a.csv").code == 1
    assert canvas("predict", bundle, rows, tmp_path / "a.csv", "--trust").code == 0


def test_a_model_that_is_no_bundle_is_refused(canvas: Callable, model: Path, rows: Path, tmp_path: Path):
    ran = canvas("predict", model, rows, tmp_path / "a.csv")

    assert ran.code == 1
    assert "is no bundle" in ran.err


def test_wrong_usage_has_a_code_of_its_own(canvas: Callable, bundle: Path):
    ran = canvas("predict", bundle)

    assert ran.code == 2
    assert "--help" in ran.err


def test_as_a_process_it_loads_only_what_answers_need(model: Path, rows: Path, tmp_path: Path):
    bundle = ExportJob(str(model), str(tmp_path / "bundle"), seconds=0.0).run(Quiet())
    words = [
        "-X",
        "importtime",
        "-m",
        "canvas_app",
        "predict",
        bundle.path,
        str(rows),
        str(tmp_path / "a.csv"),
    ]
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=True)
    modules = [line.rpartition("|")[2].strip() for line in done.stderr.splitlines()]
    loaded = {name.split(".")[0] for name in modules if "." in name}  # an attempt that failed has no parts

    assert bundle.format == "lightgbm"
    assert "2 rows answered" in done.stdout
    assert "lightgbm" in loaded
    assert not loaded & {"pandas", "sklearn", "skops", "mlflow", "shap", "flaml", "ibis", "PySide6"}


def test_within_another_process_it_keeps_nothing_from_others(
    canvas: Callable, bundle: Path, rows: Path, tmp_path: Path
):
    canvas("predict", bundle, rows, tmp_path / "a.csv")
    canvas("verify", bundle)

    assert sys.modules.get("pandas", "not loaded") is not None
    assert sys.modules.get("sklearn", "not loaded") is not None


@pytest.mark.parametrize(
    ("name", "said"), [("a.xlsx", "neither CSV nor Parquet"), ("no/a.csv", "There is no folder")]
)
def test_the_place_of_the_answers_is_looked_at_before_the_bundle(
    canvas: Callable, rows: Path, tmp_path: Path, name: str, said: str
):
    ran = canvas("predict", tmp_path / "no-bundle", rows, tmp_path / name)

    assert ran.code == 1
    assert said in ran.err
    assert ".part" not in ran.err
    assert "undle" not in ran.err


def test_a_file_that_is_no_text_is_told_without_names_from_inside(
    canvas: Callable, bundle: Path, tmp_path: Path
):
    (tmp_path / "photo.csv").write_bytes(bytes(range(256)) * 50)
    ran = canvas("predict", bundle, tmp_path / "photo.csv", tmp_path / "a.csv")

    assert ran.code == 1
    assert "photo.csv is not a text file: it holds bytes that no CSV file has." in ran.err
    assert "sniffing" not in ran.err


def test_a_header_alone_is_answered_by_saying_that_there_are_no_rows(
    canvas: Callable, bundle: Path, tmp_path: Path
):
    (tmp_path / "rows.csv").write_text("city,visits,age\n")
    ran = canvas("predict", bundle, tmp_path / "rows.csv", tmp_path / "a.csv", "--json")

    assert ran.facts["rows"] == 0
    assert ran.facts["notes"] == ["rows.csv has a header but no rows, so there are no answers."]


def test_it_tells_how_far_it_is_up_to_all(canvas: Callable, bundle: Path, tmp_path: Path):
    rows = 120_000
    (tmp_path / "rows.csv").write_text("city,visits,age\n" + "Bonn,1,20\n" * rows)
    said = Listening()
    PredictJob(str(bundle), str(tmp_path / "rows.csv"), str(tmp_path / "a.csv")).run(said)
    ran = canvas("predict", bundle, tmp_path / "rows.csv", tmp_path / "a.csv")

    assert [round(share, 2) for share in said.shares] == [0.0, 0.42, 0.83, 1.0, 1.0]
    assert ran.err.count("100% 120,000 rows answered") == 1
