from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.source import name_for, source_for, suffixes
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
