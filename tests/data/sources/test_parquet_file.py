from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.sources.parquet_file import ParquetFile


def test_a_parquet_file_brings_its_columns_along(engine: Engine, tmp_path: Path) -> None:
    engine.write_parquet(engine.from_rows({"a": [1, 2], 'b "c"': ["x", None]}), tmp_path / "a.parquet")
    found = ParquetFile(path=str(tmp_path / "a.parquet")).scan(engine)

    assert engine.fetch(found.table).to_pydict() == {"a": [1, 2], 'b "c"': ["x", None]}
    assert found.rejected is None


def test_a_text_file_in_disguise_is_refused(engine: Engine, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_text("a,b\n1,2\n")

    with pytest.raises(CanvasError, match="not a Parquet file"):
        ParquetFile(path=str(tmp_path / "a.parquet")).scan(engine)


def test_a_table_without_rows_is_refused(engine: Engine, tmp_path: Path) -> None:
    engine.write_parquet(engine.from_rows({"a": []}, {"a": "int64"}), tmp_path / "a.parquet")

    with pytest.raises(CanvasError, match="has columns but no rows"):
        ParquetFile(path=str(tmp_path / "a.parquet")).scan(engine)


@pytest.fixture
def sales(engine: Engine, tmp_path: Path) -> Path:
    for year, rows in ((2023, {"n": [1], "k": ["a"]}), (2024, {"n": [2.5], "more": [True]})):
        engine.write_parquet(engine.from_rows(rows), tmp_path / "sales" / f"year={year}" / "part.parquet")
    (tmp_path / "sales" / "_SUCCESS").write_text("")
    return tmp_path / "sales"


@pytest.mark.parametrize("path", ["", "**/*.parquet", "year=*"])
def test_many_files_are_one_table_with_the_columns_of_their_folders(
    engine: Engine, sales: Path, path: str
) -> None:
    scan = ParquetFile(path=str(sales / path)).scan(engine)

    assert engine.fetch(scan.table).to_pydict() == {
        "n": [1.0, 2.5],
        "k": ["a", None],
        "more": [None, True],
        "year": [2023, 2024],
    }
    assert scan.found == {"partitions": "yes"}


def test_what_differs_between_the_files_is_told_by_name(engine: Engine, sales: Path) -> None:
    scan = ParquetFile(path=str(sales)).scan(engine)

    first, second = "year=2023/part.parquet", "year=2024/part.parquet"
    assert scan.notes == (
        "2 files were read as one table.",
        f"n has several types: whole number in {first}; number in {second}. The widest of them was taken.",
        f"k is missing in {second}: its rows are blank there.",
        f"more is missing in {first}: its rows are blank there.",
        "Columns from the names of folders: year.",
    )


def test_the_names_of_folders_can_be_left_out(engine: Engine, sales: Path) -> None:
    assert "year" not in ParquetFile(path=str(sales), partitions="no").scan(engine).table.columns


def test_a_broken_file_among_many_is_named(engine: Engine, sales: Path) -> None:
    (sales / "year=2024" / "broken.parquet").write_bytes(b"PAR1 and nothing more")

    with pytest.raises(CanvasError, match=r"broken\.parquet"):
        ParquetFile(path=str(sales)).scan(engine)
