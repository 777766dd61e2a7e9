"""What a blank is: no value, not a number, or an empty text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Value


def is_blank(column: Value) -> BooleanValue:
    """Whether a cell holds nothing; infinity is something."""
    if column.type().is_floating():
        return column.isnull() | column.isnan()
    if column.type().is_string():
        return column.isnull() | (column == "")
    return column.isnull()


def blanks_as_null(column: Value) -> Value:
    """The same values, with every blank as the engine's own null."""
    import ibis

    if column.type().is_floating():
        return ibis.ifelse(column.isnan(), None, column)
    return column.nullif("") if column.type().is_string() else column


def finite(column: Value) -> Value:
    """The same numbers, with null for what is blank or infinite, as a double."""
    import ibis

    if column.type().is_floating():
        column = ibis.ifelse(column.isnan() | column.isinf(), None, column)
    return column.cast("float64")
