"""Tables of any length come and go in pieces, and a file is there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from canvas_app.runtime.errors import BundleError
from canvas_app.runtime.table_file import PIECE, TableWriter, read_pieces, require_place, writing


def test_csv_cells_stay_as_they_are_written(tmp_path: Path):
    path = tmp_path / "rows.csv"
    path.write_text('a,"b ""x"", 🙂"\n007,1.50\n,"two\nlines"\n', "utf-8")
    (table,) = read_pieces(path).tables

    assert table.to_pydict() == {"a": ["007", None], 'b "x", 🙂': ["1.50", "two\nlines"]}


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path):
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n")
    (table,) = read_pieces(path).tables

    assert table.num_rows == 0
    assert table.column_names == ["a", "b"]


def test_long_files_come_in_pieces_in_their_order(tmp_path: Path):
    rows = PIECE + 10
    parquet.write_table(pa.table({"a": range(rows)}), tmp_path / "rows.parquet")
    pieces = read_pieces(tmp_path / "rows.parquet")
    tables = list(pieces.tables)

    assert pieces.rows == rows
    assert max(table.num_rows for table in tables) <= PIECE
    assert pa.concat_tables(tables).column("a").to_pylist() == list(range(rows))


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".parquet"])
def test_what_is_written_reads_back(tmp_path: Path, suffix: str):
    path = tmp_path / f"answers{suffix}"
    with writing(path) as writer:
        writer.write(pa.table({"a": ["x", None], "n": [1, 2]}))
        writer.write(pa.table({"a": ["y"], "n": [3]}))
    back = pa.concat_tables(read_pieces(path).tables)

    assert back.column_names == ["a", "n"] or suffix == ".tsv"
    assert back.num_rows == 3


def test_nested_and_coded_columns_fit_into_csv(tmp_path: Path):
    coded = pa.array(["x", "y"]).dictionary_encode()
    with writing(tmp_path / "a.csv") as writer:
        writer.write(pa.table({"c": coded, "l": pa.array([[1, 2], None])}))

    assert (tmp_path / "a.csv").read_text() == '"c","l"\n"x","[1, 2]"\n"y",\n'


def test_a_writing_that_fails_leaves_nothing(tmp_path: Path):
    def fail() -> None:
        with writing(tmp_path / "a.csv") as writer:
            writer.write(pa.table({"a": [1]}))
            raise BundleError("no")

    with pytest.raises(BundleError, match="no"):
        fail()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rows.csv", b"", "rows.csv is empty"),
        ("rows.parquet", b"a,b\n1,2\n", "can't be read as Parquet"),
        ("rows.csv", bytes(range(256)) * 50, "is not a text file"),
        ("rows.docx", b"x", "neither CSV nor Parquet"),
        (None, b"", "There is no file"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, name: str | None, content: bytes, said: str):
    if name:
        (tmp_path / name).write_bytes(content)

    with pytest.raises(BundleError, match=said) as caught:
        list(read_pieces(tmp_path / (name or "gone.csv")).tables)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("name", "said"),
    [("no/a.csv", "There is no folder .*no for a.csv"), ("a.xlsx", "neither CSV nor"), ("d.csv", "a folder")],
)
def test_a_place_where_nothing_can_be_written_is_refused_in_words(tmp_path: Path, name: str, said: str):
    (tmp_path / "d.csv").mkdir()
    with pytest.raises(BundleError, match=said) as caught, writing(tmp_path / name):
        pass

    assert caught.value.hint
    assert ".part" not in str(caught.value)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the system lets this person write anywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path):
    (tmp_path / "locked").mkdir(mode=0o500)
    with pytest.raises(BundleError, match=r"written into the folder .*locked") as caught:
        require_place(tmp_path / "locked" / "a.csv")

    assert "another folder" in caught.value.hint


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full")
def test_a_full_disk_is_told_by_its_folder(tmp_path: Path):
    writer = TableWriter(Path("/dev/full"), tmp_path / "a.csv")

    with pytest.raises(BundleError, match=f"The disk of {tmp_path} is full"):
        writer.write(pa.table({"a": range(2_000_000)}))
