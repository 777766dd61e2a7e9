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
