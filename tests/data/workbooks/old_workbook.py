"""The smallest workbook of Excel 97: a compound file that holds one stream of records."""

from __future__ import annotations

import struct

Cell = str | float | None

ERRORS = {"#DIV/0!": 7, "#N/A": 42}
_SECTOR = 512
_END, _FAT, _FREE = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def old_workbook(rows: list[list[Cell]], *, encrypted: bool = False) -> bytes:
    """A workbook with one sheet of texts, numbers and errors."""
    stream = _stream(rows, encrypted)
    stream += bytes(-len(stream) % _SECTOR + max(0, 4096 - len(stream)) // _SECTOR * _SECTOR)
    sectors = len(stream) // _SECTOR
    chain = [_FAT, _END, *range(3, sectors + 2), _END]
    fat = struct.pack(f"<{_SECTOR // 4}I", *chain, *[_FREE] * (_SECTOR // 4 - len(chain)))
    root = _entry("Root Entry", 5, child=1, start=_END, size=0)
    directory = root + _entry("Workbook", 2, child=_FREE, start=2, size=len(stream)) + _entry("", 0) * 2
    return _header() + fat + directory + stream


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0, 0)
    return head + struct.pack("<108I", *[_FREE] * 108)


def _entry(name: str, kind: int, child: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    words = name.encode("utf-16-le")
    length = len(words) + 2 if name else 0
    facts = struct.pack("<HBBIII", length, kind, 1, _FREE, _FREE, child)
    return words.ljust(64, b"\0") + facts + bytes(36) + struct.pack("<IQ", start, size)


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _stream(rows: list[list[Cell]], encrypted: bool) -> bytes:
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    if encrypted:
        begin += _record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    name = b"\x05\x00Sheet"
    length = len(begin) + 4 + 6 + len(name) + 4
    sheet = _record(0x85, struct.pack("<IBB", length, 0, 0) + name)
    cells = b"".join(
        _cell(row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values)
    )
    body = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)) + cells + _record(0x0A)
    return begin + sheet + _record(0x0A) + body


def _cell(row: int, column: int, value: Cell) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if value is None:
        return b""
    if isinstance(value, float):
        return _record(0x203, place + struct.pack("<d", value))
    if value in ERRORS:
        return _record(0x205, place + bytes([ERRORS[value], 1]))
    return _record(0x204, place + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))
