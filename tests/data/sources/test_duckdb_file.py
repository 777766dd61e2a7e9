from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.foreign.duckdb_job import CopyDuckdb
from canvas_app.data.source import source_for
from canvas_app.data.sources.duckdb_file import DuckdbFile
from canvas_app.jobs.job import Quiet


def database(folder: Path, *statements: str) -> Path:
    path = folder / "shop.duckdb"
    with duckdb.connect(str(path)) as connection:
        for statement in statements:
            connection.execute(statement)
    return path


SHOP = (
    "CREATE TABLE small AS SELECT 1 AS a",
    "CREATE TABLE large AS SELECT range AS id, 'x' AS name FROM range(3)",
    "CREATE SCHEMA old; CREATE TABLE old.past AS SELECT 7 AS n",
    "CREATE VIEW sums AS SELECT sum(id) AS total FROM large",
)


def test_the_largest_table_is_read_and_the_others_are_named(engine: Engine, tmp_path: Path) -> None:
    path = database(tmp_path, *SHOP)
    before = path.read_bytes()
    found = DuckdbFile(path=str(path)).scan(engine)

    assert engine.fetch(found.table).to_pydict() == {"id": [0, 1, 2], "name": ["x"] * 3}
    assert found.found["table"] == "large"
    assert set(found.found["tables"]) == {"large", "small", "old.past", "sums"}
    assert found.notes == ("The file has 4 tables: “large” was read.",)
    assert path.read_bytes() == before


@pytest.mark.parametrize(("table", "rows"), [("small", 1), ("old.past", 1), ("sums", 1), ("large", 3)])
def test_a_table_can_be_chosen(tmp_path: Path, table: str, rows: int) -> None:
    path = database(tmp_path, *SHOP)

    assert CopyDuckdb(str(path), str(tmp_path / "out.parquet"), table).run(Quiet()).rows == rows


def test_a_table_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    path = database(tmp_path, *SHOP)

    with pytest.raises(CanvasError, match=r"no table “gone”.*large.*small") as caught:
        CopyDuckdb(str(path), str(tmp_path / "out.parquet"), "gone").run(Quiet())
    assert caught.value.where.field == "table"


def test_types_of_duckdb_alone_become_others(tmp_path: Path) -> None:
    kinds = (
        "CREATE TABLE t AS SELECT 170141183460469231731687303715884105727::HUGEINT AS h,"
        " INTERVAL 2 HOUR AS i,"
        " 'a'::ENUM('a', 'b') AS e, '00000000-0000-0000-0000-00000000002a'::UUID AS u, MAP {'k': 1} AS m"
    )
    out = tmp_path / "out.parquet"
    CopyDuckdb(str(database(tmp_path, kinds)), str(out)).run(Quiet())

    assert duckdb.read_parquet(str(out)).fetchall() == [
        (str(2**127 - 1), 7200.0, "a", "00000000-0000-0000-0000-00000000002a", "{k=1}")
    ]


def test_a_view_can_not_read_other_files(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    path = database(tmp_path, f"CREATE VIEW spy AS SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')")

    with pytest.raises(CanvasError, match="reads other files, which is not allowed"):
        CopyDuckdb(str(path), str(tmp_path / "out.parquet"), "spy").run(Quiet())


def test_views_alone_are_not_run_unasked(tmp_path: Path) -> None:
    path = database(tmp_path, "CREATE VIEW v AS SELECT 1 AS a")

    with pytest.raises(CanvasError, match=r"holds no table.*Choose one of these: v"):
        CopyDuckdb(str(path), str(tmp_path / "out.parquet")).run(Quiet())


def test_damaged_bytes_are_refused_in_words(engine: Engine, tmp_path: Path) -> None:
    path = database(tmp_path, *SHOP)
    whole = bytearray(path.read_bytes())
    whole[4096:12288] = b"\xff" * 8192
    path.write_bytes(whole)

    with pytest.raises(CanvasError, match=r"shop\.duckdb can't be read"):
        DuckdbFile(path=str(path)).scan(engine)


def test_it_is_known_by_how_it_begins(tmp_path: Path) -> None:
    path = database(tmp_path, *SHOP)

    assert isinstance(source_for(path.rename(tmp_path / "shop.db")), DuckdbFile)
