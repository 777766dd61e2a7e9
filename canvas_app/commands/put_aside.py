"""Says where the rows lie that an import put aside."""

from __future__ import annotations

import csv
from pathlib import Path

_FEW = 8


def kept_aside(table: Path) -> Path | None:
    """The file beside a table that holds the rows which did not fit it, if there are any."""
    path = table.with_suffix(".rejected.csv")
    return path if path.exists() else None


def aside_words(aside: Path | None, source: Path, *, stays: bool) -> tuple[str, ...]:
    """Which lines of the source they are and, where their file stays, its path; nothing without any."""
    if aside is None:
        return ()
    with aside.open(encoding="utf-8", newline="") as file:
        numbers = [row["line"] for row in csv.DictReader(file)]
    words = f"Put aside: {_lines(numbers)} of {source.name}."
    return (f"{words} Kept, with the reasons, in {aside}." if stays else words,)


def _lines(numbers: list[str]) -> str:
    shown, more = numbers[:_FEW], len(numbers) - _FEW
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    if more > 0:
        return f"lines {', '.join(shown)} and {more:,} more"
    return f"lines {', '.join(shown[:-1])} and {shown[-1]}"
