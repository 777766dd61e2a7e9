"""Text files of any encoding become UTF-8, and what is no text is refused in words."""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from canvas_app.base.errors import CanvasError
from canvas_app.data import files
from canvas_app.data.engine_errors import in_words
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    import pyarrow

_CHUNK = 1 << 20
_HEAD = 1 << 16
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"PK\x03\x04", "a workbook or a ZIP archive", "Save the sheet as CSV, or take the file out of it."),
    (b"PAR1", "a Parquet file", "Give its name the ending .parquet."),
    (b"\x1f\x8b", "a compressed file", "Give its name the ending .csv.gz."),
    (b"\x28\xb5\x2f\xfd", "a compressed file", "Give its name the ending .csv.zst."),
    (b"SQLite format 3", "a database", "Export the table from it as CSV."),
    (b"%PDF", "a PDF document", "Export the table from it as CSV."),
)
_MANNERS = frozenset(b"\t\n\r\f\v\x1a\x1b")
_MEANINGLESS = frozenset(b"\x7f\x81\x8d\x8f\x90\x9d")
"""No sign in Windows-1252; random bytes hold one among forty."""
_WIDE_SETS = ("shift_jis", "gb18030", "big5", "euc_kr")
_UNASSIGNED = ("Cn", "Co", "Cs")
_FEW = 100
"""One strange sign among so many is let pass."""


@dataclass(frozen=True)
class Readable:
    """A text file that is UTF-8: the person's own, or one made from it in the scratch folder."""

    path: Path
    note: str = ""


def as_utf8(path: Path, scratch: Path, *, whole: bool, report: Report | None = None) -> Readable:
    """The file, transcoded if it must be; ``whole`` looks further than its beginning.

    Raises ``CanvasError`` for a file that is missing, empty or no text.
    """
    try:
        with _opened(path) as stream:
            head = bytes(stream.read(_HEAD))
        encoding = _encoding(path, head)
        if encoding == "utf-8" and not _is_utf8(path, _CHUNK if whole else 0, head):
            _require_letters(path, head)
            encoding = "cp1252"
        if encoding == "utf-8":
            return Readable(path)
        copy = scratch / f"utf8-{files.temporary_beside(path).name[-17:-5]}.csv"
        files.write_atomically(copy, lambda file: _transcode(path, encoding, file, report))
    except (OSError, _arrow_error()) as error:
        raise in_words(error, path) from error
    shown = {"cp1252": "Windows-1252 (Western European)"}.get(encoding, encoding.upper())
    return Readable(copy, f"The file is not UTF-8: it was read as {shown}.")


def _encoding(path: Path, head: bytes) -> str:
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise CanvasError(f"{path.name} is empty.", hint="Choose a file that holds a table.")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return _marked(path, head, encoding)
    for magic, what, hint in _MAGIC:
        if head.startswith(magic):
            raise CanvasError(f"{path.name} is not a text file but {what}.", hint=hint)
    if b"\0" in head:
        return _wide(path, head)
    strange = sum(byte < 32 and byte not in _MANNERS for byte in head)
    if strange > len(head) / 50:
        raise _binary(path)
    return "utf-8"


def _wide(path: Path, head: bytes) -> str:
    """UTF-16 without a mark has its zeros at every other byte; other zeros mean that it is no text."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.3 and even < odd / 20:
        return "utf-16-le"
    if even > len(head) * 0.3 and odd < even / 20:
        return "utf-16-be"
    raise _binary(path)


def _marked(path: Path, head: bytes, encoding: str) -> str:
    """A file may begin with the mark of an encoding by chance; its text then holds what no letter is."""
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    strange = sum(letter == "\ufffd" or unicodedata.category(letter) in _UNASSIGNED for letter in text)
    if strange > len(text) / _FEW:
        raise _binary(path)
    return encoding


def _require_letters(path: Path, head: bytes) -> None:
    """Raise ``CanvasError`` for bytes that no encoding gives a meaning to, beyond a stray one."""
    if sum(byte in _MEANINGLESS for byte in head) <= len(head) / _FEW:
        return
    almost = head.decode("utf-8", "replace")
    if almost.count("\ufffd") <= len(almost) / _FEW:
        return
    if not any(_can_read(encoding, head) for encoding in _WIDE_SETS):
        raise _binary(path)


def _can_read(encoding: str, head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _binary(path: Path) -> CanvasError:
    return CanvasError(
        f"{path.name} is not a text file: it holds bytes that no CSV file has.",
        hint="Export the table as CSV or Parquet from the program that made it.",
    )


def _is_utf8(path: Path, chunk: int, head: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        if not chunk:
            decoder.decode(head)
            return True
        for part in _parts(path, chunk):
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _transcode(path: Path, encoding: str, file: BinaryIO, report: Report | None) -> None:
    decoder = codecs.getincrementaldecoder(encoding)(errors="strict" if encoding == "cp1252" else "replace")
    for part in _parts(path, _CHUNK):
        if report:
            report(-1.0, "Reading the encoding")
        file.write(_decoded(decoder, part).encode())
    file.write(decoder.decode(b"", final=True).encode())


def _decoded(decoder: codecs.IncrementalDecoder, part: bytes) -> str:
    """The text; five bytes mean nothing in Windows-1252 and are taken as Latin-1 does."""
    try:
        return decoder.decode(part)
    except UnicodeDecodeError:
        return part.decode("latin-1")


def _parts(path: Path, size: int) -> Iterator[bytes]:
    with _opened(path) as stream:
        while part := bytes(stream.read(size)):
            yield part


def _opened(path: Path) -> pyarrow.NativeFile:
    """The bytes of the file, unpacked if its name ends in .gz or .zst."""
    import pyarrow

    if not path.exists():
        raise FileNotFoundError(path)
    with path.open("rb"):
        pass  # Arrow's own errors lack the number by which the system tells folders from locked files
    return pyarrow.input_stream(str(path), compression="detect")


def _arrow_error() -> type[Exception]:
    import pyarrow

    error: type[Exception] = pyarrow.ArrowException
    return error
