"""Tells in what encoding a text file is written, and refuses in words what is no text."""

from __future__ import annotations

import codecs
import unicodedata

from .errors import BundleError

HEAD = 1 << 16
"""Bytes of the beginning by which a file is judged."""
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
_MANNERS = frozenset(b"\t\n\r\f\v\x1a\x1b\x01\x02\x14\x1c\x1d\x1e\x1f")
"""Signs without a shape that texts hold; the last ones part values in exports of large systems."""
_MEANINGLESS = frozenset(b"\x7f\x81\x8d\x8f\x90\x9d")
"""No sign in Windows-1252; random bytes hold one among forty."""
_WIDE_SETS = ("shift_jis", "gb18030", "big5", "euc_kr")
_UNASSIGNED = ("Cn", "Co", "Cs")
_FEW = 100
"""One strange sign among so many is let pass."""


def encoding_of(name: str, head: bytes) -> str:
    """How a file that begins like this is written, as far as that says; ``name`` is for messages.

    UTF-8 is only a guess: what is further down may not fit it. Raises ``BundleError`` for what is empty
    or no text.
    """
    if not head.strip(b"\xef\xbb\xbf \t\r\n"):
        raise BundleError(f"{name} is empty.", "Choose a file that holds a table.")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return _marked(name, head, encoding)
    for magic, what, hint in _MAGIC:
        if head.startswith(magic):
            raise BundleError(f"{name} is not a text file but {what}.", hint)
    if b"\0" in head:
        return _wide(name, head)
    strange = sum(byte < 32 and byte not in _MANNERS for byte in head)
    if strange > len(head) / 50:
        raise _binary(name)
    return "utf-8"


def require_letters(name: str, head: bytes) -> None:
    """Raise ``BundleError`` for bytes that no encoding gives a meaning to, beyond a stray one."""
    if sum(byte in _MEANINGLESS for byte in head) <= len(head) / _FEW:
        return
    almost = head.decode("utf-8", "replace")
    if almost.count("\ufffd") <= len(almost) / _FEW:
        return
    if not any(_can_read(encoding, head) for encoding in _WIDE_SETS):
        raise _binary(name)


def decoded(decoder: codecs.IncrementalDecoder, part: bytes) -> str:
    """The text; five bytes mean nothing in Windows-1252 and are taken as Latin-1 does."""
    try:
        return decoder.decode(part)
    except UnicodeDecodeError:
        return part.decode("latin-1")


def decoder_for(encoding: str) -> codecs.IncrementalDecoder:
    """What ``decoded`` needs; of other encodings than Windows-1252, strange bytes are replaced."""
    return codecs.getincrementaldecoder(encoding)(errors="strict" if encoding == "cp1252" else "replace")


def _wide(name: str, head: bytes) -> str:
    """UTF-16 and UTF-32 without a mark have zeros at fixed places; other zeros mean that it is no text."""
    zeros = [head[place::4].count(0) for place in range(4)]
    most = len(head) / 4 * 0.9
    if zeros[0] == 0 and min(zeros[1:]) > most:
        return "utf-32-le"
    if zeros[3] == 0 and min(zeros[:3]) > most:
        return "utf-32-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > len(head) * 0.3 and even < odd / 20:
        return "utf-16-le"
    if even > len(head) * 0.3 and odd < even / 20:
        return "utf-16-be"
    raise _binary(name)


def _marked(name: str, head: bytes, encoding: str) -> str:
    """A file may begin with the mark of an encoding by chance; its text then holds what no letter is."""
    text = codecs.getincrementaldecoder(encoding)(errors="replace").decode(head)
    strange = sum(letter == "\ufffd" or unicodedata.category(letter) in _UNASSIGNED for letter in text)
    if strange > len(text) / _FEW:
        raise _binary(name)
    return encoding


def _can_read(encoding: str, head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _binary(name: str) -> BundleError:
    return BundleError(
        f"{name} is not a text file: it holds bytes that no CSV file has.",
        "Export the table as CSV or Parquet from the program that made it.",
    )
