"""The datasets of a flow as tables over their Parquet files, each opened once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.data.engine import Engine

if TYPE_CHECKING:
    from ibis.expr.types import Table


def parquet_tables(engine: Engine, datasets: Mapping[str, str]) -> Callable[[str], Table]:
    """What a compiler asks for tables; a key without a file raises ``KeyError``."""
    opened: dict[str, Table] = {}

    def table(key: str) -> Table:
        if key not in opened:
            opened[key] = engine.read_parquet(Path(datasets[key]))
        return opened[key]

    return table
