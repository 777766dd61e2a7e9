"""Writes a bundle: the whole folder under another name first, so that it is there whole or not at all."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from canvas_app import __version__
from canvas_app.base.errors import CanvasError
from canvas_app.bundle.audit import audit
from canvas_app.bundle.card import model_card
from canvas_app.bundle.examples import draw_examples
from canvas_app.bundle.manifest import NAME, Manifest, ModelEntry, entries_of
from canvas_app.bundle.mlmodel import mlmodel, python_env
from canvas_app.bundle.requirements import libraries, requirements
from canvas_app.data.files import (
    error_about,
    file_errors,
    publish,
    require_space,
    sha256_of_folder,
    sync_folder,
)
from canvas_app.jobs.job import Report
from canvas_app.runtime.blend import formats_of
from canvas_app.runtime.contract import Contract
from canvas_app.runtime.whole import SEAL, seal_of
from canvas_app.training.model import BuiltModel

_SPARE = 4 << 20
_AS_THEY_ARE = ("contract.json", "encoder.json", "recipe.sql")
_SCRIPT = '''#!/usr/bin/env python3
"""Answers a file of rows: python predict.py INPUT OUTPUT (each .csv or .parquet)."""

import sys
from pathlib import Path

sys.dont_write_bytecode = True  # nothing is added to the bundle by using it

from runtime.lean import keep_out
from runtime.predict import main

if __name__ == "__main__":
    folder = Path(__file__).resolve().parent
    keep_out(folder)
    sys.exit(main(folder))
'''
_READ_ME = """# A model that answers rows

    python -m venv ../env
    ../env/bin/pip install -r requirements.txt
    ../env/bin/python predict.py INPUT OUTPUT      # each .csv or .parquet
    ../env/bin/python predict.py --check           # answers examples.parquet and compares

On Windows it is `..\\env\\Scripts\\python` instead of `../env/bin/python`. Every file here is checked against
`manifest.json` before the model is opened, so put nothing of your own into this folder.

`model_card.md` says what the model is for and how good it is, `contract.json` which columns a row must bring,
RECIPEand `manifest.json` what belongs in this folder, file by file.

MLflow knows this folder too, from the same environment (`MLFLOW_DISABLE_TELEMETRY=true` keeps it quiet):

    mlflow models predict -m . -i input.csv -t csv --env-manager local
    mlflow models serve -m . --env-manager local
"""


@dataclass(frozen=True)
class Source:
    """What is exported: a built model's folder, and the words that go with it."""

    folder: Path
    title: str = ""
    data: tuple[str, ...] = ()
    """One line per table that the model learned from."""


@dataclass(frozen=True)
class Exported:
    """A bundle that was written."""

    path: str
    format: str
    reason: str
    difference: float | None
    rows_compared: int
    size: int
    """Bytes of all files."""


def write_bundle(source: Source, out: Path, report: Report, seconds: float | None = None) -> Exported:
    """Write the bundle of a model to a folder, which must be new, empty, or a bundle to be replaced.

    ``seconds`` is how long the conversion to ONNX and its check may take, where that matters.
    Raises ``CanvasError`` when the folder can't be written; then nothing has changed.
    """
    out = Path(os.path.abspath(out))  # noqa: PTH100 - resolve() would follow a link that is to be refused
    require_free(out)
    require_space(out.parent, sum(p.stat().st_size for p in source.folder.glob("*")) + _SPARE)
    staging = out.with_name(f".{out.name[:80]}.{secrets.token_hex(6)}.part")
    try:
        with file_errors(out):
            staging.mkdir(parents=True)
            manifest = _fill(source, staging, report, seconds)
        report(0.9, "Putting it in its place")
        _put(staging, out)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    size = sum(entry.size for entry in manifest.files) + sum(
        (out / name).stat().st_size for name in (NAME, SEAL)
    )
    model = manifest.model
    return Exported(str(out), model.format, model.reason, model.difference, model.rows_compared, size)


