"""Numbers as a person reads them: three digits that matter, thousands spaced, a true minus."""

from __future__ import annotations

import math

_SPACE = "\u00a0"


def number(value: float) -> str:
    """A number with three significant digits, or all of those before the point."""
    if not math.isfinite(value):
        return "–"
    size = abs(value)
    if size and (size >= 1e9 or size < 1e-6):
        return f"{value:.2e}".replace("-", "−")
    decimals = 0 if float(value).is_integer() else max(0, 2 - math.floor(math.log10(size)))
    return f"{value:,.{decimals}f}".replace(",", _SPACE).replace("-", "−")


def signed(value: float) -> str:
    """A number with its sign written out, for a contribution."""
    return f"+{number(value)}" if value > 0 else number(value)


def step(value: float, largest: float) -> str:
    """A contribution beside others; what is next to nothing against the ``largest`` says so."""
    return "about 0" if 0 < abs(value) < abs(largest) / 1000 else signed(value)


def share(value: float) -> str:
    """A part of one as a percentage."""
    return f"{100 * value:.1f} %"


def count(value: int, noun: str) -> str:
    """So many of a thing: ``1 row``, ``9 769 rows``."""
    return f"{number(value)} {noun}" if value == 1 else f"{number(value)} {noun}s"


def paragraph(*sentences: str) -> str:
    """Sentences one after the other; those that say nothing are left out."""
    return " ".join(filter(None, sentences))


def cell(value: object) -> str:
    """A value of a table in a label; what is blank says so."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "blank"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return number(value)
    text = " ".join(str(value).split())
    return text if len(text) <= 28 else f"{text[:27]}…"
