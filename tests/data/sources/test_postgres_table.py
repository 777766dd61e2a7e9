from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

import pytest

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.data import passwords
from canvas_app.data.engine import Engine
from canvas_app.data.import_job import ImportJob
from canvas_app.data.sources.postgres_table import PostgresTable
from canvas_app.jobs.job import Done, Quiet, run_inline
from tests.database_servers import PASSWORD, Place

EVERY_TYPE = r"""
    CREATE TABLE every_type AS SELECT
        1::int2 AS small, 2::int8 AS large, 1.5::float4 AS real, 'NaN'::float8 AS nan,
        1.25::numeric(10,2) AS price, 1.123456789::numeric AS free, true AS sure, 'hé'::text AS words,
        date '2024-02-29' AS day, 'infinity'::date AS never, time '10:11:12.5' AS clock,
        timestamp '2024-01-01 10:00' AS at, timestamptz '2024-01-01 10:00+02' AS there,
        interval '1 day 2 hours' AS span, '{"b": [1, 2]}'::jsonb AS nested,
        '123e4567-e89b-12d3-a456-426614174000'::uuid AS key, '\xdead'::bytea AS bytes,
        array['a', 'b,c'] AS list, 'ok'::mood AS mood, '10.0.0.1'::inet AS address, int4range(1, 5) AS range
"""


@pytest.fixture(scope="module")
def shop(postgres_server: Place) -> Iterator[Place]:
    """A server with a few tables, whose password is known."""
    postgres_server.run(
        "CREATE TYPE mood AS ENUM ('sad', 'ok')",
        EVERY_TYPE,
        "CREATE TABLE numbers AS SELECT i AS id, i * 0.5 AS half FROM generate_series(1, 20000) AS i",
        'CREATE SCHEMA "my shop"',
        'CREATE TABLE "my shop"."an ""odd""; table" AS SELECT 1 AS "%s", 2 AS "a b"',
        "CREATE TABLE empty (a int)",
        "CREATE VIEW few AS SELECT * FROM numbers LIMIT 3",
        "ANALYZE",
    )
    yield postgres_server
    postgres_server.run(
        'DROP SCHEMA "my shop" CASCADE', "DROP TABLE every_type, numbers, empty CASCADE", "DROP TYPE mood"
    )


@pytest.fixture
def source(shop: Place) -> Iterator[PostgresTable]:
    made = PostgresTable(**shop.fields())
    with passwords.lent({made.account: PASSWORD}):
        yield made


def rows_of(source: PostgresTable, engine: Engine) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = engine.fetch(source.scan(engine).table).to_pylist()
    return rows


def test_every_type_has_its_match_and_what_changed_is_told(source: PostgresTable, engine: Engine) -> None:
    scan = source.changed(table="every_type").scan(engine)
    (row,) = engine.fetch(scan.table).to_pylist()
    day = datetime.datetime(2024, 1, 1)

    assert row.pop("there").astimezone(datetime.UTC) == day.replace(hour=8, tzinfo=datetime.UTC)
    assert {name: str(value) for name, value in row.items() if value is not None} == {
        "small": "1",
        "large": "2",
        "real": "1.5",
        "price": "1.25",
        "free": "1.123456789",
        "sure": "True",
        "words": "hé",
        "day": "2024-02-29",
        "clock": "10:11:12.500000",
        "at": "2024-01-01 10:00:00",
        "span": "1 day 02:00:00",
        "nested": '{"b": [1, 2]}',
        "key": "123e4567-e89b-12d3-a456-426614174000",
        "bytes": "dead",
        "list": '["a", "b,c"]',
        "mood": "ok",
        "address": "10.0.0.1",
        "range": "[1,5)",
    }
    assert str(scan.table.schema()["price"]) == "decimal(10, 2)"
    told = "\n".join(scan.notes)
    for name in ("nan: 1 value", "never: 1 value", "free:", "span:", "bytes:", "list:", "range:", "there:"):
        assert name in told
    assert "mood" not in told


def test_all_rows_of_a_table_are_read_in_order(source: PostgresTable, engine: Engine) -> None:
    rows = rows_of(source.changed(table="numbers"), engine)

    assert [row["id"] for row in rows] == list(range(1, 20_001))


def test_a_query_of_ones_own_is_read_as_it_is_written(source: PostgresTable, engine: Engine) -> None:
    query = "SELECT id, '100 %' AS share FROM numbers WHERE id < 4 ORDER BY id DESC; -- the last first"

    assert [row["id"] for row in rows_of(source.changed(query=query), engine)] == [3, 2, 1]


