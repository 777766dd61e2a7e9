"""Which rows of a table are its header, and the names of the columns that they give."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from canvas_app.data.text.cell_kind import TYPED, kind_of
from canvas_app.data.text.grammar import Record
from canvas_app.data.text.regions import above_body, filled_in, typed_columns

_BODY = 200
_MOST_ROWS = 3
_YEAR = re.compile(r"(?:19|20)\d\d")
_UNIT = re.compile(r"[\[(].{0,20}[\])]|%|[a-zA-Z°µ$€£/²³·^\-0-9]{1,8}")


def is_header(row: Sequence[str], body: Sequence[Record]) -> bool:
    """Whether the values name the columns of the rows below, rather than being one of them."""
    if not any(cell.strip() for cell in row):
        return False
    if not body:
        return not any(cell.strip()[:1].isdigit() for cell in row)
    rows = [record.cells for record in body if len(record.cells) >= len(row)][:_BODY]
    years = _are_years(row)
    evidence = [
        _evidence(cell.strip(), [values[place].strip() for values in rows], years)
        for place, cell in enumerate(row)
    ]
    total = sum(evidence)
    if abs(total) > 0.25:
        return total > 0
    kinds = [kind_of(cell) for cell in row]
    return not any(kind in TYPED for kind in kinds) or years


def more_header_rows(records: Sequence[Record], first: int, width: int) -> int:
    """How many rows right below the first of the header belong to it: units, a second level, itself again."""
    body = records[first + 1 :]
    typed = typed_columns(body[1:], width)
    count = 0
    while count < _MOST_ROWS and count < len(body) - 1:
        record = body[count]
        if record.cells == records[first].cells:
            count += 1
            continue
        words = sum(
            place < len(record.cells) and kind_of(record.cells[place]) not in (*TYPED, "blank", "missing")
            for place in typed
        )
        enough = len(typed) >= 2 and words * 2 >= len(typed)
        if len(record.cells) != width or not above_body(record, typed) or not enough:
            break
        count += 1
    return count


def levels_above(records: Sequence[Record], first: int, width: int) -> int:
    """How many rows right above are headings that span several columns."""
    count = 0
    while count < min(_MOST_ROWS, first) and width > 2:
        record = records[first - count - 1]
        kinds = [kind_of(cell) for cell in record.cells]
        named = [cell.strip() for cell in record.cells if cell.strip()]
        years = all(_YEAR.fullmatch(cell) for cell in named)
        if len(record.cells) != width or not named or any(cell.endswith(":") for cell in named):
            break
        if any(kind in TYPED for kind in kinds) and not years:
            break
        if len(named) == 1 and record.cells[0].strip():
            break
        count += 1
    return count


def names_of(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """One name per column, of the words of all rows of the header from above to below."""
    padded = [[*(cell.strip() for cell in row), *[""] * width][:width] for row in rows]
    unique = [row for place, row in enumerate(padded) if row not in padded[:place]]
    for place, row in enumerate(unique[:-1]):
        below = unique[place + 1]
        if sum(map(bool, row)) > 1 or len(set(below)) < len(below):
            unique[place] = _spread(row)
    return [_joined([row[place] for row in unique]) for place in range(width)]


def body_start(records: Sequence[Record], width: int) -> int:
    """The first record that can be a row of the table or its header: as wide, and filled as rows are."""
    fills = sorted(filled_in(record) for record in records if len(record.cells) == width)
    counts = Counter(len(record.cells) for record in records)
    often = max(2.0, 0.1 * len(records))
    usual_widths = {width} | {each for each, count in counts.items() if each > 1 and often <= count}
    usual = fills[len(fills) // 2] if fills else 1
    for at, record in enumerate(records):
        if _remark(records, at, width):
            continue
        if (
            _sentence(record)
            and at + 2 < len(records)
            and is_header(records[at + 1].cells, records[at + 2 :])
        ):
            continue
        fits = len(record.cells) in usual_widths or _short_header(records, at, width)
        if fits and filled_in(record) >= max(min(2, usual, width), 0.5 * usual):
            return at
    return 0


def _remark(records: Sequence[Record], at: int, width: int) -> bool:
    """Whether it begins as a comment does, and another row below is the header."""
    first = records[at].cells[0].lstrip() if records[at].cells else ""
    if first.rstrip().endswith(":") and len(records[at].cells) < width:
        return True
    if not first.startswith(("#", "//", "%", "--")) or at + 1 >= len(records):
        return False
    below = records[at + 1]
    if width == 1:
        return True
    return len(below.cells) == width and is_header(below.cells, records[at + 2 :])


def _sentence(record: Record) -> bool:
    """Whether it reads as a text with commas rather than as names or values."""
    text = record.text.rstrip(" \"'")
    ends = text.endswith((".", "!", ":")) and " " in text.strip()
    return ends and any(cell.startswith(" ") for cell in record.cells[1:])


def _short_header(records: Sequence[Record], at: int, width: int) -> bool:
    """Whether it names most columns of a table whose rows are all longer, or more than these have."""
    cells = records[at].cells
    if at + 1 >= len(records) or len(records[at + 1].cells) != width or len(cells) < max(2, 0.5 * width):
        return False
    if len(cells) > width + 2 and not is_header(cells[:width], records[at + 1 :]):
        return False
    return all(kind_of(cell) not in TYPED for cell in cells) and all(cell.strip() for cell in cells[:-1])


def _evidence(cell: str, values: Sequence[str], years: bool) -> float:
    filled = [value for value in values if value]
    kind = kind_of(cell)
    if not filled or kind == "blank":
        return 0.0
    kinds = [kind_of(value) for value in filled]
    typed = sum(each in TYPED for each in kinds) >= 0.7 * len(kinds)
    if typed:
        if kind in TYPED:
            return 0.0 if years and _YEAR.fullmatch(cell) else -1.0
        return -0.3 if kind == "missing" else 1.0
    if cell in filled:
        return -1.0
    if kind in TYPED:
        return 0.0 if years else -0.5
    lengths = {len(value) for value in filled}
    if len(filled) >= 3 and len(lengths) == 1 and len(cell) not in lengths:
        return 0.7
    if len(filled) >= 4 and len(set(filled)) <= 0.5 * len(filled):
        return 0.5
    mean = sum(map(len, filled)) / len(filled)
    return 0.3 if mean > 2 * len(cell) else 0.0


def _are_years(row: Sequence[str]) -> bool:
    """Whether the names of the later columns are years, one after the other."""
    found = [int(cell) for cell in row[1:] if _YEAR.fullmatch(cell.strip())]
    words = bool(row) and kind_of(row[0]) not in TYPED
    return words and len(found) >= 2 and found in (sorted(set(found)), sorted(set(found), reverse=True))


def _spread(row: Sequence[str]) -> list[str]:
    """A heading stands for the columns to its right as well, up to the next one."""
    found, last = [], ""
    for cell in row:
        last = cell or last
        found.append(last)
    return found


def _joined(words: Sequence[str]) -> str:
    kept = [word for place, word in enumerate(words) if word and word not in words[:place]]
    return " ".join(kept)
