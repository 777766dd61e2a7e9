"""Hostile workbooks are refused in words before anything of them is opened."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.workbooks.guard import check

SHEET = "xl/worksheets/sheet1.xml"


def archive(
    folder: Path, parts: dict[str, bytes], name: str = "book.xlsx", *, packed: int = zipfile.ZIP_DEFLATED
) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", packed) as file:
        for part, content in parts.items():
            file.writestr(part, content)
    return path


def test_a_bomb_is_refused_within_three_seconds(tmp_path: Path) -> None:
    path = archive(tmp_path, {SHEET: b"<row>" * 40_000_000})
    began = time.monotonic()

    with pytest.raises(CanvasError, match=r"would grow \d+ times.*save the sheet as CSV"):
        check(path)
    assert time.monotonic() - began < 3


def test_two_cells_in_far_corners_are_refused(tmp_path: Path) -> None:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'

    with pytest.raises(CanvasError, match="cells so far apart"):
        check(archive(tmp_path, {SHEET: b"<sheetData>" + cells + b"</sheetData>"}))


def test_a_sheet_of_too_many_cells_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, {SHEET: b"<c />" * 22_100_000}, packed=zipfile.ZIP_STORED)

    with pytest.raises(CanvasError, match="holds more than 20,000,000 cells"):
        check(path)


@pytest.mark.parametrize(
    "declared", ["<!DOCTYPE x [<!ENTITY a 'ha'>]>", '<!DOCTYPE x SYSTEM "file:///etc/passwd">']
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(tmp_path: Path, declared: str, encoding: str) -> None:
    content = f"<?xml version='1.0'?>{declared}<x>&a;</x>".encode(encoding)

    with pytest.raises(CanvasError, match="declares entities"):
        check(archive(tmp_path, {"xl/sharedStrings.xml": content}))


def test_a_cell_repeated_a_million_times_is_refused(tmp_path: Path) -> None:
    content = (
        '<x xmlns:table="t" xmlns:office="o"><table:table>'
        '<table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell office:value-type="float" table:number-columns-repeated="1024"/></table:table-row>'
        "</table:table></x>"
    )

    with pytest.raises(CanvasError, match="holds more than 20,000,000 cells"):
        check(archive(tmp_path, {"content.xml": content.encode()}, "book.ods"))


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match="more than 10,000 parts"):
        check(archive(tmp_path, {f"p{place}": b"" for place in range(10_001)}))


def test_a_password_is_told(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")
    )

    with pytest.raises(CanvasError, match="protected by a password"):
        check(path)


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"PK\x03\x04 and then nothing"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)

    with pytest.raises(CanvasError, match=r"book\.xlsx is (not a workbook, or it is )?damaged"):
        check(path)


def test_a_part_cut_short_is_told(tmp_path: Path) -> None:
    path = archive(tmp_path, {SHEET: bytes(range(256)) * 4000})
    whole = path.read_bytes()
    path.write_bytes(whole[:200] + bytes(600) + whole[800:])

    with pytest.raises(CanvasError, match="is damaged: its parts can't be unpacked"):
        check(path)


def test_errors_are_counted_by_sheet(tmp_path: Path) -> None:
    book = (
        b"""<workbook xmlns="m" xmlns:r="rel"><sheets><sheet name="Costs" r:id="r1"/></sheets></workbook>"""
    )
    links = b"""<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>"""
    cells = b'<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><v>#REF!</v></c></row>'
    parts = {"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": links, SHEET: cells}

    assert check(archive(tmp_path, parts)).errors == {"Costs": 2}
