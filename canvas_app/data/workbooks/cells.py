"""Ranges as spreadsheets write them, such as B3:F200."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from canvas_app.base.errors import CanvasError, Where
from canvas_app.data.workbooks.sight import Row, Sighted

_RANGE = re.compile(r"\$?([A-Z]{0,3})\$?(\d{0,7})(?::\$?([A-Z]{0,3})\$?(\d{0,7}))?", re.IGNORECASE)


@dataclass(frozen=True)
class Area:
    """Part of a sheet, counted from 0; the ends are not part of it, and None is the end of the sheet."""

    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None

    def of(self, rows: Iterator[Row], before: int) -> tuple[tuple[int, int], Iterator[Row]]:
        """The rows that lie in it, and where; each row lacks its first ``before`` cells already."""
        cut = max(0, self.left - before)
        last = None if self.right is None else max(0, self.right - before)
        inner = (row[cut:last] for row in islice(rows, self.top, self.bottom))
        return (self.top, before + cut), inner


def area_of(text: str) -> Area:
    """The area that a range names: B3:F200, B:F, 3:20, or B3 for all from there; raises ``CanvasError``."""
    found = _RANGE.fullmatch(text.strip())
    area = _area(*found.groups()) if found else None
    if area is None:
        raise CanvasError(
            f"{text} is no range of cells.",
            hint="Write it as B3:F200, or B:F for whole columns, or B3 for all from there on.",
            where=Where(field="range"),
        )
    return area


def _area(left: str, top: str, right: str | None, bottom: str | None) -> Area | None:
    """The area between two corners, unless the second stands above or before the first."""
    first_row, first_column = int(top or 1) - 1, column_of(left) - 1 if left else 0
    last_row = int(bottom) if bottom else None
    last_column = column_of(right) if right else None
    if (
        first_row < 0
        or (last_row or first_row + 1) <= first_row
        or (last_column or first_column + 1) <= first_column
    ):
        return None
    return Area(first_row, first_column, last_row, last_column)


def column_of(letters: str) -> int:
    """The number of a column, from 1: AB is 28."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def letters_of(number: int) -> str:
    """The letters of a column by its number, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def words_of(table: Sighted, place: tuple[int, int], rows: int) -> str:
    """The range of a table, header included, as a person may write it again."""
    top, left = place
    first, last = letters_of(left + table.left + 1), letters_of(left + table.right)
    return f"{first}{top + table.top + 1}:{last}{top + table.body + rows}"
