"""The table that the examples of all steps speak about."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from ibis.expr.types import Table

from canvas_app.data.engine import Engine

EXAMPLE_ROWS = {
    "name": ["Ann", "Bo", None, 'O"Hara', ""],
    "age": [31, None, 17, 64, 20],
    "income": [1200.5, None, float("nan"), float("inf"), 0.0],
    "price": [3.5, 4.5, None, -1.0, 2.0],
    "town": ["Ulm", "Bonn", "Ulm", None, "Ulm"],
    "ordered": [datetime.datetime(2024, 2, 29, 13, 5), None, datetime.datetime(1999, 12, 31), None, None],
    "occupation": ["a", "b", None, "a", "z"],
    "code": ["a", "b", "c", "d", None],
    "member": [True, False, None, True, False],
}


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for all contracts."""
    with Engine(threads=1, scratch=tmp_path_factory.mktemp("engine")) as engine:
        yield engine


@pytest.fixture(scope="session")
def example_rows(engine: Engine) -> Table:
    """Five rows with blanks, an infinity, an empty text and quotes."""
    return engine.from_rows(EXAMPLE_ROWS)


@pytest.fixture(scope="session")
def icons() -> set[str]:
    """The names of Phosphor's icons, as ``ph.name``."""
    import qtawesome

    folder = Path(qtawesome.__file__).parent / "fonts"
    charmap = next(iter(sorted(folder.glob("phosphor*charmap*.json"))))
    return {f"ph.{name}" for name in json.loads(charmap.read_text())}
