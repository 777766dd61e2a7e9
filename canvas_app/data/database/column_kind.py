"""How a column of a database becomes a column of a table: its type, and what a person is told of it."""

from __future__ import annotations

import datetime
import decimal
import json
import math
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow

MOST_DIGITS = 38
"""Of a decimal number that can be kept exactly."""

Convert = Callable[[Any], Any]


class Unfit(ValueError):
    """A value that the column's type can't hold: it becomes a blank, which is counted and told."""


@dataclass(frozen=True)
class ColumnKind:
    """A type in the words of ``arrow_type``, and how a driver's value becomes one."""

    type: str
    convert: Convert
    told: str = ""
    """What is worth knowing, such as ``kept as text``."""
    direct: bool = True
    """Whether a driver's values mostly are what the type holds, so that they can be taken as they come."""

    def array(self, values: Sequence[Any]) -> tuple[pyarrow.Array, int]:
        """Values as a column, and how many could not be held; quickly where none has to be looked at."""
        import pyarrow

        wanted = arrow_type(self.type)
        if self.direct:
            with suppress(pyarrow.ArrowException, TypeError, ValueError, OverflowError):
                array = pyarrow.array(values, wanted)
                if not _has_nan(array):
                    return array, 0
        kept, unfit = self.values(values)
        with suppress(pyarrow.ArrowException, OverflowError):
            return pyarrow.array(kept, wanted), unfit
        held = [value if _is_held(value, wanted) else None for value in kept]
        return pyarrow.array(held, wanted), unfit + held.count(None) - kept.count(None)

    def values(self, values: Sequence[Any]) -> tuple[list[Any], int]:
        """Values as the type holds them, and how many could not be held."""
        kept, unfit = [], 0
        convert = self.convert
        for value in values:
            try:
                kept.append(None if value is None else convert(value))
            except Unfit:
                kept.append(None)
                unfit += 1
        return kept, unfit


def arrow_type(words: str) -> pyarrow.DataType:
    """Arrow's type by name; ``decimal(10, 2)`` names its digits."""
    import pyarrow

    if words.startswith("decimal"):
        precision, scale = words[len("decimal(") : -1].split(",")
        return pyarrow.decimal128(int(precision), int(scale))
    return {
        "whole": pyarrow.int64(),
        "large whole": pyarrow.uint64(),
        "number": pyarrow.float64(),
        "switch": pyarrow.bool_(),
        "text": pyarrow.string(),
        "date": pyarrow.date32(),
        "time": pyarrow.time64("us"),
        "moment": pyarrow.timestamp("us"),
        "moment with zone": pyarrow.timestamp("us", tz="UTC"),
    }[words]


def _is_held(value: Any, wanted: pyarrow.DataType) -> bool:
    import pyarrow

    try:
        pyarrow.scalar(value, wanted)
    except (pyarrow.ArrowException, OverflowError):
        return False
    return True


def _has_nan(array: pyarrow.Array) -> bool:
    import pyarrow
    from pyarrow import compute

    if not pyarrow.types.is_floating(array.type):
        return False
    return bool(compute.any(compute.is_nan(array)).as_py())


def _decimal(value: Any) -> decimal.Decimal:
    made = value if isinstance(value, decimal.Decimal) else decimal.Decimal(value)
    if not made.is_finite():
        raise Unfit
    return made


def _number(value: Any) -> float:
    made = float(value)
    if math.isnan(made):
        raise Unfit
    return made


def _text(value: Any) -> str:
    """A text as it is; UTF-8 can't hold half of a surrogate pair, which some servers let through."""
    return str(value).encode("utf-8", "replace").decode()


def _json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _hexadecimal(value: Any) -> str:
    return value.encode().hex() if isinstance(value, str) else bytes(value).hex()


def _switch(value: Any) -> bool:
    return any(value) if isinstance(value, bytes) else bool(value)


def _instance(family: type) -> Convert:
    def convert(value: Any) -> Any:
        if not isinstance(value, family):
            raise Unfit
        return value

    return convert


def _moment(value: Any) -> datetime.datetime:
    if not isinstance(value, datetime.datetime):
        raise Unfit
    return value.replace(tzinfo=None)


def _moment_with_zone(value: Any) -> datetime.datetime:
    if not isinstance(value, datetime.datetime):
        raise Unfit
    try:
        return value.astimezone(datetime.UTC) if value.tzinfo else value.replace(tzinfo=datetime.UTC)
    except OverflowError as error:
        raise Unfit from error


WHOLE = ColumnKind("whole", int)
LARGE_WHOLE = ColumnKind("large whole", int)
NUMBER = ColumnKind("number", _number)
SWITCH = ColumnKind("switch", _switch)
TEXT = ColumnKind("text", _text)
DATE = ColumnKind("date", _instance(datetime.date))
TIME = ColumnKind("time", _instance(datetime.time))
MOMENT = ColumnKind("moment", _moment)
MOMENT_WITH_ZONE = ColumnKind("moment with zone", _moment_with_zone, "times with a zone, kept in UTC")
JSON = ColumnKind("text", _json, "kept as text (JSON)")
BYTES = ColumnKind("text", _hexadecimal, "bytes, kept as hexadecimal text", direct=False)
AS_TEXT = ColumnKind("text", _text, "kept as text")
ROUNDED = ColumnKind(
    "number", _number, "kept as numbers of 15 digits, since more may come or their count is free"
)


def decimals(precision: int | None, scale: int | None) -> ColumnKind:
    """Exact numbers of so many digits, ``scale`` of them after the point; rounded where too many."""
    if precision is None or scale is None or not 0 < precision <= MOST_DIGITS or not 0 <= scale <= precision:
        return ROUNDED
    return ColumnKind(f"decimal({precision},{scale})", _decimal)


def as_text(words: str) -> ColumnKind:
    """A type that only a text can hold, with the server's word for it."""
    return ColumnKind("text", _text, f"kept as text ({words})")
