"""Models to be explained."""

import json
import shutil
from pathlib import Path

import pytest

from canvas_app.explain.explained import ExplainedModel
from canvas_app.jobs.job import Quiet
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
