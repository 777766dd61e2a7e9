"""The rows of a query, written to a Parquet file as they come: never more than a batch of them is here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from canvas_app.base.words import counted
from canvas_app.data.database.column_kind import ColumnKind, arrow_type
from canvas_app.data.database.server import Answer, ServerColumn
from canvas_app.data.engine import told

if TYPE_CHECKING:
    import pyarrow

Fetch = Callable[[int], Sequence[Sequence[Any]]]

_GROUP_ROWS = 100_000
_GROUP_BYTES = 64 << 20
_BATCH_BYTES = 4 << 20
_FIRST, _MOST = 200, 10_000
"""Rows of a batch: few where rows are large."""


@dataclass
class Written:
    """How many rows there are, and what is worth knowing of them."""

    rows: int = 0
    unfit: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def write_rows(
    answer: Answer, kinds: Sequence[ColumnKind], path: Path, fetch: Fetch, said: Callable[[int], None]
) -> Written:
    """Write all rows of an answer; ``said`` hears how many there are so far. Raises ``CanvasError``."""
    import pyarrow
    import pyarrow.parquet

    written = Written()
    names = unique_names(answer.columns)
    schema = pyarrow.schema([(name, arrow_type(kind.type)) for name, kind in zip(names, kinds, strict=True)])
    with ExitStack() as at_end:
        with told(path):
            writer = at_end.enter_context(pyarrow.parquet.ParquetWriter(path, schema, compression="snappy"))
        group: list[pyarrow.RecordBatch] = []
        count = _FIRST
        while rows := fetch(count):
            batch = _batch(rows, kinds, schema, written)
            group.append(batch)
            written.rows += len(rows)
            said(written.rows)
            count = min(_MOST, max(1, int(len(rows) * _BATCH_BYTES / max(1, batch.nbytes))), count * 4)
            if _full(group):
                _flush(writer, group, path)
        _flush(writer, group, path)
    return written


def unique_names(columns: Sequence[ServerColumn]) -> list[str]:
    """The columns' names, each once and none empty."""
    taken: set[str] = set()
    names = []
    for place, column in enumerate(columns, 1):
        stem = name = column.name or f"column_{place}"
        number = 2
        while name.lower() in taken:
            name, number = f"{stem}_{number}", number + 1
        taken.add(name.lower())
        names.append(name)
    return names


def notes_of(answer: Answer, kinds: Sequence[ColumnKind], written: Written) -> tuple[str, ...]:
    """What a person should know: renamed columns, types that had no match, values that did not fit."""
    told_of: dict[str, list[str]] = {}
    notes = []
    for name, column, kind in zip(unique_names(answer.columns), answer.columns, kinds, strict=True):
        if name != column.name:
            notes.append(f"The column {column.name or 'without a name'} is called {name} here.")
        if kind.told:
            told_of.setdefault(kind.told, []).append(name)
    notes += [f"{', '.join(names)}: {words}." for words, names in told_of.items()]
    for name, count in written.unfit.items():
        notes.append(f"{name}: {counted(count, 'value')} that can't be a date, time or number became blank.")
    return tuple(notes)


def _batch(
    rows: Sequence[Sequence[Any]], kinds: Sequence[ColumnKind], schema: pyarrow.Schema, written: Written
) -> pyarrow.RecordBatch:
    import pyarrow

    arrays = []
    for name, kind, values in zip(schema.names, kinds, zip(*rows, strict=True), strict=True):
        array, unfit = kind.array(values)
        if unfit:
            written.unfit[name] += unfit
        arrays.append(array)
    return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


def _full(group: Sequence[pyarrow.RecordBatch]) -> bool:
    return sum(len(batch) for batch in group) >= _GROUP_ROWS or sum(b.nbytes for b in group) >= _GROUP_BYTES


def _flush(writer: Any, group: list[pyarrow.RecordBatch], path: Path) -> None:
    import pyarrow

    if group:
        with told(path):
            writer.write_table(pyarrow.Table.from_batches(group))
        group.clear()
