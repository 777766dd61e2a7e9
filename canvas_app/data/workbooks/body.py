"""The rows below a header, up to where the table ends; what is passed over is counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from canvas_app.base.words import counted
from canvas_app.data.loose_rows import BATCH
from canvas_app.data.workbooks.sight import Row, Sighted

ERRORS = frozenset({"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"})
_NARROW = 3
"""Columns from which a single text below the table is a footnote and no row."""


@dataclass
class Passed:
    """What was not taken."""

    blank: int = 0
    footnotes: int = 0
    below: int = 0
    aside: bool = False
    """Whether there are values beside the table."""
    errors: int = 0
    """Cells with an error such as #DIV/0! written as a text."""

    def notes(self) -> Iterator[str]:
        """What a person should know about it."""
        if self.blank:
            yield f"{_are(self.blank, 'row')} blank and left out."
        if self.footnotes:
            yield f"{_are(self.footnotes, 'footnote')} left out below the table."
        if self.below:
            yield f"{_are(self.below, 'row')} left out below the table: choose a range to read them."
        if self.aside:
            yield "Cells beside the table were left out: choose a range to read them."


class Body:
    """Batches of columns from the rows of a sheet."""

    def __init__(self, table: Sighted, *, whole: bool) -> None:
        """``whole``: every row belongs to the table, as when a person gave the range."""
        self.passed = Passed()
        self.rows = 0
        self._table = table
        self._whole = whole
        self._held: list[Row] = []
        self._gap = 0

    def batches(self, rows: Iterable[Row]) -> Iterator[dict[str, list[Any]]]:
        """The values of each column, up to ``BATCH`` rows at once; ``rows`` begin below the header."""
        batch: list[Row] = []
        for row in self._taken(iter(rows)):
            batch.append(row)
            if len(batch) == BATCH:
                yield self._turned(batch)
                batch = []
        if batch:
            yield self._turned(batch)

    def _taken(self, rows: Iterator[Row]) -> Iterator[Row]:
        left, right = self._table.left, self._table.right
        for row in rows:
            cells = row[left:right]
            if cells.count("") != right - left:
                yield from self._kept(row, cells)
            else:
                self._gap += 1
            if self.passed.below:
                self.passed.below += sum(1 for rest in rows if rest.count("") != len(rest))
        self.passed.footnotes += len(self._held)

    def _kept(self, row: Row, cells: Row) -> Iterator[Row]:
        if self._gap and not self._whole and self.rows + len(self._held) and not self._table.continues(cells):
            self.passed.below = 1
            return
        self.passed.blank += self._gap
        self._gap = 0
        if not self._whole and self._is_footnote(cells):
            self._held.append(row)
            return
        self.rows += 1 + len(self._held)
        yield from self._held
        self._held = []
        yield row

    def _is_footnote(self, cells: Row) -> bool:
        """A single text in the first column of a wide table, which is unlike those above it."""
        if len(cells) < _NARROW or not isinstance(cells[0], str) or cells.count("") != len(cells) - 1:
            return False
        return cells[0] != "" and (self._table.solid[0] or len(cells[0]) > self._table.longest)

    def _turned(self, batch: list[Row]) -> dict[str, list[Any]]:
        columns = list(zip(*batch, strict=True))
        left, right = self._table.left, self._table.right
        beside = columns[:left] + columns[right:]
        if any(column.count("") != len(column) for column in beside):
            self.passed.aside = True
        inner = columns[left:right]
        return {name: self._values(column) for name, column in zip(self._table.names, inner, strict=True)}

    def _values(self, column: tuple[Any, ...]) -> list[Any]:
        if not ERRORS.isdisjoint({value for value in column if type(value) is str and value[:1] == "#"}):
            self.passed.errors += sum(1 for value in column if value in ERRORS)
            return [None if value == "" or value in ERRORS else value for value in column]
        return [None if value == "" else value for value in column]


def _are(count: int, what: str) -> str:
    return f"{counted(count, what)} {'is' if count == 1 else 'are'}"
