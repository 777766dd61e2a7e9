from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.data import passwords
from canvas_app.data.engine import Engine
from canvas_app.data.sources.mysql_table import MysqlTable
from canvas_app.jobs.job import Quiet
from tests.database_servers import PASSWORD, Place

EVERY_TYPE = (
    "SET sql_mode = ''",
    """CREATE TABLE every_type (small tinyint, whole int unsigned, large bigint unsigned, f float,
        price decimal(10,2), huge decimal(60,5), share decimal(5,2) unsigned, sure bit(1), flags bit(8),
        words text, mood enum('sad','ok'), tags set('p','q'), bytes varbinary(5), day date, never date,
        at datetime(3), there timestamp, span time, built year, nested json, place geometry)""",
    """INSERT INTO every_type VALUES (-1, 4294967295, 18446744073709551615, 0.1, 1.25,
        12345678901234567890.5, 1.5, 1, b'101', 'hé 😀', 'ok', 'p,q', x'dead', '2024-02-29', '0000-00-00',
        '2024-01-01 10:00:00.125', '2024-01-01 10:00:00', '-100:00:01', 2024, '{"a": 1}', POINT(1, 2))""",
)


@pytest.fixture(scope="module")
def shop(mysql_server: Place) -> Iterator[Place]:
    """A server with a few tables, whose password is known."""
    mysql_server.run(
        "SET time_zone = '+00:00'",
        *EVERY_TYPE,
        "CREATE TABLE numbers AS SELECT seq AS id, seq * 0.5 AS half FROM seq_1_to_20000",
        "CREATE TABLE `an ``odd``; table` AS SELECT 1 AS `%s`, 2 AS `a b`",
        "CREATE TABLE empty (a int)",
        "CREATE VIEW few AS SELECT * FROM numbers LIMIT 3",
        "ANALYZE TABLE numbers",
    )
    yield mysql_server
    mysql_server.run("DROP TABLE every_type, numbers, empty, `an ``odd``; table`", "DROP VIEW few")


@pytest.fixture
def source(shop: Place) -> Iterator[MysqlTable]:
    made = MysqlTable(**shop.fields())
    with passwords.lent({made.account: PASSWORD}):
        yield made


def rows_of(source: MysqlTable, engine: Engine) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = engine.fetch(source.scan(engine).table).to_pylist()
    return rows


def test_every_type_has_its_match_and_what_changed_is_told(source: MysqlTable, engine: Engine) -> None:
    scan = source.changed(table="every_type").scan(engine)
    (row,) = engine.fetch(scan.table).to_pylist()

    assert row.pop("there").isoformat().startswith("2024-01-01T10:00:00")
    assert {name: str(value) for name, value in row.items() if value is not None} == {
        "small": "-1",
        "whole": "4294967295",
        "large": "18446744073709551615",
        "f": "0.1",
        "price": "1.25",
        "huge": "1.2345678901234567e+19",
        "share": "1.50",
        "sure": "True",
        "flags": "05",
        "words": "hé 😀",
        "mood": "ok",
        "tags": "p,q",
        "bytes": "dead",
        "day": "2024-02-29",
        "at": "2024-01-01 10:00:00.125000",
        "span": "-100:00:01",
        "built": "2024",
        "nested": '{"a": 1}',
        "place": "000000000101000000000000000000f03f0000000000000040",
    }
    assert str(scan.table.schema()["price"]) == "decimal(10, 2)"
    told = "\n".join(scan.notes)
    for name in ("huge:", "never: 1 value", "span:", "flags, bytes, place:", "there:"):
        assert name in told


def test_all_rows_of_a_table_are_read_in_order(source: MysqlTable, engine: Engine) -> None:
    assert [row["id"] for row in rows_of(source.changed(table="numbers"), engine)] == list(range(1, 20_001))


def test_a_query_of_ones_own_is_read_as_it_is_written(source: MysqlTable, engine: Engine) -> None:
    query = "SELECT id, '100 %' AS share FROM numbers WHERE id < 4 ORDER BY id DESC; -- the last first"

    assert [row["id"] for row in rows_of(source.changed(query=query), engine)] == [3, 2, 1]