def _fill(source: Source, staging: Path, report: Report, seconds: float | None) -> Manifest:
    contract = Contract.read(source.folder)
    for name in _AS_THEY_ARE:
        if (source.folder / name).exists():
            shutil.copyfile(source.folder / name, staging / name)
    examples = draw_examples(contract)
    report(0.1, "Comparing the answers of ONNX with the application's")
    entry = audit(source.folder, staging, examples, seconds)
    report(0.7, "Writing the examples, the card and the runtime")
    _write_examples(source.folder, staging, examples)
    made_at = datetime.now(UTC).isoformat(timespec="seconds")
    origin = sha256_of_folder(source.folder)
    _write_words(source, staging, contract, entry, (origin, made_at))
    manifest = Manifest(
        app=__version__,
        target=contract.target,
        problem=contract.problem,
        model=entry,
        libraries=libraries(_formats(staging)),
        origin=origin,
        files=entries_of(staging, _names(staging)),
        made_at=made_at,
    ).marked()
    listed = manifest.dump()
    (staging / NAME).write_bytes(listed)
    (staging / SEAL).write_bytes(seal_of(listed))
    return manifest


def _write_examples(folder: Path, staging: Path, examples: object) -> None:
    """The rows with the answers that the application itself gives."""
    import pyarrow as pa
    from pyarrow import parquet

    from canvas_app.bundle.read import load_model

    assert isinstance(examples, pa.Table)
    said = load_model(folder).answer(examples).columns()
    expected = {f"expected_{name}": column for name, column in said.items()}
    names = [*examples.column_names, *expected]
    parquet.write_table(
        pa.table([*examples.columns, *expected.values()], names=names), staging / "examples.parquet"
    )


def _write_words(
    source: Source, staging: Path, contract: Contract, entry: ModelEntry, made: tuple[str, str]
) -> None:
    from pydantic import TypeAdapter

    model = TypeAdapter(BuiltModel).validate_json((source.folder / "build.json").read_bytes())
    title = source.title or f"A model for {contract.target}"
    card = model_card(model, contract, entry, title, source.data)
    recipe = "`recipe.sql` what is done to them first, " if (staging / "recipe.sql").exists() else ""
    texts = {
        "model_card.md": card,
        "requirements.txt": requirements(_formats(staging)),
        "python_env.yaml": python_env(),
        "README.md": _READ_ME.replace("RECIPE", recipe),
        "predict.py": _SCRIPT,
    }
    for name, text in texts.items():
        (staging / name).write_text(text, encoding="utf-8", newline="\n")
    (staging / "MLmodel").write_bytes(mlmodel(contract, *made))
    (staging / "runtime").mkdir()
    for module in files("canvas_app.runtime").iterdir():
        if module.name.endswith(".py"):
            (staging / "runtime" / module.name).write_bytes(module.read_bytes())


def _formats(staging: Path) -> tuple[str, ...]:
    """The formats that the models of the bundle are held in."""
    return formats_of(json.loads((staging / "model.json").read_text("utf-8")))


def _names(folder: Path) -> Sequence[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]


def require_free(out: Path) -> None:
    """Raise ``CanvasError`` unless a bundle may take this place: new, empty, or a bundle to be replaced."""
    if not out.exists() and not out.is_symlink():
        return
    if not out.is_dir() or out.is_symlink():
        raise CanvasError(f"{out} is not a folder.", hint="Choose another name for the bundle.")
    if not any(out.iterdir()):
        return
    try:
        Manifest.load((out / NAME).read_bytes())
    except (OSError, CanvasError) as error:
        raise CanvasError(
            f"{out} holds other things, and is left as it is.", hint="Choose a new or an empty folder."
        ) from error


def _put(staging: Path, out: Path) -> None:
    """Sync every file, then give the folder its name; a bundle that was there before leaves last."""
    for path in staging.rglob("*"):
        if path.is_file():
            publish(path, path)
    old = out.with_name(f".{out.name[:80]}.{secrets.token_hex(6)}.old")
    try:
        if out.exists():
            out.replace(old)
        try:
            staging.replace(out)
        except OSError:
            if old.exists():
                old.replace(out)
            raise
        sync_folder(out.parent)
    except OSError as error:
        raise error_about(out, error) from error
    shutil.rmtree(old, ignore_errors=True)
