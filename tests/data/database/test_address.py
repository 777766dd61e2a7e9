from __future__ import annotations

from typing import Any

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.data.database.address import is_address, source_at


@pytest.mark.parametrize(
    ("address", "kind", "fields"),
    [
        ("postgres://ann@db/shop", "postgres_table", {"user": "ann", "host": "db", "database": "shop"}),
        ("postgresql://db:5433/a%20b?sslmode=require", "postgres_table", {"port": 5433, "database": "a b"}),
        ("postgresql+psycopg://db/x?sslmode=verify-full", "postgres_table", {"encryption": "verify"}),
        ("MySQL://a%40b@10.0.0.1", "mysql_table", {"user": "a@b", "host": "10.0.0.1", "database": ""}),
        ("mariadb://[::1]:3307/x", "mysql_table", {"host": "::1", "port": 3307}),
        ("sqlserver://db/x?sslmode=disable", "sql_server_table", {"encryption": "off"}),
    ],
)
def test_an_address_names_server_user_and_database(address: str, kind: str, fields: dict[str, Any]) -> None:
    source = source_at(address, table="orders")

    assert is_address(address)
    assert source.spec.kind == kind
    assert source.table == "orders"
    assert {name: getattr(source, name) for name in fields} == fields


@pytest.mark.parametrize(
    "path", ["orders.csv", "C:\\orders.csv", "https://example.org/x.csv", "postgres", "a://b"]
)
def test_a_file_is_no_address(path: str) -> None:
    assert not is_address(path)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgres://ann:secret@db/shop", "holds a password"),
        ("postgres://db:port/shop", "no address"),
        ("oracle://db/shop", "no database that can be read"),
    ],
)
def test_an_address_that_will_not_do_is_refused_without_its_secret(address: str, said: str) -> None:
    with pytest.raises(CanvasError, match=said) as caught:
        source_at(address)
    assert "secret" not in str(caught.value)