def test_odd_names_are_quoted(source: MysqlTable, engine: Engine) -> None:
    assert rows_of(source.changed(table="an `odd`; table"), engine) == [{"%s": 1, "a b": 2}]
    assert rows_of(source.changed(schema_name="shop", table="few"), engine)[0]["id"] == 1


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM numbers",
        "SELECT 1; DROP TABLE numbers",
        "SELECT * FROM numbers INTO OUTFILE '/tmp/numbers'",
        "SELECT 1 /*! INTO OUTFILE '/tmp/numbers' */",
        "TABLE numbers INTO DUMPFILE '/tmp/numbers'",
    ],
)
def test_nothing_is_ever_written(query: str, source: MysqlTable, engine: Engine) -> None:
    with pytest.raises(CanvasError):
        source.changed(query=query).scan(engine)


def test_the_server_itself_refuses_to_write(source: MysqlTable) -> None:
    with pytest.raises(CanvasError, match="READ ONLY"), source.conversation(Quiet()) as (server, _):
        server.ask("DELETE FROM numbers")
    with pytest.raises(CanvasError, match="You have an error"), source.conversation(Quiet()) as (server, _):
        server.ask("SELECT 1; DROP TABLE numbers")


@pytest.mark.parametrize(
    ("fields", "said", "field"),
    [
        ({"host": "no-such-host.invalid"}, "No computer named", "host"),
        ({"port": 1}, "Nothing answers", "port"),
        ({"database": "nope"}, "may not use the database nope", "database"),
        ({"user": "stranger"}, "asks for the password of stranger", "password"),
        ({"encryption": "verify"}, "self-signed certificate", "encryption"),
        ({"table": "nope"}, "doesn't exist", "query"),
        ({"table": "empty"}, "no rows in empty", None),
    ],
)
def test_what_went_wrong_is_said_at_its_field(
    fields: dict[str, Any], said: str, field: str | None, source: MysqlTable, engine: Engine
) -> None:
    with pytest.raises(CanvasError, match=said) as caught:
        source.changed(**{"table": "numbers", **fields}).scan(engine)
    assert caught.value.where.field == field
    assert caught.value.hint
    assert PASSWORD not in str(caught.value)


def test_a_wrong_password_is_told(source: MysqlTable, engine: Engine) -> None:
    with (
        passwords.lent({source.account: "wrong"}),
        pytest.raises(CanvasError, match="did not accept the password of canvas"),
    ):
        source.changed(table="numbers").scan(engine)


@pytest.mark.parametrize(("encryption", "encrypted"), [("prefer", True), ("require", True), ("off", False)])
def test_the_connection_is_as_safe_as_chosen(encryption: str, encrypted: bool, source: MysqlTable) -> None:
    with source.changed(encryption=encryption).conversation(Quiet()) as (server, _):
        assert server.encrypted is encrypted
        assert server.product.startswith("MariaDB ")


def test_tables_are_listed_with_their_estimated_rows(source: MysqlTable) -> None:
    with source.conversation(Quiet()) as (server, patience):
        found = {item.name: item for item in patience.wait_for(lambda: server.tables(100))}

    assert found["numbers"].rows == pytest.approx(20_000, rel=0.1)
    assert found["few"].view
    assert found["few"].rows is None
    assert set(found) == {"every_type", "numbers", "an `odd`; table", "empty", "few"}


def test_the_rest_of_an_answer_is_not_waited_for(source: MysqlTable) -> None:
    with source.conversation(Quiet()) as (server, _):
        assert len(server.ask("SELECT * FROM numbers", limit=5).fetch(1000)) == 5
    with source.conversation(Quiet()) as (server, _):
        assert len(server.ask("SELECT * FROM numbers a JOIN numbers b", limit=None).fetch(1000)) == 1000


class StopWhile:
    """A report that asks to stop once the query runs."""

    enough = False
    started = False

    def __call__(self, done: float, note: str = "", found: Mapping[str, Any] | None = None) -> None:
        if note == "Running the query" and self.started:
            raise Cancelled
        self.started = note == "Running the query"


def test_a_query_that_takes_long_stops_at_once(source: MysqlTable, engine: Engine) -> None:
    began = time.monotonic()

    with pytest.raises(Cancelled):
        source.changed(query="SELECT SLEEP(60) FROM numbers").scan(engine, report=StopWhile())
    assert time.monotonic() - began < 10
