"""Where the table of a sheet stands, as a person sees it: below its titles, under one header or several."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile, groupby, pairwise, takewhile
from typing import Any

from canvas_app.data.column_names import unique_names
from canvas_app.data.loose_rows import as_text

Row = Sequence[Any]
Merged = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell, each as row and column, counted from 0 at the beginning of the rows."""

HEADERS = ("auto", "none", "1", "2", "3")
_MOST_HEADERS = 4
_WIDE = 0.6
"""Share of the widest row that a row must fill to belong to the table."""
_NUMBER = re.compile(r"[+-]?\d[\d.,' ]*%?")


@dataclass(frozen=True)
class Sighted:
    """A table among the cells: rows and columns are counted from 0 at the beginning of what was looked at."""

    top: int
    """The first row of the header, or of the body where there is none."""
    body: int
    """The first row below the header."""
    left: int
    right: int
    """The column after the last."""
    names: tuple[str, ...]
    usual: int
    """How many cells of a row are filled as a rule."""
    solid: tuple[bool, ...]
    """Which columns hold no texts."""
    longest: int = 0
    """Letters of the longest text that begins a row of several values."""
    notes: tuple[str, ...] = ()

    @property
    def headers(self) -> int:
        """How many rows the header has."""
        return self.body - self.top

    def continues(self, row: Row) -> bool:
        """Whether a row that comes after a gap looks like the others."""
        filled = [(place, value) for place, value in enumerate(row) if not blank(value)]
        texts = sum(1 for place, value in filled if self.solid[place] and isinstance(value, str))
        return 2 * len(filled) >= self.usual and 2 * texts <= max(1, sum(self.solid))


def blank(value: Any) -> bool:
    """Whether a cell holds nothing that can be seen."""
    return value is None or (isinstance(value, str) and not value.strip())


