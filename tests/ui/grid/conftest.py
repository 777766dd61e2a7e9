from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from canvas_app.data.engine import Engine
from canvas_app.ui.bridge import PreviewLane


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    with Engine(scratch=tmp_path / "scratch", memory="500MB", threads=2) as engine:
        yield engine


@pytest.fixture
def lane(qapp: object, tmp_path: Path) -> Iterator[PreviewLane]:
    lane = PreviewLane(lambda: Engine(scratch=tmp_path / "lane", memory="500MB", threads=2))
    yield lane
    lane.close()
