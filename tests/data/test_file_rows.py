from __future__ import annotations

from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine, schema_of
from canvas_app.data.file_rows import Look, columns_of_file, count_of_file, part_of_file, schema_of_file


@pytest.fixture
def path(engine: Engine, tmp_path: Path) -> Path:
    path = tmp_path / "a.parquet"
    query = (
        "SELECT range AS n, repeat('x', 1000) AS t, [range] AS l, 'ab'::BLOB AS raw, DATE '2020-01-02' AS d "
        "FROM range(300000)"
    )
    engine.write_parquet(engine.view(query), path)
    return path


def test_the_columns_are_those_that_ibis_sees(engine: Engine, path: Path) -> None:
    assert schema_of_file(engine, path) == schema_of(engine.read_parquet(path))
    assert count_of_file(engine, path) == 300_000
    assert columns_of_file(engine, path, ["t", "n"]).columns == ("t", "n")


def test_some_rows_and_columns_are_read(engine: Engine, path: Path) -> None:
    part = part_of_file(engine, path, Look(299_999, 5, ("d", "n")))

    assert part.column_names == ["d", "n"]
    assert part["n"].to_pylist() == [299_999]
    assert part_of_file(engine, path, Look(0, 2, ("n",)), [("n", True)])["n"].to_pylist() == [
        299_999,
        299_998,
    ]


def test_long_texts_are_cut_before_they_leave_the_engine(engine: Engine, path: Path) -> None:
    row = part_of_file(engine, path, Look(7, 1, longest=5)).to_pylist()[0]

    assert (row["t"], row["l"], row["raw"], row["n"]) == ("xxxxx", "[7]", b"ab", 7)


def test_ten_thousand_columns_are_known_and_read_in_part(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "wide.parquet"
    columns = ", ".join(f"range + {at} AS c{at}" for at in range(10_000))
    engine.run(f"COPY (SELECT {columns} FROM range(3)) TO '{path}' (FORMAT parquet)")

    assert len(schema_of_file(engine, path)) == 10_000
    assert part_of_file(engine, path, Look(1, 1, ("c9999",))).to_pylist() == [{"c9999": 10_000}]


def test_a_file_that_is_not_there_is_said(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match="nowhere"):
        schema_of_file(engine, tmp_path / "nowhere.parquet")
