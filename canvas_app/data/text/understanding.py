"""What a delimited file is found to be, before its rows are read: grammar, layout and names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from pathlib import Path

from canvas_app.base.errors import CanvasError
from canvas_app.data import files
from canvas_app.data.column_names import unique_names
from canvas_app.data.engine import Engine
from canvas_app.data.text.choice import Wanted, choose, separator_in
from canvas_app.data.text.grammar import Grammar, Record, Records
from canvas_app.data.text.layout import Layout, WantedLayout, layout_of
from canvas_app.data.text.lines import lines_in, lines_of
from canvas_app.data.text.mending import reread
from canvas_app.data.text.opened import opened
from canvas_app.data.text.regions import Block, footer_rows, width_of

SMALL = 2_000_000
"""Letters of a file that is looked at as a whole."""
_HEAD = 500_000
_HEAD_LINES = 20_000
_JUDGED_LINES = 1_000
_JUDGED = 100_000
_FEWEST = 8
_TAIL = 200_000
_FIRST = 10
"""Records among which the header is likely to be."""
_MOST_COLUMNS = 10_000
_LONGEST_LINE = 4_000_000


@dataclass(frozen=True)
class Understanding:
    """How a file is written, where its table is, and what its columns are called."""

    path: Path
    """In UTF-8."""
    grammar: Grammar
    layout: Layout
    names: tuple[str, ...]
    head: tuple[str, ...]
    """The lines that were looked at."""
    whole: bool
    """Whether these are all."""
    renamed: tuple[str, ...] = ()

    def lines(self, shown: str) -> Iterator[str]:
        """All lines of the file."""
        return iter(self.head) if self.whole else lines_of(self.path, shown)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was understood."""
        layout = self.layout
        notes = []
        if layout.skip:
            lines = "The first line was" if layout.skip == 1 else f"The first {layout.skip} lines were"
            notes.append(f"{lines} left out: the table begins below.")
        if layout.tables > 1:
            others = f"The file holds {layout.tables} tables: this is number {layout.table}."
            notes.append(f"{others} Choose another one to read it too.")
        if layout.footer:
            lines = "The last line was" if layout.footer == 1 else f"The last {layout.footer} lines were"
            notes.append(f"{lines} left out: they are remarks below the table.")
        if layout.header_rows > 1:
            notes.append(f"The names of the columns come from {layout.header_rows} rows.")
        notes += self.renamed
        if not layout.header_rows:
            notes.append("The file has no header: its columns were called column_1, column_2 and so on.")
        return tuple(notes)


def understand(
    engine: Engine, path: Path, shown: str, wanted: Wanted, wanted_layout: WantedLayout
) -> Understanding:
    """Find out how a file in UTF-8 is written; ``shown`` is its name in messages. Raises ``CanvasError``."""
    _require_few_columns(path, shown)
    head, whole = _head(path, shown)
    grammar = choose(engine, path, _sample(head), wanted).grammar
    lines = ["\n", *head[1:]] if separator_in(head) else head
    records = list(Records(iter(lines), grammar))
    if not whole and len(records) > 1:
        records.pop()  # the sample may have cut it
    width = width_of([record for record in records if not record.blank])
    records[:_FIRST] = [reread(record, grammar, width) for record in records[:_FIRST]]
    layout = layout_of(records, wanted_layout, whole=whole)
    if layout.width > _MOST_COLUMNS:
        raise _too_wide(shown)
    if layout.width == 0:
        raise CanvasError(f"{shown} is empty.", hint="Choose a file that holds a table.")
    if not whole and layout.tables == layout.table and wanted_layout.footer is None:
        layout = replace(layout, footer=_footer_of(path, grammar, layout))
    if layout.header_rows:
        names, renamed = unique_names(layout.raw_names)
    else:
        names, renamed = tuple(f"column_{place}" for place in range(1, layout.width + 1)), ()
    return Understanding(path, grammar, layout, names, tuple(lines), whole, renamed)


def _head(path: Path, shown: str) -> tuple[list[str], bool]:
    """The lines of a small file, or those of the beginning of a larger one."""
    with opened(path) as stream:
        start = bytes(stream.read(SMALL + 1))
    if len(start) <= SMALL:
        return lines_in(start.decode("utf-8-sig", errors="replace")), True
    taken, size = [], 0
    for line in lines_of(path, shown):
        taken.append(line)
        size += len(line)
        if len(taken) >= _HEAD_LINES or (size > _HEAD and len(taken) >= _FEWEST):
            break
    return taken, False


def _sample(lines: list[str]) -> list[str]:
    """The lines by which grammars are judged."""
    size, count = 0, 0
    for line in lines:
        size += len(line)
        count += 1
        if count >= _JUDGED_LINES or (size > _JUDGED and count >= _FEWEST):
            break
    return lines[:count]


def _footer_of(path: Path, grammar: Grammar, layout: Layout) -> int:
    """How many rows at the end of a large file are remarks."""
    size = path.stat().st_size
    if path.suffix in (".gz", ".zst"):
        return 0
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        tail = lines_in(file.read().decode("utf-8", errors="replace"))[1:]
    records = [record for record in islice(Records(iter(tail), grammar), 100_000) if not record.blank]
    gaps = _gaps(records)
    return footer_rows(Block(tuple(records), layout.width + layout.cut, gaps)) if len(records) > 2 else 0


def _gaps(records: list[Record]) -> frozenset[int]:
    return frozenset(
        after.line for before, after in pairwise(records) if before.line + len(before.lines) < after.line
    )


def _require_few_columns(path: Path, shown: str) -> None:
    """Refuse at once what would take many minutes; of a packed file the first line is not looked at."""
    with files.file_errors(path), path.open("rb") as file:
        line = file.readline(_LONGEST_LINE)
    if max(line.count(sign) for sign in b",;\t|") > _MOST_COLUMNS:
        raise _too_wide(shown)


def _too_wide(shown: str) -> CanvasError:
    return CanvasError(
        f"{shown} has more than {_MOST_COLUMNS:,} columns.",
        hint="Keep fewer of them, or turn the table so that they become rows.",
    )
