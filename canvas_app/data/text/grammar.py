"""The grammar of a delimited file, and the records that it makes of lines; one stray quote costs one row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

END_OF_FILE = "\x1a"
"""With which some old programs end a text."""
LONGEST_CELL = 1 << 24
LONGEST_RECORD = 2_000
"""Lines that one quoted value may span before its quote is taken for a stray one."""
_ENDS = ("\n", "\r")
_DELIMITER = "\ue000"
_QUOTE = "\ue001"
_BACKSLASH = "\ue002"
_ESCAPED = "\ue003"
_EDGES = re.compile(r"^ +| +(?=[\r\n]*$)")
_STAND_INS = re.compile("[\ue000-\ue003]")

csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True)
class Grammar:
    """What parts the values, what quotes them, and how a quote stands inside of quotes."""

    delimiter: str = ","
    """Empty where every line is one value."""
    quote: str = '"'
    """Empty where nothing is quoted."""
    escape: str = ""
    """Empty where a quote is written twice."""
    trim: bool = False
    """Whether spaces beside the values are no part of them."""

    @property
    def sign(self) -> str:
        """The one letter by which the values are parted once ``masked`` has put it in."""
        return self.delimiter if len(self.delimiter) == 1 else _DELIMITER

    @property
    def plain(self) -> bool:
        """Whether lines can be taken as they are."""
        return len(self.delimiter) == 1 and not self.escape and self.delimiter != " "

    def masked(self, line: str) -> str:
        """The line with stand-ins for what the ``csv`` module can't tell apart."""
        if self.escape:
            line = self._escapes.sub(_mask, line)
            line = line.replace(_ESCAPED + self.delimiter, _ESCAPED) if self.delimiter else line
        if len(self.delimiter) > 1:
            line = line.replace(self.delimiter, _DELIMITER)
        return _EDGES.sub("", line) if self.delimiter == " " else line

    def unmasked(self, cell: str) -> str:
        """The value with its own letters in place of the stand-ins."""
        if not _STAND_INS.search(cell):
            return cell
        back = {_DELIMITER: self.delimiter, _QUOTE: self.quote, _BACKSLASH: "\\", _ESCAPED: self.delimiter}
        return _STAND_INS.sub(lambda found: back[found[0]], cell)

    def cells(self, raw: list[str]) -> list[str]:
        """The values of one record as ``csv`` gave them, made whole."""
        if not self.plain:
            raw = [self.unmasked(cell) for cell in raw]
        return [cell.strip(" ") for cell in raw] if self.trim else raw

    def reader(self, lines: Iterable[str]) -> Iterator[list[str]]:
        """The ``csv`` reader over lines that are masked already."""
        quoting: Literal[0, 3] = 0 if self.quote else 3  # QUOTE_MINIMAL and QUOTE_NONE
        return csv.reader(
            lines,
            delimiter=self.sign,
            quotechar=self.quote or None,
            quoting=quoting,
            skipinitialspace=self.trim,
            doublequote=True,
        )

    @property
    def _escapes(self) -> re.Pattern[str]:
        meant = re.escape(self.quote) + r"\\" + (re.escape(self.delimiter[:1]) if self.delimiter else "")
        return re.compile(rf"\\([{meant}])")


@dataclass
class Record:
    """The values of one row, where it begins, and the lines it was made from."""

    line: int
    cells: list[str]
    lines: list[str] = field(default_factory=list)
    open: bool = False
    """Whether a quote was opened and never closed."""

    @cached_property
    def blank(self) -> bool:
        """Whether nothing is in it."""
        return not any(cell and not cell.isspace() and cell != END_OF_FILE for cell in self.cells)

    @property
    def text(self) -> str:
        """The lines as they stand in the file."""
        return "".join(self.lines).rstrip("\r\n")


