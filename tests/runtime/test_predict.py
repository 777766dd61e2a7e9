"""A bundle's own command looks at every byte before it decodes one."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.bundle.export_job import ExportJob
from canvas_app.jobs.job import Quiet
from canvas_app.runtime.errors import BundleError
from canvas_app.runtime.mlflow_model import MlflowModel
from canvas_app.runtime.predict import CANNOT, DONE, main
from tests.small_model import write_small_model


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """One bundle of the test's own."""
    model = write_small_model(tmp_path / "model")
    return Path(ExportJob(str(model), str(tmp_path / "bundle"), "Small", ()).run(Quiet()).path)


def test_a_changed_model_is_refused_by_name_before_it_is_decoded(bundle: Path, capsys):
    model = bundle / "model.onnx"
    content = model.read_bytes()
    model.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))

    assert main(bundle, ["--check"]) == CANNOT
    said = capsys.readouterr().err
    assert "model.onnx of the bundle was changed" in said
    assert "export it again" in said
    with pytest.raises(BundleError, match=r"model\.onnx"):
        MlflowModel(bundle)


def test_a_stranger_in_the_folder_is_refused_but_what_the_person_names_is_not(bundle: Path, capsys):
    rows = bundle / "examples.parquet"
    assert main(bundle, [str(rows), str(bundle / "answers.csv")]) == DONE
    assert main(bundle, [str(rows), str(bundle / "answers.csv")]) == DONE
    assert main(bundle, ["--check"]) == CANNOT
    assert "answers.csv does not belong to the bundle. Move it out" in capsys.readouterr().err


def test_a_changed_manifest_is_refused(bundle: Path, capsys):
    manifest = bundle / "manifest.json"
    manifest.write_bytes(manifest.read_bytes().replace(b'"app"', b'"App"'))

    assert main(bundle, ["--check"]) == CANNOT
    assert "manifest.json of the bundle was changed" in capsys.readouterr().err
