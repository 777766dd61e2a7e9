"""What can be told without a server of that kind: the SQL, the types, and what is said when none answers."""

from __future__ import annotations

from typing import Any

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.sources.sql_server_table import SqlServerTable


def test_names_are_quoted_in_brackets() -> None:
    source = SqlServerTable(schema_name="my shop", table="an [odd]; table")

    assert source.select() == "SELECT * FROM [my shop].[an [odd]]; table]"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT TOP (5) [drop], 'DELETE' AS said FROM orders ORDER BY 1 DESC",
        "WITH big AS (SELECT * FROM orders WHERE price > 100) SELECT * FROM big",
        "SELECT CASE WHEN price > 1 THEN 'a' END FROM orders;",
    ],
)
def test_a_query_that_reads_is_taken_as_it_is(query: str) -> None:
    assert SqlServerTable(query=query).select() == query.rstrip(";")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1 DROP TABLE orders",
        "SELECT 1; SELECT 2",
        "SELECT * INTO copy FROM orders",
        "WITH x AS (SELECT 1 AS a) DELETE FROM orders",
        "EXEC sp_who",
        "SELECT * FROM OPENROWSET(BULK 'c:\\secret.txt', SINGLE_CLOB) AS x",
        "SELECT 1 COMMIT",
        "SELECT 1 WAITFOR DELAY '00:10'",
    ],
)
def test_a_query_that_may_do_more_is_refused(query: str) -> None:
    with pytest.raises(CanvasError) as caught:
        SqlServerTable(query=query).select()
    assert caught.value.where.field == "query"


@pytest.mark.parametrize(
    ("words", "type", "told"),
    [
        ("bigint", "whole", False),
        ("bit", "switch", False),
        ("decimal(10,2)", "decimal(10,2)", False),
        ("numeric(38,0)", "decimal(38,0)", False),
        ("money", "decimal(19,4)", False),
        ("float", "number", False),
        ("nvarchar(max)", "text", False),
        ("uniqueidentifier", "text", False),
        ("date", "date", False),
        ("time(7)", "time", False),
        ("datetime2(7)", "moment", False),
        ("datetimeoffset(7)", "moment with zone", True),
        ("varbinary(max)", "text", True),
        ("sql_variant", "text", True),
    ],
)
def test_every_type_has_its_match(words: str, type: str, told: bool) -> None:
    kind = SqlServerTable.column_kind(words)

    assert kind.type == type
    assert bool(kind.told) is told


@pytest.mark.parametrize(
    ("fields", "said", "field"),
    [
        ({"host": "no-such-host.invalid"}, "No computer named", "host"),
        ({"host": "127.0.0.1", "port": 1}, "Nothing answers at 127.0.0.1, port 1", "port"),
        ({"encryption": "require"}, "not supported here yet", "encryption"),
        ({"encryption": "verify"}, "not supported here yet", "encryption"),
    ],
)
def test_what_stands_in_the_way_is_said_at_its_field(
    fields: dict[str, Any], said: str, field: str, engine: Engine
) -> None:
    with pytest.raises(CanvasError, match=said) as caught:
        SqlServerTable(table="orders", user="ann", **fields).scan(engine)
    assert caught.value.where.field == field


@pytest.mark.parametrize(
    ("number", "text", "known", "said"),
    [
        (18456, "Login failed for user 'ann'.", True, "did not accept the password of ann"),
        (18456, "Login failed for user 'ann'.", False, "asks for the password of ann"),
        (4060, 'Cannot open database "nope"', True, "no database named nope"),
        (0, "Server requires encryption but it is not supported", True, "wants encryption"),
        (916, "not able to access", True, "did not let ann in: not able to access"),
    ],
)
def test_the_numbers_of_the_server_are_put_in_words(number: int, text: str, known: bool, said: str) -> None:
    import pytds

    error = pytds.OperationalError(text)
    error.msg_no = number
    source = SqlServerTable(user="ann", database="nope")

    assert said in str(source.about_connecting(error, password_known=known))
    assert source.about_connecting(pytds.OperationalError("no number"), password_known=known) is None


def test_a_query_that_failed_has_the_words_of_the_server() -> None:
    import pytds

    error = pytds.ProgrammingError("Invalid object name 'orders'.")
    error.msg_no = 208

    assert "Invalid object name 'orders'" in str(SqlServerTable().about_query(error))
    assert "broke off" in str(SqlServerTable(host="db").about_query(pytds.ClosedConnectionError()))