def test_odd_names_are_quoted(source: PostgresTable, engine: Engine) -> None:
    odd = source.changed(schema_name="my shop", table='an "odd"; table')

    assert rows_of(odd, engine) == [{"%s": 1, "a b": 2}]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM numbers",
        "SELECT 1; DROP TABLE numbers",
        "WITH gone AS (DELETE FROM numbers RETURNING *) SELECT * FROM gone",
        "SELECT set_config('transaction_read_only', 'off', false), lo_create(0)",
        "SELECT * INTO copy FROM numbers",
    ],
)
def test_nothing_is_ever_written(query: str, source: PostgresTable, engine: Engine) -> None:
    with pytest.raises(CanvasError):
        source.changed(query=query).scan(engine)
    assert len(rows_of(source.changed(table="numbers"), engine)) == 20_000


def test_what_a_function_writes_in_spite_of_that_is_taken_back(source: PostgresTable, engine: Engine) -> None:
    count = "SELECT count(*) AS made FROM pg_largeobject_metadata"
    with suppress(CanvasError):  # refused since PostgreSQL 16
        source.changed(query="SELECT lo_create(0)").scan(engine)

    assert rows_of(source.changed(query=count), engine) == [{"made": 0}]


@pytest.mark.parametrize(
    ("fields", "said", "field"),
    [
        ({"host": "no-such-host.invalid"}, "No computer named", "host"),
        ({"port": 1}, "Nothing answers", "port"),
        ({"database": "nope"}, "no database named nope", "database"),
        ({"user": "stranger"}, "asks for the password of stranger", "password"),
        ({"encryption": "verify"}, "can't be encrypted as chosen", "encryption"),
        ({"table": "nope"}, 'relation "nope" does not exist', "query"),
        ({"query": "SELECT 1/0"}, "division by zero", "query"),
        ({"table": "empty"}, "no rows in empty", None),
        ({"table": ""}, "No table was chosen", None),
    ],
)
def test_what_went_wrong_is_said_at_its_field(
    fields: dict[str, Any], said: str, field: str | None, source: PostgresTable, engine: Engine
) -> None:
    with pytest.raises(CanvasError, match=said) as caught:
        source.changed(**{"table": "numbers", **fields}).scan(engine)
    assert caught.value.where.field == field
    assert caught.value.hint
    assert PASSWORD not in str(caught.value)


def test_a_wrong_password_is_told(source: PostgresTable, engine: Engine) -> None:
    with (
        passwords.lent({source.account: "wrong"}),
        pytest.raises(CanvasError, match="did not accept the password of canvas"),
    ):
        source.changed(table="numbers").scan(engine)


@pytest.mark.parametrize(("encryption", "encrypted"), [("prefer", True), ("require", True), ("off", False)])
def test_the_connection_is_as_safe_as_chosen(encryption: str, encrypted: bool, source: PostgresTable) -> None:
    with source.changed(encryption=encryption).conversation(Quiet()) as (server, _):
        assert server.encrypted is encrypted
        assert server.product.startswith("PostgreSQL ")


def test_tables_are_listed_with_their_estimated_rows(source: PostgresTable) -> None:
    with source.conversation(Quiet()) as (server, patience):
        found = {(item.schema, item.name): item for item in patience.wait_for(lambda: server.tables(100))}

    assert found["public", "numbers"].rows == 20_000
    assert found["public", "few"].view
    assert found["public", "few"].rows is None
    assert ("my shop", 'an "odd"; table') in found
    assert not [schema for schema, _ in found if schema.startswith(("pg_", "information"))]


def test_no_more_rows_come_than_are_wanted(source: PostgresTable) -> None:
    with source.conversation(Quiet()) as (server, _):
        answer = server.ask("SELECT * FROM numbers", limit=5)
        assert len(answer.fetch(1000)) == 5
        assert answer.fetch(1000) == ()


class StopWhile:
    """A report that asks to stop once the query runs."""

    enough = False

    def __init__(self) -> None:
        self.started = threading.Event()

    def __call__(self, done: float, note: str = "", found: Mapping[str, Any] | None = None) -> None:
        if note == "Running the query" and self.started.is_set():
            raise Cancelled
        if note == "Running the query":
            self.started.set()


def test_a_query_that_takes_long_stops_at_once(source: PostgresTable, engine: Engine) -> None:
    began = time.monotonic()

    with pytest.raises(Cancelled):
        source.changed(query="SELECT pg_sleep(60)").scan(engine, report=StopWhile())
    assert time.monotonic() - began < 10


def test_the_password_is_in_no_saved_word_of_the_job(source: PostgresTable, tmp_path: Any) -> None:
    job = ImportJob.of(source.changed(table="few"), tmp_path)
    with passwords.lent({}):
        outcome = run_inline(job)

    assert isinstance(outcome, Done)
    assert outcome.value.rows == 3
    assert outcome.value.name == "few"
    assert outcome.value.source["server"] == "127.0.0.1"
    assert PASSWORD not in repr(job)
    assert PASSWORD.encode() not in ImportJob.dump_result(outcome.value)
