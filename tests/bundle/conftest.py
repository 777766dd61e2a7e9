"""One small model for all tests that only look at it, and bundles of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from canvas_app.bundle.export_job import ExportJob
from canvas_app.jobs.job import Quiet
from tests.small_model import write_small_model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model of two categories; not to be changed."""
    return write_small_model(tmp_path_factory.mktemp("model"))


@pytest.fixture
def exported(model: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Makes a bundle of the test's own, marked by the test's own installation."""

    def export(name: str = "bundle") -> Path:
        return Path(
            ExportJob(str(model), str(tmp_path / name), "Small", ("rows, 200 rows",)).run(Quiet()).path
        )

    return export


@pytest.fixture
def bundle(exported: Callable[[str], Path]) -> Path:
    """One bundle of the test's own."""
    return exported("bundle")
