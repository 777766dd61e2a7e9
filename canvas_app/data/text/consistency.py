"""How consistent the table is that a grammar makes of a sample: the measure by which grammars are chosen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from canvas_app.data.text.cell_kind import TYPED, kind_of
from canvas_app.data.text.grammar import Grammar, Records

_LINES = 400
_WORTH = {
    "blank": 0.85,
    "missing": 0.9,
    "number": 1.0,
    "money": 1.0,
    "moment": 1.0,
    "date": 1.0,
    "time": 1.0,
    "address": 1.0,
    "switch": 1.0,
    "list": 0.8,
    "word": 0.9,
    "phrase": 0.75,
    "odd": 0.15,
}
_RESIDUE = 0.1
_ONE_COLUMN = 0.14
"""The worth of a table of one column: what no grammar splits with some regularity."""
_WHOLE = frozenset(("moment", "date", "time", "address", "money"))
ODD = frozenset(":+-/=_.*&@#%$")
"""Signs that numbers, dates, times and addresses are full of."""
_WHOLE_COLUMN = 3.0
"""How much more one column is worth whose lines are dates, times or addresses, which other signs part too."""
_MARKS = "\"'`“”þ"
_TWICE = {mark: re.compile(rf"{mark}(?:[^{mark}]|{mark}{mark})+{mark}") for mark in "\"'"}
"""A whole value in quotes, inside of which quotes only stand in pairs."""


@dataclass(frozen=True)
class Judged:
    """A grammar, how consistent its table is, and of how many columns."""

    grammar: Grammar
    score: float
    width: int


def judge(grammar: Grammar, lines: Sequence[str], prior: float = 1.0) -> Judged:
    """Score a grammar on the first lines; spaces beside the values are found on the way."""
    rows = [record.cells for record in Records(iter(lines[:_LINES]), grammar) if not record.blank]
    spaced = _quotes_after_spaces(grammar, lines) or _padded(rows)
    if grammar.delimiter not in ("", " ") and not grammar.trim and spaced:
        grammar = replace(grammar, trim=True)
        rows = [record.cells for record in Records(iter(lines[:_LINES]), grammar) if not record.blank]
    if grammar.delimiter == " ":
        grammar = replace(grammar, trim=True)
        rows = [record.cells for record in Records(iter(lines[:_LINES]), grammar) if not record.blank]
    if not rows:
        return Judged(grammar, 0.0, 0)
    width = _width(rows)
    fitting = [row for row in rows if len(row) == width]
    if grammar.delimiter and width == 1:
        return Judged(grammar, 0.0, width)
    score = _pattern(rows, width) * _worth(fitting, grammar) * prior * _plausible(fitting, grammar, lines)
    return Judged(grammar, score, width)


def holds_values(lines: Sequence[str]) -> bool:
    """Whether nearly every line as a whole is one number, date, time or address."""
    bare = [line.strip() for line in lines[1:_LINES] if line.strip()]
    whole = sum(kind_of(line) in _WHOLE | {"number"} and " " not in line for line in bare)
    return bool(bare) and whole >= 0.8 * len(bare)


def _quotes_after_spaces(grammar: Grammar, lines: Sequence[str]) -> bool:
    """Whether quotes stand behind a delimiter and a space rather than right behind a delimiter."""
    if not grammar.quote or not grammar.delimiter:
        return False
    text = "".join(lines[:_LINES])
    spaced = text.count(f"{grammar.delimiter} {grammar.quote}")
    return spaced > 3 * text.count(f"{grammar.delimiter}{grammar.quote}")


def _padded(rows: Sequence[list[str]]) -> bool:
    """Whether nearly every value but the first of its row begins with a space."""
    cells = [cell for row in rows for cell in row[1:] if cell.strip()]
    spaced = sum(cell.startswith(" ") for cell in cells)
    return len(cells) >= 2 and spaced >= 0.95 * len(cells)


def _width(rows: Sequence[list[str]]) -> int:
    counts = Counter(map(len, rows))
    return max(counts, key=lambda width: (counts[width] * (width - 1 + _ONE_COLUMN) / width, width))


def _pattern(rows: Sequence[list[str]], width: int) -> float:
    """The share of rows of one width, or of the width of a neighbour; more columns are worth more."""
    if width == 1:
        return _ONE_COLUMN
    lengths = [len(row) for row in rows]
    first = lengths.index(width)
    last = len(lengths) - lengths[::-1].index(width)
    around = len(lengths) - (last - first)
    inner = lengths[first:last]
    same = sum(length == width for length in inner) / len(inner)
    beside = [a == b for a, b in pairwise(inner)] or [True]
    local = sum(beside) / len(beside)
    outside = 1 - 0.3 * around / len(lengths) - (0.4 if around > len(inner) else 0.0)
    regular = (0.7 * same + 0.3 * local) ** 2
    sure = 1.0 if len(inner) > 1 else 0.8
    return regular * outside * sure * (width - 1 + _ONE_COLUMN) / width


def _worth(rows: Sequence[list[str]], grammar: Grammar) -> float:
    """The mean worth of the cells; a column of one kind counts more than one of many."""
    columns = list(zip(*rows, strict=True))[:200]
    if not columns:
        return 0.0
    total = 0.0
    for column in columns:
        kinds = [kind_of(cell) for cell in column]
        mean = sum(_cell(cell, kind, grammar) for cell, kind in zip(column, kinds, strict=True)) / len(column)
        total += mean * _agreement(kinds)
    return total / len(columns)


def _agreement(kinds: Sequence[str]) -> float:
    filled = Counter(kind for kind in kinds if kind not in ("blank", "missing"))
    if not filled:
        return 0.7
    kind, count = filled.most_common(1)[0]
    share = count / sum(filled.values())
    return (0.9 + 0.2 * share) if kind in TYPED else (0.9 + 0.05 * share)


def _cell(cell: str, kind: str, grammar: Grammar) -> float:
    bare = cell.strip()
    if kind in ("odd", "phrase", "word", "list") and bare:
        if bare[0] in _MARKS and grammar.quote != bare[0] and (bare[-1] in _MARKS) and len(bare) > 1:
            return 0.05
        if (bare[0] in '"' or bare[-1] in '"') and bare.count('"') % 2:
            return 0.2
        if not grammar.quote and any(sign in bare for sign in ";\t|" if sign != grammar.delimiter):
            return _RESIDUE
        if any(sign in bare for sign in "\t|") or bare.count(";") > 2:
            return 3 * _RESIDUE
        if grammar.delimiter in (";", "\t", "|", ""):
            return _WORTH[kind]
        return _WORTH[kind] * (0.8 if ", " not in bare and "," in bare else 1.0)
    return _WORTH[kind]


def _plausible(rows: Sequence[list[str]], grammar: Grammar, lines: Sequence[str]) -> float:
    """What speaks against a grammar beyond its cells."""
    columns = list(zip(*rows, strict=True))
    factor = 1.0
    if len(columns) == 1:
        kinds = [kind_of(cell) for cell in columns[0][1:]]
        whole = bool(kinds) and sum(kind in _WHOLE for kind in kinds) >= 0.8 * len(kinds)
        return _WHOLE_COLUMN if whole else 1.0
    empty = [not any(cell.strip() for cell in column) for column in columns]
    if len(columns) > 2 and all(empty[1::2]):  # one sign of a delimiter of two
        factor *= 0.3
    if grammar.delimiter in (" ", ":", "-", "_", "/", "=", "+", "&", "@", "#"):
        body = [[kind_of(cell) for cell in column[1:]] for column in columns]
        typed = sum(
            bool(kinds) and sum(kind in TYPED for kind in kinds) >= 0.8 * len(kinds) for kinds in body
        )
        quoted = grammar.quote != ""
        factor *= 1.0 if typed or quoted else 0.3
    if any(_trailing(column, grammar.delimiter) for column in columns):
        factor *= 0.3
    if not grammar.quote and (any(map(_wrapped, columns)) or any(map(_doubled, columns))):
        factor *= 0.5
    if grammar.quote and not _balanced(rows, grammar, lines):
        factor *= 0.6
    return factor


def _trailing(column: Sequence[str], delimiter: str) -> bool:
    """Whether nearly every value ends in the same mark: it parts the values, and not the sign tried."""
    filled = [cell for cell in column if len(cell) > 1]
    if len(filled) < 2:
        return False
    marks = [mark for mark in ",;|\t" if mark != delimiter]
    return any(sum(cell[-1] == mark for cell in filled) >= 0.9 * len(filled) for mark in marks)


def _wrapped(column: Sequence[str]) -> bool:
    """Whether half of the values stand in quotes, which then are no part of them."""
    filled = [cell for cell in column if cell.strip()]
    quoted = sum(len(cell) > 1 and cell[0] == cell[-1] == '"' for cell in filled)
    return quoted >= 2 and quoted * 2 >= len(filled)


def _doubled(column: Sequence[str]) -> bool:
    """Whether a value stands in quotes and has them twice inside, which hardly happens by chance."""
    return any(
        cell[:1] == mark and mark * 2 in cell[1:-1] and value.fullmatch(cell)
        for cell in column
        for mark, value in _TWICE.items()
    )


def _balanced(rows: Sequence[list[str]], grammar: Grammar, lines: Sequence[str]) -> bool:
    """Whether few values still hold a lone quote that was not meant, or swallowed whole lines."""
    cells = [cell for row in rows for cell in row]
    lone = sum(_is_lone(cell, grammar.quote) for cell in cells)
    swallowed = sum(cell.count("\n") > 20 for cell in cells)
    most = 0.02 * len(cells) + 1
    return lone + swallowed <= most or lone - _meant(grammar, lines) + swallowed <= most


def _is_lone(cell: str, quote: str) -> bool:
    if quote == "'":
        return cell.startswith(quote) != cell.endswith(quote)
    return cell.count(quote) % 2 == 1


def _meant(grammar: Grammar, lines: Sequence[str]) -> int:
    """How many values hold a lone quote because it was written twice between quotes that fit."""
    mark, border = re.escape(grammar.quote), re.escape(grammar.delimiter) or r"\Z"
    value = rf"(?:^|{border}) *{mark}((?:[^{mark}]|{mark}{mark})*+){mark} *(?={border}|[\r\n]|\Z)"
    found = re.finditer(value, "".join(lines[:_LINES]), re.MULTILINE)
    inner = (each[1].replace(grammar.quote * 2, grammar.quote) for each in found)
    return sum(_is_lone(cell, grammar.quote) for cell in inner)
