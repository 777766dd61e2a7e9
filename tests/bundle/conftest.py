"""One small model for all tests that only ask it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.small_model import write_small_model


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model of two categories; not to be changed."""
    return write_small_model(tmp_path_factory.mktemp("model"))
