"""Batches of another engine become a Parquet file, in types that a table of ours can have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError
from canvas_app.data import files
from canvas_app.data.column_names import unique_names
from canvas_app.data.loose_rows import BATCH
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    import pyarrow


@dataclass(frozen=True)
class Copied:
    """The Parquet file, and what was noticed on the way."""

    path: str
    rows: int
    notes: tuple[str, ...] = ()
    table: str = ""
    tables: tuple[str, ...] = ()
    """Of a file that holds several: which was read, and which could be."""


def copy_batches(
    schema: pyarrow.Schema, batches: Iterable[pyarrow.RecordBatch], path: Path, report: Report
) -> Copied:
    """Write batches of one schema; every one is checked before its values are looked at."""
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    names, renamed = unique_names(schema.names)
    types = [plain_type(item.type) for item in schema]
    wanted = pyarrow.schema(list(zip(names, types, strict=True)))
    rows = 0
    with files.file_errors(path), ParquetWriter(path, wanted, compression="zstd") as writer:
        for batch in batches:
            batch.validate(full=True)
            columns = [
                _plain(column, wanted, name) for column, wanted, name in zip(batch, types, names, strict=True)
            ]
            writer.write_table(pyarrow.table(columns, schema=wanted), row_group_size=2 * BATCH)
            rows += batch.num_rows
            report(-1.0, f"Reading rows: {rows:,}")
    return Copied(str(path), rows, (*renamed, *_told(schema, names)))


def plain_type(kind: pyarrow.DataType) -> pyarrow.DataType:
    """The type that a column has in our tables: categories become texts, durations seconds."""
    import pyarrow
    from pyarrow import types

    if types.is_dictionary(kind) or types.is_run_end_encoded(kind):
        return plain_type(kind.value_type)
    if isinstance(kind, pyarrow.BaseExtensionType):
        return plain_type(kind.storage_type)
    changed = (
        (types.is_null, pyarrow.string()),
        (types.is_string_view, pyarrow.string()),
        (types.is_binary_view, pyarrow.binary()),
        (types.is_float16, pyarrow.float32()),
        (types.is_decimal256, pyarrow.float64()),
        (types.is_duration, pyarrow.float64()),
        (types.is_interval, pyarrow.string()),
        (types.is_union, pyarrow.string()),
    )
    return next((plain for fits, plain in changed if fits(kind)), kind)


def _plain(column: pyarrow.Array, wanted: pyarrow.DataType, name: str) -> pyarrow.Array:
    import pyarrow
    import pyarrow.compute as pc
    from pyarrow import types

    if column.type == wanted:
        return column
    if isinstance(column.type, pyarrow.BaseExtensionType):
        return _plain(column.storage, wanted, name)
    if types.is_run_end_encoded(column.type):
        return _plain(pc.run_end_decode(column), wanted, name)
    if types.is_dictionary(column.type):
        return _plain(column.dictionary_decode(), wanted, name)
    if types.is_duration(column.type):
        scale = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}[column.type.unit]
        return pc.divide(pc.cast(column, pyarrow.int64()).cast(pyarrow.float64()), scale)
    if types.is_interval(column.type) or types.is_union(column.type):
        values = column.to_pylist()
        return pyarrow.array([None if value is None else str(value) for value in values], wanted)
    try:
        return column.cast(wanted)
    except pyarrow.ArrowException as error:
        raise CanvasError(
            f"The column {name} can't be read: {error}.", hint="Write the file without that column."
        ) from error


def _told(schema: pyarrow.Schema, names: tuple[str, ...]) -> Iterator[str]:
    from pyarrow import types

    for item, name in zip(schema, names, strict=True):
        if types.is_duration(item.type):
            yield f"{name} holds durations: they became seconds."
