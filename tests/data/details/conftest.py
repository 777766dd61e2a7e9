from __future__ import annotations

from collections.abc import Iterator

import pytest

from canvas_app.data.engine import Engine


@pytest.fixture(scope="module")
def any_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for all tries."""
    with Engine(scratch=tmp_path_factory.mktemp("engine"), threads=1) as engine:
        yield engine
