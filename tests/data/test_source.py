from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.source import FileSource, name_for, source_for, suffixes
from canvas_app.data.sources.csv_file import CsvFile
from canvas_app.data.sources.parquet_file import ParquetFile


@pytest.mark.parametrize("name", ["a.csv", "a.CSV", "b.2.tsv", "a.txt", "a.csv.gz", "a.tsv.zst"])
def test_text_files_are_read_as_csv(name: str) -> None:
    assert isinstance(source_for(Path(name)), CsvFile)


@pytest.mark.parametrize("name", ["a.parquet", "a.parq", "a.PQ"])
def test_parquet_files_are_known_by_their_endings(name: str) -> None:
    assert isinstance(source_for(Path(name)), ParquetFile)


@pytest.mark.parametrize("name", ["a.docx", "a", "a.gz"])
def test_another_kind_of_file_is_refused_with_what_can_be_read(name: str) -> None:
    with pytest.raises(CanvasError, match=r"is not a kind of file.*\.csv.*\.parquet"):
        source_for(Path(name))


def test_no_ending_belongs_to_two_sources() -> None:
    assert len(set(suffixes())) == len(suffixes())


@pytest.mark.parametrize(
    ("file", "name"),
    [("titanic.csv", "titanic"), ("a.b.csv.gz", "a.b"), (".csv", "csv"), ("x y.pq", "x y")],
)
def test_a_table_is_called_like_its_file(file: str, name: str) -> None:
    assert name_for(Path("/data") / file) == name


def test_a_file_is_read_as_what_it_holds_whatever_it_is_called(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"a": [1]}), tmp_path / "a.csv")
    source = source_for(tmp_path / "a.csv")

    assert isinstance(source, ParquetFile)
    assert source.doubt() == "The file's name ends in .csv, but it holds Parquet: it was read as that."


def test_a_file_that_is_what_its_ending_says_gives_no_doubt(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")

    assert source_for(tmp_path / "a.csv").doubt() == ""


def test_a_compressed_file_may_need_more_room_than_it_takes(tmp_path: Path) -> None:
    for name in ("a.csv", "a.csv.gz"):
        (tmp_path / name).write_bytes(b"x" * 100)

    assert source_for(tmp_path / "a.csv").weight() == 100
    assert source_for(tmp_path / "a.csv.gz").weight() == 400


def test_the_fingerprint_is_that_of_the_files_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a\n1\n")

    assert source_for(tmp_path / "a.csv").fingerprint() == sha256(b"a\n1\n").hexdigest()


@pytest.mark.parametrize(
    ("content", "kind"), [(b"a;b\n1;2\n", CsvFile), (b"<table>", ParquetFile), (b"PAR\x00\x01", ParquetFile)]
)
def test_text_under_the_name_of_another_kind_is_read_as_text(
    tmp_path: Path, content: bytes, kind: type[FileSource]
) -> None:
    (tmp_path / "a.parquet").write_bytes(content)

    assert isinstance(source_for(tmp_path / "a.parquet"), kind)


def test_a_folder_of_several_kinds_is_refused_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n1\n")
    (tmp_path / "b.parquet").write_bytes(b"PAR1")

    with pytest.raises(CanvasError, match=r"several kinds of file, such as a\.csv, b\.parquet") as caught:
        source_for(tmp_path)
    assert "*.csv" in caught.value.hint
