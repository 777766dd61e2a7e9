"""ONNX is used where its answers are the application's, and what else is said with its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.bundle import forest_onnx
from canvas_app.bundle.audit import TOLERANCE, audit
from canvas_app.bundle.examples import draw_examples
from canvas_app.bundle.manifest import ModelEntry
from canvas_app.runtime.contract import Contract
from tests.small_model import CLASSES, write_small_model

AS_THEY_ARE = ("contract.json", "encoder.json", "recipe.sql")


def audited(model: Path, staging: Path, seconds: float | None = None) -> ModelEntry:
    staging.mkdir()
    for name in AS_THEY_ARE:
        (staging / name).write_bytes((model / name).read_bytes())
    return audit(model, staging, draw_examples(Contract.read(model)), seconds)


@pytest.mark.parametrize("problem", CLASSES)
@pytest.mark.parametrize("format", ["lightgbm", "xgboost", "linear", "catboost", "forest", "blend"])
def test_models_that_convert_exactly_travel_as_onnx(tmp_path: Path, problem, format: str):
    entry = audited(write_small_model(tmp_path / "model", problem, format), tmp_path / "out")

    assert entry.format == "onnx"
    assert entry.difference is not None
    assert entry.difference <= TOLERANCE
    assert entry.rows_compared == 220
    assert entry.reason.startswith("it gives the same answers as the application on 200 test rows and 20 ")
    assert (tmp_path / "out" / "model.onnx").exists()


def test_a_forest_that_would_be_too_large_travels_as_it_is(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(forest_onnx, "LARGEST", 1_000)
    entry = audited(write_small_model(tmp_path / "model", "two-categories", "forest"), tmp_path / "out")

    assert entry.format == "skops"
    assert entry.difference is None
    assert entry.reason.startswith("it can't be held as ONNX: its trees would take about")
    assert sorted(p.name for p in (tmp_path / "out").glob("model*")) == ["model.json", "model.skops"]


def test_without_time_nothing_is_converted(tmp_path: Path):
    entry = audited(write_small_model(tmp_path / "model"), tmp_path / "out", seconds=0.5)

    assert entry.format == "lightgbm"
    assert "would take about" in entry.reason
    assert (tmp_path / "out" / "model.txt").exists()


def test_a_constant_stays_a_constant(tmp_path: Path):
    assert (
        audited(write_small_model(tmp_path / "model", "number", "constant"), tmp_path / "out").format
        == "constant"
    )


def test_answers_that_were_recorded_otherwise_are_noticed(tmp_path: Path):
    from pyarrow import compute, parquet

    model = write_small_model(tmp_path / "model")
    table = parquet.read_table(model / "test.parquet")
    at = table.column_names.index("__probability_yes")
    moved = table.set_column(at, "__probability_yes", compute.multiply(table.column(at), 0.99))
    parquet.write_table(moved, model / "test.parquet")

    entry = audited(model, tmp_path / "out")

    assert entry.format == "lightgbm"
    assert entry.difference is not None
    assert entry.difference > TOLERANCE
    assert "ONNX answers differently by up to" in entry.reason
    assert "on 200 test rows and 20 examples made for the comparison" in entry.reason
    assert sorted(p.name for p in (tmp_path / "out").glob("model*")) == ["model.json", "model.txt"]