def find_table(rows: Sequence[Row], merged: Sequence[Merged], header: str = "auto") -> Sighted | None:
    """The table in the first rows of a sheet, or None where there is nothing at all.

    ``header`` is one of ``HEADERS``: how many rows of names there are, if that is known.
    """
    span = _columns(rows)
    if span is None:
        return None
    left, right = span
    cells = [row[left:right] for row in rows]
    inner = [((a, b - left), (c, d - left)) for (a, b), (c, d) in merged if left <= b and d < right]
    grid = _Grid(cells, inner)
    top, body = grid.header(header)
    names, renamed = unique_names(grid.names(top, body))
    below = _first_run(cells[body:])
    counts = sorted(sum(not blank(value) for value in row) for row in below)
    solid = tuple(_solid([row[place] for row in below]) for place in range(right - left))
    usual = counts[len(counts) // 2] if counts else right - left
    begun = [row[0] for row in below if isinstance(row[0], str) and not all(map(blank, row[1:]))]
    longest = max(map(len, begun), default=0)
    return Sighted(top, body, left, right, names, usual, solid, longest, renamed)


class _Grid:
    """The cells of the columns in which the table stands."""

    def __init__(self, rows: Sequence[Row], merged: Sequence[Merged]) -> None:
        self._rows = rows
        self._merged = merged
        self._width = len(rows[0]) if rows else 0
        self._counts = [sum(not blank(value) for value in row) for row in rows]

    def header(self, wanted: str) -> tuple[int, int]:
        """The first row of the header, and the first below it."""
        top = self._first()
        if wanted == "none" or (wanted == "auto" and not self._is_header(top)):
            return top, top
        if wanted != "auto":
            return top, min(top + int(wanted), len(self._rows))
        body = top + 1
        while top > 0 and body - top < _MOST_HEADERS and self._groups(top - 1):
            top -= 1
        while body < len(self._rows) - 1 and body - top < _MOST_HEADERS and self._goes_on(body - 1):
            body += 1
        return top, body

    def names(self, top: int, body: int) -> list[str]:
        """What the columns are called: the words above each, from the top down."""
        lines = [self._spread(row, last=row == body - 1) for row in range(top, body)]
        names = []
        for place in range(self._width):
            words = [line[place] for line in lines if line[place]]
            once = [word for at, word in enumerate(words) if at == 0 or words[at - 1] != word]
            names.append(" ".join(once))
        return names

    def _first(self) -> int:
        """The first row that is about as wide as the table, in the largest part between blank rows."""
        best: list[int] = max(self._parts(), key=lambda part: sum(self._counts[row] for row in part))
        widest = max(self._counts[row] for row in best)
        enough = max(2, _WIDE * widest) if widest > 1 else 1
        return next(row for row in best if self._counts[row] >= enough)

    def _parts(self) -> list[list[int]]:
        """The rows between blank ones; parts that fill the same columns are one table with a gap."""
        parts: list[list[int]] = []
        extents: list[tuple[int, int]] = []
        for _, group in groupby(enumerate(self._counts), key=lambda item: item[1] > 0):
            rows = [place for place, count in group if count]
            if not rows:
                continue
            extent = _extent(list(zip(*(self._rows[row] for row in rows), strict=True)), (0, len(rows)))
            if extents and extents[-1] == extent:
                parts[-1] += rows
            else:
                parts.append(rows)
                extents.append(extent)
        return parts

    def _is_header(self, place: int) -> bool:
        """Whether a row holds names: words, or a series of years or dates beside words."""
        values = [value for value in self._rows[place] if not blank(value)]
        labels = [value for value in values if not _is_word(value)]
        years = all(_is_year(value) for value in labels)
        if years and (self._across(place) or all(isinstance(value, str) for value in labels)):
            return len(labels) < len(values) or bool(self._across(place))
        below = self._rows[place + 1] if place + 1 < len(self._rows) else ()
        if years and all(blank(value) or _is_word(value) for value in below) and not all(map(blank, below)):
            return True
        if len(values) == len(labels):
            return False
        shown = [as_text(value) for value in labels]
        rising = all(before < after for before, after in pairwise(shown))
        short = all(len(word) in (4, 10) for word in shown)
        return not labels or (len(labels) > 1 and rising and short)

    def _groups(self, place: int) -> bool:
        """Whether a row above the names puts columns into groups, and is no title."""
        values = [value for value in self._rows[place] if not blank(value)]
        spans = [a for a, b in self._across(place) if b - a + 1 < self._width]
        if not values or not all(_is_word(value) or _is_year(value) for value in values):
            return False
        return bool(spans) or (1 < len(values) < self._width)

    def _goes_on(self, place: int) -> bool:
        """Whether the names go on in the next row."""
        below = [value for value in self._rows[place + 1] if not blank(value)]
        if not below or not all(_is_word(value) or _is_year(value) for value in below):
            return False
        down = any(a <= place < c for (a, _), (c, _) in self._merged)
        if down or any(b > a for a, b in self._across(place)):
            return True
        gaps = [at for at, value in enumerate(self._rows[place]) if blank(value)]
        after = [value for row in self._rows[place + 2 : place + 4] for value in row if not blank(value)]
        filled = all(not blank(self._rows[place + 1][at]) for at in gaps)
        return bool(gaps) and filled and any(not isinstance(value, str) for value in after)

    def _across(self, place: int) -> list[tuple[int, int]]:
        """First and last column of the cells that were merged in a row."""
        return [(b, d) for (a, b), (c, d) in self._merged if a <= place <= c and d > b]

    def _spread(self, place: int, *, last: bool) -> list[str]:
        """The words of a row of the header, in each column for which they stand."""
        words = [_words(value) for value in self._rows[place]]
        for (a, b), (c, d) in self._merged:
            if a <= place <= c:
                words[b : d + 1] = [_words(self._rows[a][b])] * (d + 1 - b)
        if last or self._merged:
            return words
        for at in range(
            1, self._width
        ):  # merged cells aren't told of: what is named below belongs to the left
            if not words[at] and not blank(self._rows[place + 1][at]):
                words[at] = words[at - 1]
        return words


def _columns(rows: Sequence[Row]) -> tuple[int, int] | None:
    """The columns in which most cells are filled, without an empty column that parts two tables."""
    counts = [sum(not blank(value) for value in column) for column in zip(*rows, strict=True)]
    runs: list[tuple[int, int]] = []
    for place, count in enumerate(counts):
        if count and runs and runs[-1][1] == place:
            runs[-1] = (runs[-1][0], place + 1)
        elif count:
            runs.append((place, place + 1))
    if not runs:
        return None
    best = max(runs, key=lambda run: sum(counts[run[0] : run[1]]))
    extent = _extent(rows, best)
    alike = [run for run in runs if run == best or _extent(rows, run) == extent]
    return min(run[0] for run in alike), max(run[1] for run in alike)


def _extent(rows: Sequence[Row], run: tuple[int, int]) -> tuple[int, int]:
    filled = [place for place, row in enumerate(rows) if not all(map(blank, row[run[0] : run[1]]))]
    return filled[0], filled[-1]


def _first_run(rows: Sequence[Row]) -> list[Row]:
    """The rows up to the first gap."""
    filled = dropwhile(lambda row: all(map(blank, row)), rows)
    return list(takewhile(lambda row: not all(map(blank, row)), filled))


def _solid(values: Sequence[Any]) -> bool:
    filled = [value for value in values if not blank(value)]
    return bool(filled) and sum(isinstance(value, str) for value in filled) * 2 < len(filled)


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and not _NUMBER.fullmatch(value.strip())


def _is_year(value: Any) -> bool:
    if isinstance(value, datetime.date):
        return True
    return not isinstance(value, bool) and bool(re.fullmatch(r"(19|20)\d\d", as_text(value).strip()))


def _words(value: Any) -> str:
    return "" if blank(value) else " ".join(as_text(value).split())
