from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from canvas_app.data import passwords
from canvas_app.data.database.look import FIRST_ROWS, GreetServer, ReadFirstRows
from canvas_app.data.sources.postgres_table import PostgresTable
from canvas_app.jobs.job import Done, Failed, Job, run_inline
from tests.database_servers import PASSWORD, Place


@pytest.fixture(scope="module")
def place(postgres_server: Place) -> Iterator[Place]:
    postgres_server.run(
        "CREATE TABLE looked_at AS SELECT i AS id, repeat('x', 999) AS words FROM generate_series(1, 999) i",
        "ANALYZE looked_at",
    )
    yield postgres_server
    postgres_server.run("DROP TABLE looked_at")


@pytest.fixture
def source(place: Place) -> PostgresTable:
    return PostgresTable(**place.fields(table="looked_at"))


def lent(job: type[GreetServer] | type[ReadFirstRows], source: PostgresTable) -> Job:  # type: ignore[type-arg]
    """The job as its child gets it, whose process knows no passwords."""
    with passwords.lent({source.account: PASSWORD}):
        made = job.of(source)
    assert PASSWORD not in repr(made)
    return pickle.loads(pickle.dumps(made))  # type: ignore[no-any-return]  # (noqa: house) as the pool does


def test_a_server_that_lets_us_in_tells_what_it_is_and_has(source: PostgresTable) -> None:
    outcome = run_inline(lent(GreetServer, source))

    assert isinstance(outcome, Done)
    assert outcome.value.product.startswith("PostgreSQL")
    assert outcome.value.encrypted
    assert ("looked_at", 999) in [(item.name, item.rows) for item in outcome.value.tables]
    assert GreetServer.load_result(GreetServer.dump_result(outcome.value)) == outcome.value


def test_the_first_rows_are_shown_with_long_values_cut(source: PostgresTable) -> None:
    outcome = run_inline(lent(ReadFirstRows, source))

    assert isinstance(outcome, Done)
    assert outcome.value.columns == (("id", "int4"), ("words", "text"))
    assert len(outcome.value.rows) == FIRST_ROWS
    assert outcome.value.rows[0] == ("1", "x" * 300 + "…")
    assert ReadFirstRows.load_result(ReadFirstRows.dump_result(outcome.value)) == outcome.value


def test_without_its_password_it_fails_at_that_field(source: PostgresTable) -> None:
    outcome = run_inline(GreetServer.of(source))

    assert isinstance(outcome, Failed)
    assert outcome.where.field == "password"
