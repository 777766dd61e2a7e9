from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.base.unit import Json
from canvas_app.data.engine import Engine
from canvas_app.data.source import source_for
from canvas_app.data.sources.sqlite_file import SqliteFile
from canvas_app.jobs.job import Quiet

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS c FROM n"
SLOW = "SELECT count(*) AS c FROM t a, t b, t c, t d, t e, t f, t g, t h"


def database(folder: Path, *statements: str) -> Path:
    path = folder / "shop.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return path


def read(engine: Engine, path: Path, table: str = "") -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = engine.fetch(
        SqliteFile(path=str(path), table=table).scan(engine).table
    ).to_pydict()
    return columns


SHOP = (
    "CREATE TABLE small (a)",
    "INSERT INTO small VALUES (1)",
    "CREATE TABLE large (id INTEGER PRIMARY KEY, name TEXT, price REAL)",
    "INSERT INTO large VALUES (1, 'x', 1.5), (2, NULL, 2), (3, 'z', NULL)",
    "CREATE VIEW sums AS SELECT sum(id) AS total FROM large",
)


def test_the_largest_table_is_read_and_the_others_are_named(engine: Engine, tmp_path: Path) -> None:
    path = database(tmp_path, *SHOP)
    before = path.read_bytes()
    found = SqliteFile(path=str(path)).scan(engine)

    assert engine.fetch(found.table).to_pydict() == {
        "id": [1, 2, 3],
        "name": ["x", None, "z"],
        "price": [1.5, 2.0, None],
    }
    assert found.found == {"table": "large", "tables": ["large", "small", "sums"]}
    assert found.notes == ("The file has 3 tables: “large” was read.",)
    assert path.read_bytes() == before
    assert [item.name for item in tmp_path.glob("shop*")] == ["shop.sqlite"]


@pytest.mark.parametrize(("table", "values"), [("small", {"a": [1]}), ("sums", {"total": [6]})])
def test_a_table_or_view_can_be_chosen(
    engine: Engine, tmp_path: Path, table: str, values: dict[str, list[Any]]
) -> None:
    assert read(engine, database(tmp_path, *SHOP), table) == values


def test_a_chosen_table_keeps_its_name() -> None:
    assert SqliteFile(path="shop.sqlite", table="orders").table_name() == "orders"
    assert SqliteFile(path="shop.sqlite").table_name() == "shop"


def test_a_table_that_is_not_there_is_told_with_those_that_are(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match=r"no table “gone”.*large, small, sums") as caught:
        read(engine, database(tmp_path, *SHOP), "gone")
    assert caught.value.where.field == "table"


def test_declared_dates_and_switches_become_such_where_all_values_fit(engine: Engine, tmp_path: Path) -> None:
    path = database(
        tmp_path,
        "CREATE TABLE t (day DATE, at DATETIME, odd DATE, yes BOOLEAN, n BOOLEAN)",
        "INSERT INTO t VALUES ('2020-01-02', '2020-01-02 03:04:05', 'soon', 1, 1)",
        "INSERT INTO t VALUES (NULL, '2020-01-02T03:04:05', '2020-01-02', 0, 5)",
    )
    moment = datetime.datetime(2020, 1, 2, 3, 4, 5)

    assert read(engine, path) == {
        "day": [moment.date(), None],
        "at": [moment, moment],
        "odd": ["soon", "2020-01-02"],
        "yes": [True, False],
        "n": [1, 5],
    }


def test_a_column_of_several_kinds_becomes_text_and_is_told(engine: Engine, tmp_path: Path) -> None:
    path = database(tmp_path, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1), ('x'), (x'01ff'), (2)")
    found = SqliteFile(path=str(path)).scan(engine)

    assert engine.fetch(found.table).to_pydict() == {"a": ["1", "x", "01ff", "2"]}
    assert found.notes == ("a was kept as text: 2 of 4 values are no whole numbers, such as “01ff”.",)


def test_changes_that_wait_in_a_log_are_read_too(engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "live.db"
    with closing(sqlite3.connect(path)) as writer:
        writer.execute("PRAGMA journal_mode = WAL")
        writer.execute("CREATE TABLE t (a)")
        writer.execute("INSERT INTO t VALUES (1)")
        writer.commit()

        assert path.with_name("live.db-wal").stat().st_size > 0
        assert read(engine, path) == {"a": [1]}


@pytest.mark.parametrize("name", ['a "b" [c]', "; DROP TABLE x; --", "日本"])
def test_names_are_only_names(engine: Engine, tmp_path: Path, name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    path = database(tmp_path, f"CREATE TABLE {quoted} ({quoted})", f"INSERT INTO {quoted} VALUES (1)")

    assert read(engine, path, name) == {name: [1]}


@pytest.mark.parametrize(
    "view", [ENDLESS, "SELECT * FROM pragma_database_list", "SELECT load_extension('x')"]
)
def test_a_view_that_does_more_than_read_is_refused(engine: Engine, tmp_path: Path, view: str) -> None:
    path = database(tmp_path, "CREATE TABLE t (a)", "INSERT INTO t VALUES (1)", f"CREATE VIEW v AS {view}")

    with pytest.raises(CanvasError):
        read(engine, path, "v")


def test_stopping_ends_a_long_query(engine: Engine, tmp_path: Path) -> None:
    class Stop(Quiet):
        def __call__(self, done: float, note: str = "", found: Mapping[str, Json] | None = None) -> None:
            raise Cancelled

    rows = ", ".join("(1)" for _ in range(100))
    path = database(
        tmp_path, "CREATE TABLE t (a)", f"INSERT INTO t VALUES {rows}", f"CREATE VIEW v AS {SLOW}"
    )

    with pytest.raises(Cancelled):
        SqliteFile(path=str(path), table="v").scan(engine, report=Stop())


def test_triggers_do_not_run(engine: Engine, tmp_path: Path) -> None:
    path = database(
        tmp_path,
        *SHOP,
        "CREATE TRIGGER boom AFTER INSERT ON small BEGIN DELETE FROM large; END",
    )

    assert len(read(engine, path)["id"]) == 3


@pytest.mark.parametrize("statements", [("CREATE TABLE t (a)",), ()])
def test_a_file_without_rows_is_refused(engine: Engine, tmp_path: Path, statements: tuple[str, ...]) -> None:
    path = database(tmp_path, *(statements or ("CREATE TABLE t (a)", "DROP TABLE t")))

    with pytest.raises(CanvasError, match=r"has no rows|holds no table"):
        read(engine, path)


def test_damaged_bytes_are_refused_in_words(engine: Engine, tmp_path: Path) -> None:
    path = database(tmp_path, *SHOP)
    whole = bytearray(path.read_bytes())
    whole[100:4000] = b"\xff" * 3900
    path.write_bytes(whole)

    with pytest.raises(CanvasError, match="not a SQLite file, or it is damaged"):
        read(engine, path)


def test_a_damaged_schema_is_refused_in_words(engine: Engine, tmp_path: Path) -> None:
    path = database(tmp_path, *SHOP)
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE small", b"CRE\xe5TE TABLE small"))

    with pytest.raises(CanvasError, match="not a SQLite file, or it is damaged"):
        read(engine, path)


def test_it_is_known_by_how_it_begins(tmp_path: Path) -> None:
    path = database(tmp_path, *SHOP)

    assert isinstance(source_for(path.rename(tmp_path / "shop.dat")), SqliteFile)
