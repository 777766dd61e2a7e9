"""Models to be explained."""

import json
import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from canvas_app.explain.explained import ExplainedModel
from canvas_app.jobs.job import Quiet
from canvas_app.training.labels import Labels
from tests.explain.model_folders import KINDS, write_model


@pytest.fixture(scope="session")
def folder_of(tmp_path_factory: pytest.TempPathFactory):
    """The folder of a small model, by the name of its kind."""
    made: dict[str, Path] = {}

    def folder(name: str) -> Path:
        if name not in made:
            made[name] = write_model(tmp_path_factory.mktemp("models") / name, KINDS[name])
        return made[name]

    return folder


@pytest.fixture
def explained(folder_of, tmp_path):
    """A small model with its effects, by the name of its kind."""
    return lambda name: ExplainedModel(folder_of(name), tmp_path / name, Quiet())


@pytest.fixture
def folder_made_from(folder_of, tmp_path):
    """The folder of a small model, by its kind, whose contract says what its columns are made from."""

    def folder(name: str, made_from: dict[str, list[str]]) -> Path:
        made = shutil.copytree(folder_of(name), tmp_path / "made" / name)
        contract = json.loads((made / "contract.json").read_text("utf-8"))
        (made / "contract.json").write_text(json.dumps({**contract, "made_from": made_from}), "utf-8")
        return Path(made)

    return folder


TARGETS = {
    "text": ("text", ("class 0", "class 1", "class 2")),
    "whole": ("whole", ("2", "10", "33")),
    "number": ("number", ("0", "1.5", "3")),
    "switch": ("switch", ("false", "true")),
}
"""By the type of a target: as the contract calls it, and its categories as the contract writes them."""


@pytest.fixture
def folder_with_target(folder_of, tmp_path):
    """The folder of a small model whose target column has that type."""

    def folder(kind: str) -> Path:
        label_type, classes = TARGETS[kind]
        made = shutil.copytree(
            folder_of("lightgbm-two" if len(classes) == 2 else "lightgbm-many"), tmp_path / kind
        )
        contract = json.loads((made / "contract.json").read_text("utf-8"))
        was = contract["classes"]
        changed = {**contract, "classes": classes, "label_type": label_type}
        (made / "contract.json").write_text(json.dumps(changed), "utf-8")
        table = parquet.read_table(str(made / "test.parquet"))
        labels = Labels("many-categories", classes, label_type)
        for name in ("__prediction", "__actual"):
            at = table.column_names.index(name)
            places = [was.index(label) for label in table.column(name).to_pylist()]
            table = table.set_column(at, name, labels.arrow(places))
        told = dict(zip(was, classes, strict=True))
        parts = (name.partition("__probability_") for name in table.column_names)
        names = [before + sign + told.get(label, label) for before, sign, label in parts]
        parquet.write_table(pa.table(table.columns, names=names), str(made / "test.parquet"))
        return Path(made)

    return folder
