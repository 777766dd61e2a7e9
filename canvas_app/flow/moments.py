"""Moments without a time zone, which are the same wherever a flow runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ibis.expr.types import Value


def plain_moment(column: Value) -> Value:
    """A moment with a time zone as the engine's own time tells it, which is UTC; all else as it is."""
    kind = column.type()
    return column.cast("timestamp") if kind.is_timestamp() and kind.timezone is not None else column
