"""Values as a person reads them: spaced by the locale, short, and always plain text."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale

if TYPE_CHECKING:
    import pyarrow

LONGEST = 200
"""Signs of a text that are ever laid out; the rest is looked at elsewhere."""
_FIRM_SPACE = "\u00a0"
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_BREAKS = re.compile(r"\s*[\r\n\v\f\u2028\u2029]+\s*")
_EMPTY_FRACTION = re.compile(r"(\.\d*?)0+(?=$|Z|[+-])")


def column_texts(column: pyarrow.ChunkedArray) -> list[str | None]:
    """The cells of a column as they are shown; None for a blank."""
    import pyarrow

    kind = column.type
    if pyarrow.types.is_temporal(kind) and not pyarrow.types.is_duration(kind):
        return [_time(text) for text in column.cast(pyarrow.string()).to_pylist()]
    return [None if value is None else text_of(value) for value in column.to_pylist()]


def raw_texts(column: pyarrow.ChunkedArray) -> list[str]:
    """The cells of a column as another program reads them: whole, unspaced, blanks empty."""
    import pyarrow

    kind = column.type
    if pyarrow.types.is_temporal(kind) and not pyarrow.types.is_duration(kind):
        return [_time(text) or "" for text in column.cast(pyarrow.string()).to_pylist()]
    return ["" if value is None else _raw(value) for value in column.to_pylist()]


def text_of(value: Any) -> str:
    """One value as it is shown."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return spaced(f"{value:,}")
    if isinstance(value, float | Decimal):
        return _number(float(value))
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    return short(value if isinstance(value, str) else str(value))


def short(text: str, longest: int = LONGEST) -> str:
    """One line of a text, cut where it is too long to be laid out."""
    cut = text[: longest + 1]
    line = _BREAKS.sub(" ⏎ ", cut).replace("\t", " ").replace("\0", "")
    return line if len(text) <= longest else f"{line[:longest]}…"


def spaced(number: str) -> str:
    """A number written with commas and a point, with the signs of the person's locale instead."""
    locale = QLocale()
    plain = locale.language() == QLocale.Language.C
    group = _FIRM_SPACE if plain else locale.groupSeparator()
    point = "." if plain else locale.decimalPoint()
    return number.translate({ord(","): group, ord("."): point, ord("-"): "−"})


def with_spaces(words: str) -> str:
    """Words whose numbers are written with commas, with the signs of the person's locale in these."""
    return _THOUSANDS.sub(spaced(","), words)


def percent(share: float) -> str:
    """A share of 0 to 1 in percent, with a decimal where it is small."""
    amount = share * 100
    if 0 < amount < 0.1:
        return spaced("< 0.1 %")
    digits = 0 if amount >= 10 or amount == 0 else 1
    return spaced(f"{amount:.{digits}f} %")


def _number(value: float) -> str:
    if math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    size = abs(value)
    if size >= 1e15 or 0 < size < 1e-4:
        return spaced(f"{value:.6g}")
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return spaced(text if text not in ("-0", "") else "0")


def _time(text: str | None) -> str | None:
    return None if text is None else _EMPTY_FRACTION.sub(lambda found: found[1].rstrip("."), text, count=1)


def _raw(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return value.hex()
    return str(value)
