"""Tables without rows, so that an expression can be built and checked before any data is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_app.data.schema import Schema

if TYPE_CHECKING:
    from ibis.expr.types import Table


def blank_table(schema: Schema, name: str = "rows") -> Table:
    """A table of those columns that belongs to no engine."""
    import ibis

    return ibis.table({column.name: ibis.dtype(column.engine_type) for column in schema}, name=name)
