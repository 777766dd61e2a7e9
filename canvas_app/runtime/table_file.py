"""Reads and writes tables of any length in pieces, as CSV or Parquet by the file's suffix."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.types as kinds

from .csv_file import csv_tables, look_at
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
    about: int
    """How many there are at most, to tell how far the work is; 0 where nobody knows."""


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
    text = look_at(path)
    rows = max(text.lines - 1, min(text.lines, 1))  # one of the lines is the header
    return Pieces(csv_tables(text, PIECE), None, rows)


def require_place(path: Path) -> None:
    """Raise ``BundleError`` unless a file can take that name: better now than after the work."""
    _suffix(path)
    folder = path.absolute().parent
    if path.is_dir():
        raise BundleError(f"{path} is a folder, not a file.", "Name a file inside it.")
    if not folder.is_dir():
        raise BundleError(f"There is no folder {folder} for {path.name}.", "Make it, or choose another one.")
    if not os.access(folder, os.W_OK):
        raise _closed(path)


@contextmanager
def writing(path: Path) -> Iterator[TableWriter]:
    """A writer whose file takes its name when all is written; without that, nothing is left behind."""
    require_place(path)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    writer = TableWriter(temporary, path)
    try:
        yield writer
        writer.publish()
    finally:
        with suppress(OSError):
            writer.abandon()


class TableWriter:
    """Writes piece after piece under a temporary name; raises ``BundleError`` where there is no room."""

    def __init__(self, temporary: Path, path: Path) -> None:
        self._temporary, self._path = temporary, path
        self._writer: Any = None

    def write(self, table: pa.Table) -> None:
        """Add rows; the first piece settles the columns."""
        if self._path.suffix.lower() in CSV_SUFFIXES:
            table = _for_csv(table)
        with _writing_errors(self._path):
            if self._writer is None:
                self._writer = self._open(table.schema)
            self._writer.write_table(table)

    def publish(self) -> None:
        """Bring the file to the disk and give it its name."""
        with _writing_errors(self._path):
            self._close()
            with self._temporary.open("rb+") as file:
                os.fsync(file.fileno())
            self._temporary.replace(self._path)

    def abandon(self) -> None:
        """End the writing; what has no name yet goes."""
        try:
            self._close()
        finally:
            self._temporary.unlink(missing_ok=True)

    def _close(self) -> None:
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


@contextmanager
def _writing_errors(path: Path) -> Iterator[None]:
    """What the system says of the place where a file is written, in a person's words."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise _closed(path) from error
        if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
            folder = path.absolute().parent
            raise BundleError(
                f"The disk of {folder} is full.", "Free some space, or choose a folder on another disk."
            ) from error
        raise BundleError(
            f"{path.name} can't be written in {path.absolute().parent}.", "Choose another folder."
        ) from error


def _closed(path: Path) -> BundleError:
    folder = path.absolute().parent
    return BundleError(
        f"{path.name} can't be written: nothing may be written into the folder {folder}.",
        "Choose another folder for the answers.",
    )


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
    return Pieces(_parquet_tables(path, file), file.metadata.num_rows, file.metadata.num_rows)


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
