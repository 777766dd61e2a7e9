"""Numbers with their nouns and units, as every floor writes them."""

from __future__ import annotations


def counted(count: int, noun: str, plural: str = "") -> str:
    """A number with its noun, in the plural where it is not one: ``1 row``, ``2,000 rows``."""
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def duration(seconds: float) -> str:
    """A span of time in its two largest units: ``8.4 s``, ``3 min 20 s``, ``2 h 5 min``.

    Whole seconds, such as those of a clock that runs, have no tenths.
    """
    if seconds < 10 and not isinstance(seconds, int):
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
