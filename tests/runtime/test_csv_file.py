"""CSV is read as it was meant, and its columns are called as they are when it is imported."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.column_names import unique_names as imported
from canvas_app.data.encoding import as_utf8
from canvas_app.runtime.csv_file import csv_tables, look_at, unique_names
from canvas_app.runtime.errors import BundleError


def read(path: Path) -> dict[str, list[str | None]]:
    (table,) = csv_tables(look_at(path), 100)
    return table.to_pydict()


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_any_usual_sign_may_part_the_values(tmp_path: Path, sign: str):
    path = tmp_path / "rows.csv"
    path.write_text("\n".join(sign.join(row) for row in (["a", "b"], ["1", "x y"], ["2", "z"])) + "\n")

    assert read(path) == {"a": ["1", "2"], "b": ["x y", "z"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str):
    path = tmp_path / "rows.csv"
    path.write_text("name,city\nJosé,Köln\nAnna,Málaga\n", encoding)

    assert read(path) == {"name": ["José", "Anna"], "city": ["Köln", "Málaga"]}


def test_signs_in_the_name_of_the_file_mean_themselves(tmp_path: Path):
    path = tmp_path / "it's [1] *.csv"
    path.write_text("a,b\n1,2\n")

    assert read(path) == {"a": ["1"], "b": ["2"]}


def test_text_columns_alone_still_have_a_header(tmp_path: Path):
    path = tmp_path / "rows.csv"
    path.write_text("first,last\nAda,Lovelace\nAlan,Turing\n")

    assert list(read(path)) == ["first", "last"]


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        (["a", "b"], ("a", "b")),
        (["a", "A", "a_2", "a"], ("a", "A_3", "a_2", "a_4")),
        ([None, "x", ""], ("column_1", "x", "column_3")),
        ([None, "column_1"], ("column_2", "column_1")),
    ],
)
def test_names_are_made_unique_as_an_import_makes_them(raw: list[str | None], names: tuple[str, ...]):
    assert unique_names(raw) == imported(raw)[0] == names


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.csv", bytes(range(256)) * 50),
        ("sheet.csv", b"PK\x03\x04" + bytes(40)),
        ("table.csv", b"PAR1" + bytes(40)),
        ("paper.csv", b"%PDF-1.7\n1 0 obj"),
        ("blank.csv", b"\xef\xbb\xbf\n"),
    ],
)
def test_what_is_no_text_is_refused_as_an_import_refuses_it(tmp_path: Path, name: str, content: bytes):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BundleError) as asked:
        look_at(path)
    with pytest.raises(CanvasError) as brought:
        as_utf8(path, tmp_path, whole=True)

    assert (asked.value.message, asked.value.hint) == (brought.value.message, brought.value.hint)
    assert name in asked.value.message


def test_packed_text_of_another_encoding_is_read(tmp_path: Path):
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress("name,city\nJosé,Köln\nAnna,Málaga\n".encode("cp1252")))

    assert read(path) == {"name": ["José", "Anna"], "city": ["Köln", "Málaga"]}


def test_a_packed_file_that_is_cut_short_is_told(tmp_path: Path):
    path = tmp_path / "rows.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n1,2\n" * 1000)[:30])

    with pytest.raises(BundleError, match=r"rows\.csv\.gz (can't be read: it is damaged|is empty)"):
        read(path)


def test_a_row_that_does_not_fit_is_told_by_its_line(tmp_path: Path):
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n" + "1,2\n" * 30_000 + "1,2,3,4\n")

    with pytest.raises(BundleError, match=r"^Line 30002 of rows\.csv doesn't fit its columns") as caught:
        list(csv_tables(look_at(path), 1000))
    assert "Error" not in str(caught.value)


def test_its_lines_are_counted_to_tell_how_far_the_work_is(tmp_path: Path):
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n1,2\n3,4\n")

    assert look_at(path).lines == 3
