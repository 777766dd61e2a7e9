"""Decides in what form a model travels: as ONNX if that gives the same answers, else as it is."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError
from canvas_app.base.words import counted
from canvas_app.bundle.convert import expected_seconds, to_onnx
from canvas_app.bundle.manifest import ModelEntry, canonical
from canvas_app.bundle.read import door, load_model
from canvas_app.runtime.blend import files_of

if TYPE_CHECKING:
    import pyarrow as pa

    from canvas_app.runtime.predictor import Answer

TOLERANCE = 1e-5
"""Of probabilities; of numbers, as a share of their size (or of 1, where they are smaller)."""


@dataclass(frozen=True)
class Comparison:
    """How far two ways of answering the same rows are apart."""

    rows: int
    difference: float
    other_class: int
    """Rows for which another class comes out on top."""

    @property
    def equal(self) -> bool:
        """Whether nobody would notice."""
        return self.difference <= TOLERANCE and self.other_class == 0


def audit(folder: Path, staging: Path, examples: pa.Table, seconds: float | None = None) -> ModelEntry:
    """Put the model into ``staging``, as ONNX where every answer is the same, and say why.

    Compared are all test rows, as the application answered them when the model was built, and the
    examples. ``seconds`` is how long that may take.
    """
    began = time.monotonic()
    model = json.loads((folder / "model.json").read_text("utf-8"))
    if model["format"] == "constant":
        return _as_it_is(folder, staging, model, "it is a constant, so there is nothing to convert.")
    expected = expected_seconds(folder, model)
    if seconds is not None and expected > seconds:
        reason = (
            f"converting it to ONNX would take about {expected:.0f} s, and {max(seconds, 0):.0f} s were left."
        )
        return _as_it_is(folder, staging, model, reason)
    try:
        _convert(folder, staging, model)
        if seconds is not None and time.monotonic() - began > seconds:
            raise CanvasError("comparing its answers would take longer than the time that was left.")
        with door("comparing its answers failed"):
            compared = _compare(folder, staging, examples)
    except CanvasError as error:
        return _as_it_is(folder, staging, model, f"it can't be held as ONNX: {error.message}")
    tests = counted(compared.rows - examples.num_rows, "test row")
    on = f"{tests} and {counted(examples.num_rows, 'example')} made for the comparison"
    if compared.equal:
        reason = f"it gives the same answers as the application on {on}."
        return _entry(model, "onnx", reason, compared)
    return _as_it_is(folder, staging, model, _why_not(compared, on), compared)


def _convert(folder: Path, staging: Path, model: Mapping[str, Any]) -> None:
    with door("the converter failed"):
        onnx = to_onnx(folder, model)
    (staging / "model.onnx").write_bytes(onnx)
    held = {**model, "format": "onnx", "file": "model.onnx"}
    (staging / "model.json").write_bytes(canonical(held))


def _compare(folder: Path, staging: Path, examples: pa.Table) -> Comparison:
    """The bundle in the making against the application."""
    converted = load_model(staging)
    names = list(converted.contract.names)
    parts = [_apart(converted.answer(examples), load_model(folder).answer(examples).columns())]
    for piece in _test_rows(folder):
        expected = {
            name.removeprefix("__"): piece.column(name)
            for name in piece.column_names
            if name == "__prediction" or name.startswith("__probability_")
        }
        parts.append(_apart(converted.answer(piece.select(names)), expected))
    return Comparison(
        sum(part.rows for part in parts),
        max(part.difference for part in parts),
        sum(part.other_class for part in parts),
    )


def _test_rows(folder: Path) -> Iterator[pa.Table]:
    from canvas_app.runtime.table_file import read_pieces

    yield from read_pieces(folder / "test.parquet").tables


def _apart(said: Answer, expected: Mapping[str, Any]) -> Comparison:
    import numpy as np

    rows = len(said.prediction)
    if said.probabilities is None:
        was, now = np.asarray(expected["prediction"], float), np.asarray(said.prediction, float)
        apart = np.abs(now - was) / np.maximum(1.0, np.abs(was))
        return Comparison(rows, float(np.max(apart, initial=0.0)), 0)
    was = np.column_stack([np.asarray(expected[f"probability_{name}"], float) for name in said.classes])
    apart = np.abs(said.probabilities - was)
    others = int((said.probabilities.argmax(axis=1) != was.argmax(axis=1)).sum()) if rows else 0
    return Comparison(rows, float(np.max(apart, initial=0.0)), others)


def _why_not(compared: Comparison, on: str) -> str:
    other = f", and names another class for {compared.other_class:,}" if compared.other_class else ""
    return (
        f"ONNX answers differently by up to {compared.difference:.2g}{other}"
        f" on {on} (allowed: {TOLERANCE:g})."
    )


def _as_it_is(
    folder: Path, staging: Path, model: Mapping[str, Any], reason: str, compared: Comparison | None = None
) -> ModelEntry:
    """The application's own files; what remains of a conversion is removed."""
    (staging / "model.onnx").unlink(missing_ok=True)
    shutil.copyfile(folder / "model.json", staging / "model.json")
    for name in files_of(model):
        shutil.copyfile(folder / name, staging / name)
    return _entry(model, model["format"], reason, compared)


def _entry(model: Mapping[str, Any], format: str, reason: str, compared: Comparison | None) -> ModelEntry:
    return ModelEntry(
        model_type=model["model_type"],
        title=model.get("title", model["model_type"]),
        format=format,
        reason=reason,
        difference=compared.difference if compared else None,
        rows_compared=compared.rows if compared else 0,
    )
