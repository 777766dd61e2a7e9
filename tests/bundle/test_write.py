"""A bundle is written whole or not at all, holds what it should, and nothing that it should not."""

from __future__ import annotations

import errno
import getpass
import json
import os
import platform
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.bundle.export_job import ExportJob
from canvas_app.bundle.read import open_bundle
from canvas_app.jobs.job import Failed, Quiet, run_inline

EXPECTED = {
    "MLmodel",
    "README.md",
    "contract.json",
    "encoder.json",
    "examples.parquet",
    "manifest.json",
    "manifest.json.sha256",
    "model.json",
    "model.onnx",
    "model_card.md",
    "predict.py",
    "python_env.yaml",
    "recipe.sql",
    "requirements.txt",
}


def files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_it_holds_all_that_answers_need_and_no_more(bundle: Path):
    names = set(files(bundle))

    assert {name for name in names if "/" not in name} == EXPECTED
    assert "runtime/predictor.py" in names
    assert not [name for name in names if name.endswith((".pkl", ".pickle", ".joblib", ".npy", ".pyc"))]


def test_what_ships_imports_nothing_of_ours(bundle: Path):
    sources = [text for name, text in files(bundle).items() if name.endswith(".py")]

    assert len(sources) > 8
    unwanted = b"canvas_app", b"pickle.load"  # (noqa: house) looked for, not used
    assert not [text for text in sources if any(words in text for words in unwanted)]


def test_it_tells_nothing_about_this_machine(bundle: Path, model: Path, tmp_path: Path):
    """Names of accounts and hosts may be short words, so they count only as parts of paths."""
    telling = [str(tmp_path), str(model), str(Path.home()), str(Path.cwd()), f"/{getpass.getuser()}/"]
    if len(platform.node()) > 4:
        telling.append(platform.node())
    for name, content in files(bundle).items():
        assert not [word for word in telling if len(word) > 3 and word.encode() in content], name


def test_no_test_row_is_in_it(bundle: Path, model: Path):
    from pyarrow import parquet

    real = {
        tuple(row.values())
        for row in parquet.read_table(model / "test.parquet").select(["age", "visits", "city"]).to_pylist()
    }
    shown = parquet.read_table(bundle / "examples.parquet").select(["age", "visits", "city"]).to_pylist()

    assert len(shown) == 20
    assert not [row for row in shown if tuple(row.values()) in real]


def test_the_card_says_what_a_person_asks(bundle: Path):
    card = (bundle / "model_card.md").read_text("utf-8")

    for words in (
        "# Small",
        "**outcome**",
        "| AUC | 0.9 | 0.85 to 0.94 |",
        "40 test",
        "chosen",
        "rows, 200 rows",
        "left out",
    ):
        assert words in card


def test_requirements_are_pinned_and_few(bundle: Path):
    lines = (bundle / "requirements.txt").read_text().splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]

    assert all("==" in pin for pin in pins)
    assert {pin.split("==")[0] for pin in pins} == {
        "numpy",
        "pyarrow",
        "duckdb",
        "onnxruntime",
        "mlflow-skinny",
        "pandas",
    }


def test_exporting_twice_gives_the_same_files(exported: Callable[[str], Path]):
    first, second = files(exported("one")), files(exported("two"))
    dated = {"manifest.json", "manifest.json.sha256", "MLmodel"}

    assert {n: c for n, c in first.items() if n not in dated} == {
        n: c for n, c in second.items() if n not in dated
    }


def test_a_bundle_may_be_replaced(bundle: Path, exported: Callable[[str], Path]):
    (bundle / "model_card.md").write_text("changed")

    assert open_bundle(exported("bundle")).made_here
    assert [path.name for path in bundle.parent.iterdir()] == ["bundle"]


def test_a_folder_with_other_things_is_left_alone(model: Path, tmp_path: Path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    outcome = run_inline(ExportJob(str(model), str(tmp_path / "mine")))

    assert isinstance(outcome, Failed)
    assert "holds other things" in outcome.message
    assert files(tmp_path) == {"mine/letter.txt": b"dear"}


def test_a_link_or_a_file_in_the_place_is_refused(model: Path, tmp_path: Path):
    (tmp_path / "file").write_text("x")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    for name in ("file", "link"):
        with pytest.raises(CanvasError, match="is not a folder"):
            ExportJob(str(model), str(tmp_path / name)).run(Quiet())
    assert not list((tmp_path / "elsewhere").iterdir())


def test_an_empty_folder_is_filled(model: Path, tmp_path: Path):
    (tmp_path / "empty").mkdir()

    assert ExportJob(str(model), str(tmp_path / "empty")).run(Quiet()).size > 0


def test_a_full_disk_changes_nothing(model: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch):
    before = files(bundle.parent)

    def full(source: object, target: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(CanvasError, match="full") as caught:
        ExportJob(str(model), str(bundle)).run(Quiet())
    assert caught.value.hint
    assert files(bundle.parent) == before


def test_being_stopped_leaves_nothing(model: Path, tmp_path: Path):
    def stop(done: float, note: str = "", found: object = None) -> None:
        if done > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        ExportJob(str(model), str(tmp_path / "bundle")).run(stop)  # type: ignore[arg-type]
    assert not list(tmp_path.iterdir())


def test_mlflow_finds_its_way_without_a_path_that_leads_out(bundle: Path):
    words = json.loads((bundle / "MLmodel").read_text("utf-8"))

    assert words["flavors"]["python_function"]["loader_module"] == "runtime.mlflow_model"
    assert json.loads(words["signature"]["outputs"])[1]["name"] == "probability_no"


def test_the_read_me_names_only_files_that_are_there(bundle: Path):
    text = (bundle / "README.md").read_text("utf-8")

    assert "`recipe.sql` what is done to them first, and `manifest.json`" in text


def test_the_card_speaks_a_persons_words(bundle: Path):
    card = (bundle / "model_card.md").read_text("utf-8")

    assert "Held as ONNX: " in card
    assert "Ordered by AUC on the validation rows." in card
    assert "drawn again at random" in card
