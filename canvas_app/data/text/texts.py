"""The rows of a delimited file as texts in a Parquet file, streaming; what does not fit is put aside."""

from __future__ import annotations

import secrets
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from canvas_app.data.text.grammar import END_OF_FILE, Grammar, Record, Records
from canvas_app.data.text.layout import Layout
from canvas_app.data.text.mending import Mending
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetWriter

_CELLS = 1_000_000
"""How many are kept in memory before they are written."""
_MOST_ROWS = 50_000
_CONTENT = 100_000
"""Letters of a row put aside that are kept."""
_NOTHING = " \t\r\n" + END_OF_FILE
ASIDE = ("line", "reason", "content")


@dataclass
class Texts:
    """What came of reading: where the rows are, where those put aside, and what was done to them."""

    path: Path
    aside: Path
    rows: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    padded: int = 0
    otherwise: int = 0
    comments: int = 0
    blank_lines: int = 0
    blank_rows: int = 0
    """Rows without any value at the end, which were left out."""


def write_texts(
    lines: Iterable[str],
    grammar: Grammar,
    layout: Layout,
    names: tuple[str, ...],
    folder: Path,
    report: Report | None = None,
) -> Texts:
    """Read all rows of one table into ``folder``; memory stays bounded, ``report`` may stop it."""
    stem = secrets.token_hex(8)
    texts = Texts(folder / f"texts-{stem}.parquet", folder / f"aside-{stem}.parquet")
    mending = Mending(grammar, layout, tuple(layout.raw_names) if layout.header_rows == 1 else ())
    with _Pieces(texts.path, names) as rows, _Pieces(texts.aside, ASIDE) as aside:
        held: list[list[str]] = []
        for number, record in enumerate(_body(lines, grammar, layout, texts)):
            if report is not None and number % _MOST_ROWS == _MOST_ROWS - 1:
                report(-1.0, f"{number + 1:,} rows read")
            cells = mending.fit(record)
            if cells is None:
                texts.reasons[mending.reason] += 1
                aside.add([str(record.line), mending.reason, record.text[:_CONTENT]])
                continue
            if not any(cells):
                held.append(cells)
                continue
            for blank in held:
                rows.add(blank)
            held.clear()
            rows.add(cells)
        texts.blank_rows = len(held)
        texts.rows = rows.count
    texts.padded, texts.otherwise = mending.padded, mending.otherwise
    return texts


def _body(lines: Iterable[str], grammar: Grammar, layout: Layout, texts: Texts) -> Iterator[Record]:
    """The records below the header, without comments, empty lines and the lines of the footer."""
    records = Records(_within(lines, layout), grammar, layout.first)
    full = layout.width + layout.cut
    header = layout.header_rows
    waiting: deque[Record] = deque()
    hold = 0 if layout.end else layout.footer
    while (record := records.next()) is not None:
        if len(record.lines) > 1 and len(record.cells) != full and _one_by_one(record, grammar, full):
            record = records.split(record)
        if record.blank and not record.text.strip(_NOTHING):
            texts.blank_lines += 1
            continue
        if layout.comment and record.cells[0].lstrip().startswith(layout.comment):
            texts.comments += 1
            continue
        if header:
            header -= not record.blank
            continue
        waiting.append(record)
        if len(waiting) > hold:
            yield waiting.popleft()


def _within(lines: Iterable[str], layout: Layout) -> Iterator[str]:
    for number, line in enumerate(lines, start=1):
        if layout.end and number >= layout.end:
            return
        if number >= layout.first:
            yield line


def _one_by_one(record: Record, grammar: Grammar, width: int) -> bool:
    """Whether the lines that a quote has swallowed are rows by themselves."""
    following = record.lines[1:6]
    alone = [found.cells for found in Records(iter(following), grammar)]
    return sum(len(cells) == width for cells in alone) >= max(1, len(alone) // 2)


class _Pieces:
    """Rows of texts on their way into a Parquet file; an empty text is a blank."""

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        import pyarrow

        self.count = 0
        self._path = path
        self._schema = pyarrow.schema([(name, pyarrow.string()) for name in names])
        self._most = max(1, min(_MOST_ROWS, _CELLS // max(1, len(names))))
        self._rows: list[list[str]] = []
        self._writer: ParquetWriter | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._flush()
        if self._writer is not None:
            self._writer.close()

    def add(self, row: list[str]) -> None:
        """Take one row."""
        self._rows.append(row)
        self.count += 1
        if len(self._rows) >= self._most:
            self._flush()

    def _flush(self) -> None:
        import pyarrow
        from pyarrow import compute
        from pyarrow.parquet import ParquetWriter

        if self._writer is None:
            self._writer = ParquetWriter(str(self._path), self._schema, compression="snappy")
        columns = list(zip(*self._rows, strict=True)) or [()] * len(self._schema)
        nothing = pyarrow.scalar(None, pyarrow.string())
        arrays = [pyarrow.array(column, pyarrow.string()) for column in columns]
        arrays = [compute.if_else(compute.equal(array, ""), nothing, array) for array in arrays]
        self._writer.write_table(pyarrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows = []
