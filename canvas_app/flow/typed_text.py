"""Values that a person typed, read as the type of the column that they are meant for."""

from __future__ import annotations

import datetime
import math
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import Problem
from canvas_app.data.schema import ColumnInfo
from canvas_app.flow.doubles import double

if TYPE_CHECKING:
    from ibis.expr.types import Scalar

_SWITCHES = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_HINTS = {
    "number": "Write a number such as 3.5.",
    "whole": "Write a number such as 3.",
    "time": "Write a date such as 2024-12-31, or a moment such as 2024-12-31 18:30.",
    "switch": "Write true or false.",
}


def read_typed(text: str, column: ColumnInfo) -> Any:
    """The value, as Python holds it; raises ``ValueError`` when it is none of the column's type."""
    stripped = text.strip()
    match column.type:
        case "number" | "whole":
            return _number(stripped)
        case "switch":
            if stripped.lower() not in _SWITCHES:
                raise ValueError(text)
            return _SWITCHES[stripped.lower()]
        case "time" if (
            column.engine_type.lstrip("!").startswith("time") and "stamp" not in column.engine_type
        ):
            return datetime.time.fromisoformat(stripped)
        case "time":
            return datetime.datetime.fromisoformat(stripped)
        case _:
            return text


def typed_literal(text: str, column: ColumnInfo) -> Scalar:
    """The value as it enters an expression, in a type that compares with the column's."""
    import ibis

    value = read_typed(text, column)
    if isinstance(value, datetime.datetime):
        return ibis.literal(value.replace(tzinfo=None).isoformat(sep=" ")).cast("timestamp")
    if isinstance(value, datetime.time):
        return ibis.literal(value.isoformat()).cast("time")
    return double(value) if isinstance(value, float) else ibis.literal(value)


def typed_problem(text: str, column: ColumnInfo, field: str) -> Problem | None:
    """What is wrong with a typed value, to be shown at its field."""
    try:
        read_typed(text, column)
    except ValueError:
        shown = text.strip() or "Nothing"
        return Problem(
            f"{shown} doesn't fit {column.name}.", _HINTS.get(column.type, "Change it."), field=field
        )
    return None


def _number(text: str) -> int | float:
    if text.removeprefix("-").isdecimal() and abs(int(text)) < 2**63:
        return int(text)
    number = float(text.replace("_", "x"))
    if math.isnan(number):
        raise ValueError(text)
    return number
