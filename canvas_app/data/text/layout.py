"""Where the table stands in its file, and what its columns are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from canvas_app.base.errors import CanvasError
from canvas_app.data.text.grammar import Record
from canvas_app.data.text.header import body_start, is_header, levels_above, more_header_rows, names_of
from canvas_app.data.text.regions import Block, blocks_of, footer_rows, typed_columns, width_of

_COMMENTS = ("#", "//", "%", "--", "!", "*")


@dataclass(frozen=True)
class WantedLayout:
    """What a person says about the layout; none where it is to be found."""

    header_rows: int | None = None
    skip: int | None = None
    footer: int | None = None
    comment: str = ""
    table: int = 0


@dataclass(frozen=True)
class Layout:
    """The lines of a table, its columns, and what they rest upon."""

    first: int
    """The line at which it begins, from 1."""
    end: int
    """The line after its last; 0 where it ends with the file."""
    header_rows: int
    raw_names: tuple[str, ...]
    """As the file has them; empty where there is no header."""
    width: int
    skip: int = 0
    """Lines left out above."""
    footer: int = 0
    """Lines left out below."""
    comment: str = ""
    tables: int = 1
    table: int = 1
    typed: tuple[tuple[int, str], ...] = ()
    """The columns of numbers and dates, by their place."""
    cut: int = 0
    """Columns at the right that hold nothing throughout."""
    body: int = 0
    """The line of the first row below the header."""


def layout_of(records: Sequence[Record], wanted: WantedLayout, *, whole: bool) -> Layout:
    """The layout that the records of the beginning show; ``whole`` says that nothing comes after them."""
    comment = wanted.comment or _comment_in(records)
    kept = [record for record in records if not _is_comment(record, comment)] if comment else list(records)
    if wanted.skip is not None:
        kept = [record for record in kept if record.line > wanted.skip]
    blocks = blocks_of(kept)
    number = _chosen(blocks, wanted.table)
    block = blocks[number]
    if not block.records:
        return Layout(1, 0, 0, (), 0, comment=comment)
    last_block = number == len(blocks) - 1
    footer = wanted.footer if wanted.footer is not None else 0
    rows = list(block.records)
    if wanted.footer is None and (whole or not last_block):
        footer = footer_rows(block)
    rows = rows[: len(rows) - footer] if footer else rows
    end = 0
    if footer and (whole or not last_block):
        end = block.records[len(block.records) - footer].line
    elif not last_block:
        end = blocks[number + 1].records[0].line
    return _within(rows, block, wanted, _Place(end, footer, comment, len(blocks), number + 1))


@dataclass(frozen=True)
class _Place:
    end: int
    footer: int
    comment: str
    tables: int
    table: int


def _within(rows: list[Record], block: Block, wanted: WantedLayout, place: _Place) -> Layout:
    width = width_of(rows) or block.width
    start = 0 if wanted.skip is not None else body_start(rows, width)
    above = (
        0 if wanted.skip is not None or wanted.header_rows is not None else levels_above(rows, start, width)
    )
    count = _header_rows(rows, start, above, width, wanted.header_rows)
    first = start - (above if count else 0)
    header = [record.cells for record in rows[first : first + count]]
    body = rows[first + count :]
    if wanted.header_rows is not None and count and body:
        width = max(width_of(body), 1)
    width, names, cut = _columns(header, body, width)
    begin = rows[first].line if rows else 1
    return Layout(
        first=begin,
        end=place.end,
        header_rows=count,
        raw_names=tuple(names),
        width=width,
        skip=begin - 1,
        footer=place.footer,
        comment=place.comment,
        tables=place.tables,
        table=place.table,
        typed=tuple(typed_columns(body, width + cut).items()),
        cut=cut,
        body=body[0].line if body else 0,
    )


def _header_rows(rows: list[Record], start: int, above: int, width: int, wanted: int | None) -> int:
    if wanted is not None:
        return min(wanted, len(rows))
    if not rows or not is_header(rows[start].cells, rows[start + 1 :]):
        return 0
    return above + 1 + more_header_rows(rows, start, width)


def _columns(
    header: Sequence[Sequence[str]], body: Sequence[Record], width: int
) -> tuple[int, list[str], int]:
    """How many columns, their names, and how many at the right are empty throughout without a name."""
    rows = [record.cells for record in body if len(record.cells) == width]
    longest = max((len(row) for row in header), default=0)
    if not body:
        return longest or width, names_of(header, longest or width) if header else [], 0
    cut = 0
    while cut < width - 1 and rows and not any(row[width - cut - 1].strip() for row in rows):
        place = width - cut - 1
        if any(place < len(row) and row[place].strip() for row in header):
            break
        if header and all(len(row) > place for row in header) and cut == 0 and len(rows) < 2:
            break
        cut += 1
    if not header:
        return (width, [], 0) if cut == 0 else (width - cut, [], cut)
    if cut:
        return width - cut, names_of(header, width - cut), cut
    if longest == width - 1 and len(header) == 1 and _row_names(rows):
        return width, ["", *header[0]], 0
    wide = max(width, longest if _named(header[-1], width) else width)
    return wide, names_of(header, wide), 0


def _row_names(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first values look like names of rows, which R writes without a header of their own."""
    first = [row[0] for row in rows]
    return len(first) > 1 and len(set(first)) == len(first) and all(cell.strip() for cell in first)


def _named(header: Sequence[str], width: int) -> bool:
    return any(cell.strip() for cell in header[width:])


def _chosen(blocks: Sequence[Block], table: int) -> int:
    if table > len(blocks):
        raise CanvasError(
            f"There is no table {table}: the file holds {len(blocks)}.",
            hint=f"Choose a table from 1 to {len(blocks)}, or 0 for the largest.",
        )
    if table > 0:
        return table - 1
    sizes = [block.cells for block in blocks]
    return sizes.index(max(sizes))


def _comment_in(records: Sequence[Record]) -> str:
    """The sign with which lines that fit nothing begin, above the table or among its rows."""
    filled = [record for record in records if not record.blank]
    width = width_of(filled)
    starts = Counter(record.cells[0].lstrip()[:1] for record in filled)
    for sign in _COMMENTS:
        if not starts[sign[0]]:
            continue
        marked = [record for record in filled if record.cells[0].lstrip().startswith(sign)]
        if marked and all(_is_remark(record, sign, width) for record in marked):
            others = len(filled) - len(marked)
            if others >= min(len(marked), 2):
                return sign
    return ""


def _is_remark(record: Record, sign: str, width: int) -> bool:
    first = record.cells[0].lstrip()
    spaced = first[len(sign) : len(sign) + 1] in ("", " ", sign, "\t") or sign == "#"
    return spaced and (len(record.cells) != width or (width == 1 and sign in ("#", "//")))


def _is_comment(record: Record, sign: str) -> bool:
    return bool(record.cells) and record.cells[0].lstrip().startswith(sign)
