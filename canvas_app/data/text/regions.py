"""Where in a file its tables stand: what is above, what is below, and what parts one from the next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from canvas_app.data.text.cell_kind import TYPED, kind_of
from canvas_app.data.text.grammar import Record

_LEAST_ROWS = 3
_CLEARLY = 5
"""Rows without a header or a gap above that make a table of their own."""
_OFTEN = 0.1
"""A table is as wide as one row in ten, at least, makes it."""
_ENDS = re.compile(
    r"\W*(?:sources?|notes?|footnotes?|copyright|generated|exported|created|printed|end of|last updated"
    r"|updated|quellen?|stand|anmerkung|fuente|nota|nb|ps|legend|disclaimer|data (?:from|source)|\d+ rows?"
    r"|rows?:)\b|[*†‡©(]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Block:
    """The records of one table, with what stands above and below it, blank ones left out."""

    records: tuple[Record, ...]
    width: int
    gaps: frozenset[int]
    """Lines of records that have a blank line above."""

    @property
    def cells(self) -> int:
        """How much is in it."""
        return sum(len(record.cells) for record in self.records if len(record.cells) == self.width)


def blocks_of(records: Sequence[Record]) -> list[Block]:
    """The tables of a file, in the order in which they come; one at least."""
    filled, gaps = [], set()
    after_blank = False
    for record in records:
        if record.blank:
            after_blank = True
            continue
        if after_blank:
            gaps.add(record.line)
        after_blank = False
        filled.append(record)
    cuts = [0, *_cuts(filled, gaps), len(filled)]
    parts = [filled[start:end] for start, end in pairwise(cuts)]
    return [Block(tuple(part), width_of(part), frozenset(gaps)) for part in parts if part] or [
        Block((), 0, frozenset())
    ]


def width_of(records: Sequence[Record]) -> int:
    """How many columns: what most rows have, or more if that is no rare exception."""
    counts = Counter(len(record.cells) for record in records)
    if not counts:
        return 0
    usual = max(counts, key=lambda width: (counts[width] * (1 if width > 1 else 0.25), width))
    wider, rows = usual, 0
    for width in sorted(counts, reverse=True):
        rows += counts[width]
        if width > usual and rows >= max(_LEAST_ROWS, _OFTEN * len(records)):
            wider = width
            break
    return wider


def filled_in(record: Record) -> int:
    """How many of its cells hold something."""
    return sum(bool(cell.strip()) for cell in record.cells)


def typed_columns(records: Sequence[Record], width: int) -> dict[int, str]:
    """The columns that are numbers, dates or times nearly throughout, with that kind."""
    found = {}
    rows = [record.cells for record in records if len(record.cells) == width][:200]
    for place in range(width):
        kinds = Counter(kind_of(row[place]) for row in rows)
        kinds.pop("blank", None), kinds.pop("missing", None)
        count = sum(kinds.values())
        typed = {kind: number for kind, number in kinds.items() if kind in TYPED}
        if typed and sum(typed.values()) >= 0.7 * count:
            found[place] = max(typed, key=lambda kind: typed[kind])
    return found


def above_body(record: Record, typed: dict[int, str]) -> bool:
    """Whether a record has words where the body has numbers or dates, and none of these itself."""
    kinds = [kind_of(cell) for cell in record.cells]
    over = [kinds[place] for place in typed if place < len(kinds)]
    words = sum(kind not in TYPED and kind not in ("blank", "missing") for kind in over)
    return bool(over) and words > 0 and not any(kind in TYPED for kind in over)


def footer_rows(block: Block) -> int:
    """How many records at the end of a table are remarks and no rows of it."""
    typed = typed_columns(block.records, block.width)
    rows = block.records
    count = 0
    while count < len(rows) - 2 and _sparse(rows[len(rows) - 1 - count], block.width):
        count += 1
    while count:
        tail = rows[len(rows) - count :]
        if _is_footer(tail, block, typed, above=rows[len(rows) - count - 1]):
            return count
        count -= 1
    return 0


def _sparse(record: Record, width: int) -> bool:
    """Whether only its first cell is filled."""
    whole = len(record.cells) == 1 and width > 2
    if width == 1 or (whole and any(record.text.count(sign) >= width - 1 for sign in ";,\t|")):
        return False  # a row with another delimiter
    return filled_in(record) == 1 and bool(record.cells[0].strip()) and (width > 2 or len(record.cells) == 1)


def _is_footer(tail: Sequence[Record], block: Block, typed: dict[int, str], above: Record) -> bool:
    first = tail[0].cells[0]
    if tail[0].line in block.gaps:
        return True
    if _ENDS.match(first):
        return True
    if 0 in typed and kind_of(first) not in TYPED and kind_of(first) not in ("blank", "missing"):
        return True
    return len(tail) > 1 and len(tail[0].cells) == 1 and len(above.cells) == block.width and len(tail) < 30


def _cuts(filled: Sequence[Record], gaps: set[int]) -> list[int]:
    """The places at which another table begins."""
    cuts: list[int] = []
    start = 0
    runs = _runs(filled)
    for at, count in runs[1:]:
        width = len(filled[at].cells)
        before = [record for record in filled[start:at] if len(record.cells) > 1]
        if width < 2 or count < _LEAST_ROWS or len(before) < _LEAST_ROWS:
            continue
        if (
            width_of(before) < 2
            or _are_facts(before)
            or (width_of(filled[start:at]) == width and filled[at].line not in gaps)
        ):
            continue
        if _begins_table(filled, at, count, start, gaps):
            cuts.append(at)
            start = at
    return cuts


def _are_facts(records: Sequence[Record]) -> bool:
    """Whether they are names with a colon, each with what it says, as stand above a table."""
    named = sum(record.cells[0].rstrip().endswith(":") for record in records)
    return len(records) < 30 and named >= 0.6 * len(records)


def _runs(filled: Sequence[Record]) -> list[tuple[int, int]]:
    """Where rows of one width begin, and how many follow without a break; a blank line is one as well."""
    found: list[tuple[int, int]] = []
    gap_free: dict[int, int] = {}
    for at, record in enumerate(filled):
        same = found and len(filled[found[-1][0]].cells) == len(record.cells)
        end_of_last = filled[at - 1].line + len(filled[at - 1].lines) if at else record.line
        if same and end_of_last == record.line:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((at, 1))
    del gap_free
    return found


def _begins_table(filled: Sequence[Record], at: int, count: int, start: int, gaps: set[int]) -> bool:
    """Whether the rows there have a header of their own, or differ from those above in width and by a gap."""
    width = len(filled[at].cells)
    above = [record for record in filled[start:at] if len(record.cells) > 1]
    usual = width_of(above)
    header = next(record for record in above if len(record.cells) == usual)
    if filled[at].cells == header.cells:
        return False
    below = typed_columns(filled[at + 1 : at + count], width)
    headed = above_body(filled[at], below)
    gap = filled[at].line in gaps or (at > 0 and len(filled[at - 1].cells) == 1)
    if width == usual:
        over = typed_columns(above[1:], usual)
        return gap and headed and above_body(filled[at], over)
    later = sum(len(record.cells) == usual for record in filled[at + count :])
    if later > count:
        return False
    unlike = later == 0 and count >= _CLEARLY and not _alike(above, filled[at : at + count], usual, width)
    return headed or gap or unlike


def _alike(above: Sequence[Record], below: Sequence[Record], usual: int, width: int) -> bool:
    """Whether columns of numbers and dates are the same ones above and below."""
    before, after = typed_columns(above[1:], usual), typed_columns(below, width)
    shared = min(usual, width)
    return all(after.get(place) == kind for place, kind in before.items() if place < shared)
