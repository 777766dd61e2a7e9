from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_app.data.engine import Engine


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with Engine(scratch=tmp_path / "scratch", memory="500MB", threads=2) as engine:
        yield engine
