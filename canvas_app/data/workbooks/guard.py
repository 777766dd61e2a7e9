"""What a workbook would take to open is known before it is opened: bombs are refused, errors are counted."""

from __future__ import annotations

import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

from canvas_app.base.errors import CanvasError
from canvas_app.data.workbooks.cells import column_of

_ZIP = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MOST_PARTS = 10_000
_MOST_BYTES = 4_000_000_000
_MOST_RATIO = 200
_RATIO_FROM = 50_000_000
"""Bytes below which even well packed parts do no harm."""
MOST_CELLS = 20_000_000
"""Cells in use, and cells of the rectangle around them: a reader holds all of it in memory."""
_CHUNK = 1 << 20
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    KeyError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What Python's zip reader raises where bytes were changed."""
_LONGEST_TAG = 1024
_LARGEST_XLS = 400_000_000

_ROW = re.compile(rb'<row [^>]*?r="(\d{1,9})"')
_PLACE = re.compile(rb' r="([A-Z]{1,3})\d')
_OLD_ERROR = re.compile(  # the records of a cell with an error, and of a formula that gave one
    rb"\x05\x02\x08\x00.{6}[\x00\x07\x0f\x17\x1d\x24\x2a]\x01|\x06\x00.\x00.{6}\x02\x00.\x00{3}\xff\xff",
    re.DOTALL,
)


@dataclass(frozen=True)
class Checked:
    """What was learned of a workbook without opening it."""

    size: int = 0
    """Bytes of all its parts, unpacked."""
    errors: dict[str, int] = field(default_factory=dict)
    """By the name of a sheet, how many cells hold an error such as #DIV/0!; "" for the whole workbook."""


def check(path: Path) -> Checked:
    """Look at the parts of a workbook; raises ``CanvasError`` for one that must not be opened."""
    with path.open("rb") as file:
        head = file.read(_CHUNK)
    if head.startswith(_ZIP):
        return _checked_archive(path)
    if head.startswith(_COMPOUND):
        if _ENCRYPTED in head or _ENCRYPTED in _tail(path):
            refuse_encrypted(path.name)
        if path.stat().st_size > _LARGEST_XLS:
            _refuse(path.name, "is too large for a workbook of this kind")
        return Checked(path.stat().st_size, {"": len(_OLD_ERROR.findall(path.read_bytes()))})
    raise CanvasError(
        f"{path.name} is not a workbook, or it is damaged.",
        hint="Open it in a spreadsheet program and save it again, or save the sheet as CSV.",
    )


def refuse_encrypted(name: str) -> NoReturn:
    """Raise what is told of a workbook that asks for a password."""
    raise CanvasError(
        f"{name} is protected by a password.",
        hint="Open it in a spreadsheet program, remove the password, and save it.",
    )


def _checked_archive(path: Path) -> Checked:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_parts(path.name, parts)
            _check_declarations(path.name, archive)
            errors = _check_sheets(path.name, archive)
            return Checked(sum(part.file_size for part in parts), errors)
    except _DAMAGE as error:
        raise CanvasError(
            f"{path.name} is damaged: its parts can't be unpacked.",
            hint="Get it again from where it came from, or save it again in a spreadsheet program.",
        ) from error


