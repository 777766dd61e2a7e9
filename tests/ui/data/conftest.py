"""A lane, workers that work at once, and a table on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from canvas_app.data.engine import Engine
from canvas_app.data.file_rows import schema_of_file
from canvas_app.data.schema import Schema
from canvas_app.jobs.pool import InlinePool
from canvas_app.ui.bridge import PreviewLane, UiPool


@dataclass
class Kept:
    """A table on the disk."""

    path: Path
    schema: Schema


@pytest.fixture
def lane(qapp: object, tmp_path: Path) -> Iterator[PreviewLane]:
    lane = PreviewLane(lambda: Engine(scratch=tmp_path / "lane", memory="500MB", threads=1))
    yield lane
    lane.close()


@pytest.fixture
def runner(qapp: object) -> Iterator[UiPool]:
    runner = UiPool(InlinePool())
    yield runner
    runner.close()


@pytest.fixture
def people(tmp_path: Path) -> Kept:
    """Forty people: ages from 20 to 59, pay that follows age, a town that follows it too."""
    columns = {
        "age": list(range(20, 60)),
        "pay": [1000.0 + 37.5 * at + at % 3 for at in range(40)],
        "town": ["Ulm" if at < 20 else "Bonn" for at in range(40)],
        "member": [at % 2 == 0 for at in range(40)],
        "code": [f"AB-{at:03}" for at in range(40)],
    }
    return stored(columns, tmp_path / "people.parquet")


@pytest.fixture
def odd(tmp_path: Path) -> Kept:
    """Columns whose names are no names."""
    values = [1.0, 2.0, 2.0, 4.5, None, 9.0]
    names = ("$\\unknowncmd$", "<img src=x>", 'a "b" × c')
    return stored({name: list(values) for name in names}, tmp_path / "odd.parquet")


def stored(columns: dict[str, list[object]], path: Path) -> Kept:
    with Engine(scratch=path.parent, memory="500MB", threads=1) as engine:
        engine.write_parquet(engine.from_rows(columns), path)
        return Kept(path, schema_of_file(engine, path))
