"""Rows that don't fit their table: what explains them, or why they are put aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from canvas_app.data.text.cell_kind import TYPED, kind_of
from canvas_app.data.text.grammar import Grammar, Record, by_borders
from canvas_app.data.text.layout import Layout

TOO_MANY = "too many values"
TOO_FEW = "too few values"
NO_END = "a quote that does not end"
REMARK = "a remark between the rows"
AGAIN = "the header again"
_PATIENCE = 2_000
_SIGNS = (",", ";", "\t", "|")
_QUOTES = ('"', "'")


@dataclass
class Mending:
    """Makes rows fit where one explanation does, and says why where none does; counts what it did."""

    grammar: Grammar
    layout: Layout
    header: tuple[str, ...] = ()
    padded: int = 0
    otherwise: int = 0
    """Rows that were read with another delimiter or quote."""
    blank: int = 0
    comments: int = 0
    reason: str = ""
    """Why the last row was put aside."""
    _tried: int = 0
    _typed: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep the typed columns at hand."""
        self._typed = dict(self.layout.typed)

    def fit(self, record: Record) -> list[str] | None:
        """The values as the table has them; nothing for what is put aside, with its ``reason``."""
        width = self.layout.width + self.layout.cut
        cells = record.cells
        if record.open:
            self.reason = NO_END
            return None
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            return cells[: self.layout.width]
        if len(cells) == width:
            return self._full(record)
        again = self._otherwise(record, width)
        if again is not None:
            self.otherwise += 1
            return again[: self.layout.width]
        if len(cells) > width:
            self.reason = TOO_MANY
            return None
        return self._short(cells)

    def _full(self, record: Record) -> list[str] | None:
        cells = record.cells
        if self.header and tuple(cells) == self.header:
            self.reason = AGAIN
            return None
        if cells[0][:1] in _QUOTES and (bare := _unquoted(cells, self.grammar)):
            self.otherwise += 1
            return bare[: self.layout.width]
        if self.layout.cut and any(cell.strip() for cell in cells[self.layout.width :]):
            self.reason = TOO_MANY
            return None
        return cells[: self.layout.width] if self.layout.cut else cells

    def _short(self, cells: list[str]) -> list[str] | None:
        if self._is_remark(cells):
            self.reason = REMARK
            return None
        if len(cells) < self.layout.width:
            self.padded += 1
        return [*cells, *[""] * (self.layout.width - len(cells))][: self.layout.width]

    def _is_remark(self, cells: list[str]) -> bool:
        """A line of words where a number or a date would be, and nothing else, is no row."""
        if self.layout.width < 3 or sum(bool(cell.strip()) for cell in cells) > 1:
            return False
        return 0 in self._typed and kind_of(cells[0]) in ("word", "phrase", "odd")

    def _otherwise(self, record: Record, width: int) -> list[str] | None:
        """The values by another grammar which gives as many as there should be."""
        if len(record.lines) > 1 or self._hopeless():
            return None
        self._tried += 1
        line = record.text
        for read in self._readings():
            cells = read(line)
            if cells is not None and len(cells) == width and self._likely(cells):
                return cells
        return None

    def _hopeless(self) -> bool:
        """Whether so many rows fit no other grammar either that trying on would only cost time."""
        return self._tried > _PATIENCE and self.otherwise * 20 < self._tried

    def _readings(self) -> list[Callable[[str], list[str] | None]]:
        own = self.grammar
        signs = [sign for sign in _SIGNS if sign != own.delimiter]
        quotes = [quote for quote in _QUOTES if quote != own.quote]
        found: list[Callable[[str], list[str] | None]] = [lambda line: by_borders(line, own)]
        found += [_by(replace(own, delimiter=sign)) for sign in signs]
        found += [_by(replace(own, quote=quote)) for quote in quotes]
        found.append(lambda line: _unwrapped(line, own))
        return found

    def _likely(self, cells: list[str]) -> bool:
        """Whether the values are of the kinds of their columns, as far as these have one."""
        if not self._typed:
            return len(cells) > 1
        fits = sum(
            kind_of(cells[place]) in (*TYPED, "blank", "missing")
            for place in self._typed
            if place < len(cells)
        )
        return fits * 2 >= len(self._typed)


def reread(record: Record, grammar: Grammar, width: int) -> Record:
    """A record of the beginning, by the one other grammar which gives as many values as the table has."""
    cells: list[str] | None = None
    if len(record.cells) == width and record.cells[0][:1] in _QUOTES:
        cells = _unquoted(record.cells, grammar)
    elif len(record.cells) == 1 and len(record.lines) == 1 and width > 2:
        tried = (by_borders(record.text, replace(grammar, delimiter=sign)) for sign in _SIGNS)
        cells = next((found for found in tried if found and len(found) == width), None)
    return replace(record, cells=cells) if cells else record


def _unquoted(cells: list[str], grammar: Grammar) -> list[str] | None:
    """The values of a row that is quoted in another way: each by itself, or all together."""
    mark = cells[0][0]
    if mark == grammar.quote or len(cells) < 2:
        return None
    filled = [cell for cell in cells if cell]
    if all(len(cell) > 1 and cell[0] == cell[-1] == mark for cell in filled):
        return [cell[1:-1].replace(mark * 2, mark) for cell in cells]
    if mark == '"' and sum(cell.count(mark) for cell in cells) == 2 and cells[-1].endswith(mark):
        return [cells[0][1:], *cells[1:-1], cells[-1][:-1]]
    return None


def _by(grammar: Grammar) -> Callable[[str], list[str] | None]:
    return lambda line: by_borders(line, grammar)


def _unwrapped(line: str, grammar: Grammar) -> list[str] | None:
    """A whole row that was quoted as if it were one value."""
    quote, bare = grammar.quote or '"', line.strip()
    if len(bare) < 2 or bare[0] != quote or bare[-1] != quote:
        return None
    return by_borders(bare[1:-1].replace(quote * 2, quote), grammar)
