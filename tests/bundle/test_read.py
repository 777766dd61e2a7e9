"""A bundle opens only when it is whole, and runs only when it is trusted."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.bundle.manifest import Manifest, entries_of
from canvas_app.bundle.read import PredictJob, VerifyJob, load_bundle, open_bundle, verify
from canvas_app.jobs.job import Done, Failed, Quiet, run_inline
from canvas_app.runtime.whole import seal_of


def remade(bundle: Path, **changes: object) -> None:
    """What someone elsewhere can do: change files, and write a manifest that fits them."""
    names = [
        p.relative_to(bundle).as_posix()
        for p in bundle.rglob("*")
        if p.is_file() and not p.name.startswith("manifest.json")
    ]
    old = json.loads((bundle / "manifest.json").read_text("utf-8"))
    files = [{"path": e.path, "size": e.size, "sha256": e.sha256} for e in entries_of(bundle, names)]
    data = json.dumps({**old, "files": files, **changes}).encode()
    (bundle / "manifest.json").write_bytes(data)
    (bundle / "manifest.json.sha256").write_bytes(seal_of(data))


def test_a_whole_one_answers_its_examples(bundle: Path):
    done = verify(bundle, Quiet())

    assert done.rows == 20
    assert done.largest_difference < 1e-5
    assert done.made_here


def test_one_changed_byte_anywhere_is_refused_by_name(bundle: Path):
    for path in [p for p in bundle.rglob("*") if p.is_file() and not p.name.startswith("manifest")]:
        content = path.read_bytes()
        path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
        with pytest.raises(CanvasError, match="was changed") as caught:
            open_bundle(bundle)
        assert caught.value.where.field == path.relative_to(bundle).as_posix()
        assert path.relative_to(bundle).as_posix() in caught.value.message
        path.write_bytes(content)
    assert open_bundle(bundle).made_here


def test_a_changed_manifest_is_broken_or_not_from_here(bundle: Path):
    content = (bundle / "manifest.json").read_bytes().replace(b'"outcome"', b'"outcame"')
    (bundle / "manifest.json").write_bytes(content)
    with pytest.raises(CanvasError, match=r"manifest\.json of the bundle was changed"):
        open_bundle(bundle)
    (bundle / "manifest.json.sha256").write_bytes(seal_of(content))

    assert not open_bundle(bundle).made_here


def test_missing_and_added_files_are_named(bundle: Path):
    (bundle / "runtime" / "lightgbm.py").write_text("print('shadow')")
    with pytest.raises(CanvasError, match=r"runtime/lightgbm\.py does not belong"):
        open_bundle(bundle)
    (bundle / "runtime" / "lightgbm.py").unlink()
    (bundle / "encoder.json").unlink()
    with pytest.raises(CanvasError, match=r"encoder\.json is missing"):
        open_bundle(bundle)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_refused_even_to_the_same_bytes(bundle: Path, tmp_path: Path):
    shutil.copy(bundle / "recipe.sql", tmp_path / "outside.sql")
    (bundle / "recipe.sql").unlink()
    (bundle / "recipe.sql").symlink_to(tmp_path / "outside.sql")

    with pytest.raises(CanvasError, match="leads elsewhere"):
        open_bundle(bundle)


def test_what_python_leaves_behind_does_no_harm(bundle: Path):
    (bundle / "runtime" / "__pycache__").mkdir()
    (bundle / "runtime" / "__pycache__" / "x.pyc").write_bytes(b"x")

    assert open_bundle(bundle).made_here


def test_one_from_elsewhere_is_looked_at_but_not_run(bundle: Path, monkeypatch, tmp_path: Path):
    monkeypatch.setenv("CANVAS_APP_HOME", str(tmp_path / "other"))

    assert not open_bundle(bundle).made_here
    with pytest.raises(CanvasError, match="not made by this installation") as caught:
        load_bundle(bundle)
    assert "--trust" in caught.value.hint
    assert isinstance(run_inline(VerifyJob(str(bundle))), Failed)
    assert isinstance(run_inline(VerifyJob(str(bundle), trusted=True)), Done)


def test_other_answers_than_promised_are_refused(bundle: Path):
    sql = (bundle / "recipe.sql").read_text("utf-8")
    (bundle / "recipe.sql").write_text(sql.replace("40.0", "80.0"), "utf-8")
    remade(bundle)

    with pytest.raises(CanvasError, match="answers its examples differently"):
        verify(bundle, Quiet(), trusted=True)


@pytest.mark.parametrize(
    "name", ["model.onnx", "encoder.json", "contract.json", "examples.parquet", "model.json"]
)
def test_bytes_that_mean_nothing_are_refused_in_words(bundle: Path, name: str):
    (bundle / name).write_bytes(b"\x00\xff nothing")
    remade(bundle)

    with pytest.raises(CanvasError) as caught:
        verify(bundle, Quiet(), trusted=True)
    assert caught.value.hint
    assert "Traceback" not in str(caught.value)


def test_a_newer_bundle_is_refused_by_name(bundle: Path):
    remade(bundle, format=9, app="9.0.0")

    with pytest.raises(CanvasError, match=r"version 9\.0\.0"):
        open_bundle(bundle)


def test_a_folder_that_is_no_bundle_is_told(tmp_path: Path):
    with pytest.raises(CanvasError, match="is no bundle"):
        open_bundle(tmp_path)


def test_code_that_came_with_a_bundle_is_never_run(bundle: Path, tmp_path: Path):
    marker = tmp_path / "ran"
    for module in (bundle / "runtime").glob("*.py"):
        module.write_text(f"open({str(marker)!r}, 'w').close()")
    remade(bundle)
    verify(bundle, Quiet(), trusted=True)

    assert not marker.exists()


def test_a_file_of_rows_is_answered_as_by_the_model_itself(bundle: Path, model: Path, tmp_path: Path):
    rows = tmp_path / "rows.csv"
    rows.write_text("city,visits,age\nBonn,1,20\nKöln,9,80\n", "utf-8")
    done = PredictJob(str(bundle), str(rows), str(tmp_path / "a.csv")).run(Quiet())
    PredictJob(str(model), str(rows), str(tmp_path / "b.csv")).run(Quiet())
    first, second = (
        [line.split(",") for line in (tmp_path / n).read_text("utf-8").splitlines()]
        for n in ("a.csv", "b.csv")
    )

    assert done.rows == 2
    assert [row[:4] for row in first] == [row[:4] for row in second]
    assert [float(row[4]) for row in first[1:]] == pytest.approx(
        [float(row[4]) for row in second[1:]], abs=1e-5
    )


def test_a_missing_column_is_told_with_what_to_do(bundle: Path, tmp_path: Path):
    (tmp_path / "rows.csv").write_text("visits,age\n1,20\n")
    outcome = run_inline(PredictJob(str(bundle), str(tmp_path / "rows.csv"), str(tmp_path / "a.csv")))

    assert isinstance(outcome, Failed)
    assert outcome.message == "The rows lack a column that the model needs: city."
    assert not (tmp_path / "a.csv").exists()


def test_the_mark_covers_the_files(bundle: Path):
    (bundle / "model_card.md").write_text("better than it is")
    remade(bundle)

    assert not Manifest.load((bundle / "manifest.json").read_bytes()).made_here
