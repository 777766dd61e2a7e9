"""Text files of any encoding become UTF-8, and what is no text is refused in words."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from canvas_app.base.errors import CanvasError, Where
from canvas_app.data import files
from canvas_app.data.engine_errors import in_words
from canvas_app.data.text.charset import charset_of, is_mostly_utf8
from canvas_app.data.text.opened import opened
from canvas_app.jobs.job import Report
from canvas_app.runtime.encoding import HEAD, decoded, decoder_for, encoding_of, require_letters
from canvas_app.runtime.errors import BundleError

_CHUNK = 1 << 20
_MIXED = "utf-8 with windows-1252"
_TEXT = 0.6
"""What letters of a text are worth; below, it may be no text at all."""
_SHOWN = {
    "cp1252": "Windows-1252 (Western European)",
    "cp1250": "Windows-1250 (Central European)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "cp1253": "Windows-1253 (Greek)",
    "cp1254": "Windows-1254 (Turkish)",
    "cp1255": "Windows-1255 (Hebrew)",
    "cp1256": "Windows-1256 (Arabic)",
    "cp1257": "Windows-1257 (Baltic)",
    "mac_roman": "Mac Roman",
    "cp932": "Shift JIS (Japanese)",
    "gb18030": "GB 18030 (Chinese)",
    "euc_kr": "EUC-KR (Korean)",
    "euc_jp": "EUC-JP (Japanese)",
    "big5": "Big5 (Chinese)",
}


@dataclass(frozen=True)
class Readable:
    """A text file that is UTF-8: the person's own, or one made from it in the scratch folder."""

    path: Path
    note: str = ""
    encoding: str = "utf-8"
    """As Python calls it."""


def as_utf8(
    path: Path, scratch: Path, *, whole: bool, report: Report | None = None, encoding: str = ""
) -> Readable:
    """The file, transcoded if it must be; ``whole`` looks further than its beginning.

    ``encoding`` is what a person says, and empty to find out. Raises ``CanvasError`` for a file that is
    missing, empty or no text.
    """
    try:
        with opened(path) as stream:
            head = bytes(stream.read(HEAD))
        found = _known(encoding) if encoding else _found(path, head, whole=whole)
        if found == "utf-8" and (not encoding or _is_utf8(path, _CHUNK, head)):
            return Readable(path)
        copy = scratch / f"utf8-{files.temporary_beside(path).name[-17:-5]}.csv"
        files.write_atomically(copy, lambda file: _transcode(path, found, file, report))
    except BundleError as error:
        raise CanvasError(error.message, hint=error.hint) from error
    except (OSError, _arrow_error()) as error:
        raise in_words(error, path) from error
    return Readable(copy, _note(found), found)


def _found(path: Path, head: bytes, *, whole: bool) -> str:
    encoding = encoding_of(path.name, head)
    if encoding != "utf-8" or _is_utf8(path, _CHUNK if whole else 0, head):
        return encoding
    sample = _odd_lines(path, head)
    if is_mostly_utf8(sample):
        return _MIXED
    likely = charset_of(sample)
    if likely.worth < _TEXT:
        require_letters(path.name, head)
    return likely.name


def _known(encoding: str) -> str:
    try:
        name = codecs.lookup(encoding.strip()).name
        codecs.getincrementaldecoder(name)(errors="strict")
        "".encode(name)
    except (LookupError, TypeError) as error:
        raise CanvasError(
            f"There is no encoding called {encoding}.",
            hint="Such are utf-8, utf-16, cp1252, latin-1, shift_jis; leave it empty to find out.",
            where=Where(field="encoding"),
        ) from error
    return name


def _note(encoding: str) -> str:
    if encoding == _MIXED:
        return "The file is UTF-8 but for a few letters: these were read as Windows-1252."
    return f"The file is not UTF-8: it was read as {_SHOWN.get(encoding, encoding.upper())}."


def _odd_lines(path: Path, head: bytes) -> bytes:
    """Some of the bytes where the file is no plain ASCII."""
    if any(byte > 127 for byte in head):
        return head
    for part in _parts(path, _CHUNK):
        at = next((place for place, byte in enumerate(part) if byte > 127), None)
        if at is not None:
            return part[max(0, at - HEAD // 2) : at + HEAD]
    return head


def _as_western(error: UnicodeError) -> tuple[str, int]:
    """What is no UTF-8 is read as Windows-1252, letter by letter."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    odd = error.object[error.start : error.end]
    return odd.decode("cp1252", errors="replace"), error.end


codecs.register_error("canvas_western", _as_western)


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
    decoder: codecs.IncrementalDecoder
    if encoding == _MIXED:
        decoder = codecs.getincrementaldecoder("utf-8")(errors="canvas_western")
    else:
        decoder = decoder_for(encoding)
    for part in _parts(path, _CHUNK):
        if report:
            report(-1.0, "Reading the encoding")
        file.write(decoded(decoder, part).encode())
    file.write(decoder.decode(b"", final=True).encode())


def _parts(path: Path, size: int) -> Iterator[bytes]:
    with opened(path) as stream:
        while part := bytes(stream.read(size)):
            yield part


def _arrow_error() -> type[Exception]:
    import pyarrow

    error: type[Exception] = pyarrow.ArrowException
    return error
