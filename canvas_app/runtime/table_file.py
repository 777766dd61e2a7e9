"""Reads and writes tables of any length in pieces, as CSV or Parquet by the file's suffix."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.types as kinds

from .csv_file import csv_tables
from .errors import BundleError

PIECE = 50_000
"""Rows that are held in memory at a time."""

CSV_SUFFIXES = (".csv", ".tsv", ".txt")
PACKED_SUFFIXES = (".gz", ".zst")
"""Of CSV files that are read; answers are written as they are."""
PARQUET_SUFFIXES = (".parquet", ".pq")


@dataclass(frozen=True)
class Pieces:
    """The rows of a file, piece by piece, and how many there are where that is known."""

    tables: Iterator[pa.Table]
    rows: int | None


def read_pieces(path: Path) -> Pieces:
    """Open a file of rows; the first piece comes even where there are no rows."""
    packed = path.suffix.lower() in PACKED_SUFFIXES
    suffix = _suffix(path.with_suffix("") if packed else path)
    if not path.is_file():
        raise BundleError(f"There is no file {path.name}.", "Check its name and folder.")
    if path.stat().st_size == 0:
        raise BundleError(f"{path.name} is empty.", "Choose a file with a header and rows.")
    if suffix in PARQUET_SUFFIXES:
        return _parquet_pieces(path)
    return Pieces(csv_tables(path, PIECE), None)


@contextmanager
def writing(path: Path) -> Iterator[TableWriter]:
    """A writer whose file takes its name when all is written; without that, nothing is left behind."""
    _suffix(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    writer = TableWriter(temporary, path)
    try:
        yield writer
        writer.publish()
    except OSError as error:
        raise BundleError(
            f"{path.name} can't be written: {error.strerror or error}.",
            "Choose another folder, or make room.",
        ) from error
    finally:
        writer.close()
        temporary.unlink(missing_ok=True)


class TableWriter:
    """Writes piece after piece under a temporary name."""

    def __init__(self, temporary: Path, path: Path) -> None:
        self._temporary, self._path = temporary, path
        self._writer: Any = None

    def write(self, table: pa.Table) -> None:
        """Add rows; the first piece settles the columns."""
        if self._path.suffix.lower() in CSV_SUFFIXES:
            table = _for_csv(table)
        if self._writer is None:
            self._writer = self._open(table.schema)
        self._writer.write_table(table)

    def publish(self) -> None:
        """Bring the file to the disk and give it its name."""
        self.close()
        with self._temporary.open("rb+") as file:
            os.fsync(file.fileno())
        self._temporary.replace(self._path)

    def close(self) -> None:
        """End the writing."""
        if self._writer is not None:
            writer, self._writer = self._writer, None
            writer.close()

    def _open(self, schema: pa.Schema) -> Any:
        if self._path.suffix.lower() in CSV_SUFFIXES:
            from pyarrow import csv

            options = csv.WriteOptions(delimiter="\t" if self._path.suffix.lower() == ".tsv" else ",")
            return csv.CSVWriter(str(self._temporary), schema, write_options=options)
        from pyarrow import parquet

        return parquet.ParquetWriter(str(self._temporary), schema)


def _suffix(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix not in CSV_SUFFIXES + PARQUET_SUFFIXES:
        raise BundleError(
            f"{path.name} is neither CSV nor Parquet by its name.",
            "Use a name that ends in .csv or .parquet.",
        )
    return suffix


def _parquet_pieces(path: Path) -> Pieces:
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(str(path), memory_map=True)
    except (pa.ArrowException, OSError) as error:
        raise BundleError(
            f"{path.name} can't be read as Parquet.", "Export it again from where it came."
        ) from error
    return Pieces(_parquet_tables(path, file), file.metadata.num_rows)


def _parquet_tables(path: Path, file: Any) -> Iterator[pa.Table]:
    schema = file.schema_arrow.remove_metadata()
    try:
        if file.metadata.num_rows == 0:
            yield schema.empty_table()
        for batch in file.iter_batches(batch_size=PIECE):
            yield pa.Table.from_batches([batch]).replace_schema_metadata(None)
    except (pa.ArrowException, OSError) as error:
        raise BundleError(
            f"{path.name} is damaged: part of it can't be read.", "Export it again from where it came."
        ) from error
    finally:
        file.close()


def _for_csv(table: pa.Table) -> pa.Table:
    """What CSV can't say in its own way is said as text."""
    for at, field in enumerate(table.schema):
        if kinds.is_dictionary(field.type):
            table = table.set_column(at, field.name, table.column(at).cast(field.type.value_type))
        elif kinds.is_nested(field.type):
            texts = pa.array(
                [None if cell is None else str(cell) for cell in table.column(at).to_pylist()], pa.string()
            )
            table = table.set_column(at, field.name, texts)
    return table
