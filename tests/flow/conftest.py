"""Small tables for tests of flows, on an engine that all of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from ibis.expr.types import Table

from canvas_app.data.engine import Engine

Rows = Callable[..., Table]
Cells = Callable[[Table], dict[str, list[Any]]]


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """One engine for all tests; tables in it have names of their own."""
    with Engine(threads=1, scratch=tmp_path_factory.mktemp("engine")) as engine:
        yield engine


@pytest.fixture
def rows(engine: Engine) -> Rows:
    """Make a table: ``rows(age=[1, None])``, or ``rows({"a name": [1]}, {"a name": "int64"})``."""

    def make(
        columns: dict[str, list[Any]] | None = None, types: dict[str, str] | None = None, **more: Any
    ) -> Table:
        return engine.from_rows({**(columns or {}), **more}, types)

    return make


@pytest.fixture
def cells(engine: Engine) -> Cells:
    """All values of a table by column."""

    def fetch(table: Table) -> dict[str, list[Any]]:
        return engine.fetch(table).to_pydict()

    return fetch