class Records:
    """The records of lines, one after the other; a quote that runs away is held to its own line."""

    def __init__(self, lines: Iterator[str], grammar: Grammar, first: int = 1) -> None:
        self._source = lines
        self._grammar = grammar
        self._pushed: list[str] = []
        self._taken: list[str] = []
        self._next = first
        self._bare = grammar.plain and not grammar.trim
        self._reader = grammar.reader(self._feed())

    def __iter__(self) -> Iterator[Record]:
        """Every record, blank ones too."""
        while (record := self.next()) is not None:
            yield record

    def next(self) -> Record | None:
        """The next record, or nothing at the end."""
        self._taken = []
        try:
            raw = next(self._reader)
        except StopIteration:
            return None
        except csv.Error:
            return self._held()
        if raw and raw[-1][-1:] in _ENDS and self._is_open(raw):
            return self._held()
        if len(self._taken) > 1 and self._ran_away():
            return self._held()
        return self._record(raw if self._bare else self._grammar.cells(raw))

    def split(self, record: Record) -> Record:
        """Only the first line of a record of many lines, read by itself; the others come again."""
        self._taken = record.lines
        self._next = record.line
        return self._held()

    def _record(self, cells: list[str], *, is_open: bool = False) -> Record:
        record = Record(self._next, cells, self._taken, is_open)
        self._next += len(self._taken)
        return record

    def _held(self) -> Record:
        """The first line alone; the others are read again."""
        first, rest = self._taken[0], self._taken[1:]
        self._pushed += rest[::-1]
        self._taken = [first]
        self._reader = self._grammar.reader(self._feed())
        cells = by_borders(first, self._grammar)
        return self._record(cells or [first.rstrip("\r\n")], is_open=cells is None)

    def _is_open(self, raw: list[str]) -> bool:
        quote = self._grammar.quote
        if not quote:
            return False
        bare = self._taken[-1].rstrip("\r\n")
        return not bare.endswith(quote) or raw[-1].rstrip("\r\n").endswith(quote)

    def _ran_away(self) -> bool:
        """Whether what closed the quote looks like one that opens: ``3,"no end`` up to ``5,"next"``."""
        quote, sign = self._grammar.quote, self._grammar.sign
        if len(self._taken) > LONGEST_RECORD:
            return True
        last = self._grammar.masked(self._taken[-1])
        at = last.find(quote)
        if at < 0 or last[at + 1 : at + 2] in ("", sign, quote, "\r", "\n"):
            return False
        return at == 0 or last[at - 1] == sign

    def _feed(self) -> Iterator[str]:
        plain, masked = self._grammar.plain, self._grammar.masked
        while True:
            line = self._pushed.pop() if self._pushed else next(self._source, None)
            if line is None:
                return
            if not line.endswith(("\n", "\r")):
                line += "\n"
            self._taken.append(line)
            if len(self._taken) > LONGEST_RECORD + 1:
                return
            yield line if plain else masked(line)


def by_borders(line: str, grammar: Grammar) -> list[str] | None:
    """The values of one line where only quotes beside a delimiter count; none if one stays open."""
    text = grammar.masked(line).rstrip("\r\n")
    quote, sign = grammar.quote, grammar.sign
    if not quote:
        return grammar.cells(text.split(sign))
    cells, at = [], 0
    while at <= len(text):
        start = at
        while grammar.trim and text[start : start + 1] == " ":
            start += 1
        if text[start : start + len(quote)] != quote:
            end = text.find(sign, at)
            end = len(text) if end < 0 else end
            cells.append(text[at:end])
        else:
            closing = _closing(text, start + 1, quote, sign)
            if closing is None:
                return None
            cells.append(text[start + 1 : closing].replace(quote * 2, quote))
            end = closing + 1
        at = end + 1
    return grammar.cells(cells)


def _closing(text: str, start: int, quote: str, sign: str) -> int | None:
    """Where the quote stands that a delimiter or the end of the line follows."""
    at = text.find(quote, start)
    while at >= 0:
        after = text[at + 1 : at + 2]
        if after in ("", sign) and not _doubled(text, at, start, quote):
            return at
        at = text.find(quote, at + 1)
    return None


def _doubled(text: str, at: int, start: int, quote: str) -> bool:
    """Whether the quote at that place is the second of a pair that stands for one, with an end to come."""
    run = 0
    while at - run > start and text[at - run - 1] == quote:
        run += 1
    return run % 2 == 1 and text.find(quote, at + 1) >= 0 and text[at + 1 : at + 2] != ""


def _mask(found: re.Match[str]) -> str:
    letter = found[1]
    if letter == "\\":
        return _BACKSLASH
    return _QUOTE if letter in "\"'`" else _ESCAPED
