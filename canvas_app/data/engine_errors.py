"""What DuckDB, Ibis, Arrow and the system raise, in a person's words."""

from __future__ import annotations

import errno
import re
from pathlib import Path

import duckdb

from canvas_app.base.errors import CanvasError
from canvas_app.data import files

_SYSTEM = (
    ("no space left", errno.ENOSPC),
    ("max_temp_directory_size", errno.ENOSPC),
    ("quota", errno.ENOSPC),
    ("permission denied", errno.EACCES),
    ("read-only file system", errno.EROFS),
    ("no such file", errno.ENOENT),
    ("no files found", errno.ENOENT),
)


class UnfitRows(CanvasError):
    """Rows that don't fit the shape or the types that were expected of them."""


def in_words(error: Exception, path: Path | None = None) -> CanvasError:
    """The same, as what happened and what to do; ``path`` is the file that was worked on."""
    if isinstance(error, OSError):
        return files.error_about(_place(error, path), error)
    text = str(error)
    lowered = text.lower()
    for sign, number in _SYSTEM:
        if sign in lowered:
            return files.error_about(path or Path("scratch folder"), OSError(number, sign))
    if isinstance(error, duckdb.OutOfMemoryException | MemoryError):
        return CanvasError(
            "There is not enough memory for this.",
            hint="Close other programs, or keep fewer columns and rows before this step.",
        )
    if any(sign in lowered for sign in ("magic bytes", "parquet file", "snappy", "thrift", "tprotocol")):
        return CanvasError(
            f"{path.name if path else 'The file'} is not a Parquet file, or it is damaged.",
            hint="Get it again from where it came from.",
        )
    return _about_values(error, text)


def _about_values(error: Exception, text: str) -> CanvasError:
    what = first_line(text)
    if isinstance(error, duckdb.ConversionException):
        return UnfitRows(
            f"A value doesn't fit its column's type: {what}",
            hint="Change the column's type to text, or filter those rows before.",
        )
    if isinstance(error, duckdb.OutOfRangeException):
        return CanvasError(
            f"A number is outside of what its type can hold: {what}",
            hint="Change the column's type to number, or filter those rows before.",
        )
    if isinstance(error, duckdb.InvalidInputException):
        return UnfitRows(f"Rows don't fit their table: {what}", hint="Look at the file at that place.")
    if isinstance(error, duckdb.BinderException | duckdb.CatalogException | duckdb.ParserException):
        return CanvasError(
            f"This can't be computed: {what}", hint="Check the columns, their types and the formula."
        )
    return CanvasError(f"The rows can't be computed: {what}", hint="Check the steps before, and the file.")


def first_line(text: str) -> str:
    """The first sentence of an engine's message, without its class name."""
    line = text.strip().splitlines()[0] if text.strip() else "no reason was given."
    line = re.sub(r"^[A-Z][A-Za-z ]{2,30} Error: ", "", line).strip()
    return line[:300] if line.endswith((".", "!", "?")) else f"{line[:300]}."


def _place(error: OSError, path: Path | None) -> Path:
    if path is not None:
        return path
    return Path(str(error.filename)) if error.filename else Path("scratch folder")