def _check_parts(name: str, parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        refuse_encrypted(name)
    if len(parts) > _MOST_PARTS:
        _refuse(name, f"has more than {_MOST_PARTS:,} parts")
    if sum(part.file_size for part in parts) > _MOST_BYTES:
        _refuse(name, "would unpack to more than 4 GB")
    for part in parts:
        if part.file_size > _RATIO_FROM and part.file_size > _MOST_RATIO * max(1, part.compress_size):
            _refuse(
                name, f"would grow {part.file_size // max(1, part.compress_size)} times when it is unpacked"
            )


def _check_declarations(name: str, archive: zipfile.ZipFile) -> None:
    """Entities and outside parts are declared at the top of an XML part; no workbook needs them."""
    for part in archive.infolist():
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                head = stream.read(4096)
            plain = head.replace(b"\0", b"").upper()
            if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
                _refuse(name, "declares entities, which workbooks never need")


def _check_sheets(name: str, archive: zipfile.ZipFile) -> dict[str, int]:
    """Measure the sheets of xlsx and ods files; gives the cells with errors by sheet."""
    names = set(archive.namelist())
    if "content.xml" in names:
        return _check_open_document(name, archive)
    called = _sheet_names(archive) if "xl/workbook.xml" in names else {}
    errors: dict[str, int] = {}
    for part in sorted(names):
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", part):
            errors[called.get(part, part)] = _check_sheet(name, archive, part)
    return errors


def _check_sheet(name: str, archive: zipfile.ZipFile, part: str) -> int:
    cells = errors = last = 0
    columns: set[bytes] = set()
    for chunk in _chunks(archive, part):
        places = _PLACE.findall(chunk)
        columns.update(places)
        cells += max(len(places), chunk.count(b"<c ") + chunk.count(b"<c>"))
        errors += chunk.count(b' t="e"')
        last = max([last, *map(int, _ROW.findall(chunk))])
        if cells > MOST_CELLS:
            _refuse(name, f"holds more than {MOST_CELLS:,} cells in one sheet")
        if last * _widest(columns) > 2 * MOST_CELLS:
            _refuse(name, "has cells so far apart that the sheet can't be held in memory")
    return errors


def _chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The bytes of a part, cut between tags."""
    kept = b""
    with archive.open(part) as stream:
        while new := stream.read(_CHUNK):
            chunk = kept + new
            cut = chunk.rfind(b"<", len(chunk) - _LONGEST_TAG if len(chunk) > _LONGEST_TAG else 0)
            cut = cut if cut > 0 else len(chunk)
            yield chunk[:cut]
            kept = chunk[cut:]
    yield kept


def _widest(columns: set[bytes]) -> int:
    return max((column_of(letters.decode()) for letters in columns), default=0)


def _check_open_document(name: str, archive: zipfile.ZipFile) -> dict[str, int]:
    """Filled cells may be written once and repeated a million times."""
    from xml.parsers.expat import ExpatError, ParserCreate

    counted = _Repeated(name)
    parser = ParserCreate()
    parser.StartElementHandler = counted.start
    try:
        with archive.open("content.xml") as stream:
            parser.ParseFile(stream)
    except ExpatError as error:
        raise zipfile.BadZipFile(str(error)) from error
    return counted.errors


class _Repeated:
    """Counts the filled cells of OpenDocument sheets, each as often as it is repeated."""

    def __init__(self, name: str) -> None:
        self.errors: dict[str, int] = {}
        self._name = name
        self._sheet = ""
        self._row = 1
        self._cells = 0

    def start(self, tag: str, facts: dict[str, str]) -> None:
        """A tag begins; raises ``CanvasError`` when there are too many cells."""
        if tag == "table:table":
            self._cells = 0
            self._sheet = facts.get("table:name", "")
        elif tag == "table:table-row":
            self._row = int(facts.get("table:number-rows-repeated", "1"))
        elif tag.endswith("table-cell") and "office:value-type" in facts:
            self._cells += self._row * int(facts.get("table:number-columns-repeated", "1"))
            if facts.get("calcext:value-type") == "error" and facts.get("office:string-value") == "":
                self.errors[self._sheet] = self.errors.get(self._sheet, 0) + 1
            if self._cells > MOST_CELLS:
                _refuse(self._name, f"holds more than {MOST_CELLS:,} cells in one sheet")


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The names of the sheets by the names of their parts."""
    from xml.etree.ElementTree import ParseError, fromstring

    try:
        targets = {
            item.get("Id", ""): posixpath.normpath(posixpath.join("/xl", item.get("Target", ""))).lstrip("/")
            for item in fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - no entities
        }
        sheets = fromstring(archive.read("xl/workbook.xml")).iter()  # noqa: S314 - no entities
    except (ParseError, KeyError):
        return {}
    found = {}
    for item in sheets:
        link = next((value for key, value in item.items() if key.endswith("}id")), "")
        if item.tag.endswith("}sheet") and link in targets:
            found[targets[link]] = item.get("name", "")
    return found


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _CHUNK))
        return file.read()


def _refuse(name: str, why: str) -> NoReturn:
    raise CanvasError(
        f"{name} {why}, so it was not opened.",
        hint="If you trust it, open it in a spreadsheet program and save the sheet as CSV.",
    )
