"""Text files of any encoding become UTF-8, and what is no text is refused in words."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from canvas_app.base.errors import CanvasError
from canvas_app.data import files
from canvas_app.data.engine_errors import in_words
from canvas_app.jobs.job import Report
from canvas_app.runtime.encoding import HEAD, decoded, decoder_for, encoding_of, require_letters
from canvas_app.runtime.errors import BundleError

if TYPE_CHECKING:
    import pyarrow

_CHUNK = 1 << 20


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
            head = bytes(stream.read(HEAD))
        encoding = encoding_of(path.name, head)
        if encoding == "utf-8" and not _is_utf8(path, _CHUNK if whole else 0, head):
            require_letters(path.name, head)
            encoding = "cp1252"
        if encoding == "utf-8":
            return Readable(path)
        copy = scratch / f"utf8-{files.temporary_beside(path).name[-17:-5]}.csv"
        files.write_atomically(copy, lambda file: _transcode(path, encoding, file, report))
    except BundleError as error:
        raise CanvasError(error.message, hint=error.hint) from error
    except (OSError, _arrow_error()) as error:
        raise in_words(error, path) from error
    shown = {"cp1252": "Windows-1252 (Western European)"}.get(encoding, encoding.upper())
    return Readable(copy, f"The file is not UTF-8: it was read as {shown}.")


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
    decoder = decoder_for(encoding)
    for part in _parts(path, _CHUNK):
        if report:
            report(-1.0, "Reading the encoding")
        file.write(decoded(decoder, part).encode())
    file.write(decoder.decode(b"", final=True).encode())


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
