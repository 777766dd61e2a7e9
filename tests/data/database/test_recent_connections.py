from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from canvas_app.data import passwords
from canvas_app.data.database.recent_connections import (
    Connection,
    forget_connection,
    recent_connections,
    remember_connection,
)
from canvas_app.data.sources.mysql_table import MysqlTable
from canvas_app.data.sources.postgres_table import PostgresTable

SHOP = PostgresTable(host="db", port=5433, database="shop", user="ann", encryption="require", table="orders")


def test_the_latest_is_first_and_none_is_there_twice() -> None:
    shop, other = Connection.of(SHOP, kept=True), Connection.of(MysqlTable(host="db"), kept=False)
    for used in (shop, other, replace(shop, kept=False)):
        remember_connection(used)

    assert recent_connections() == (replace(shop, kept=False), other)
    assert [item.words for item in recent_connections()] == ["ann@db:5433/shop", "db"]

    forget_connection(shop)
    assert recent_connections() == (other,)


def test_a_source_takes_the_same_way_again() -> None:
    remember_connection(Connection.of(SHOP, kept=False))

    assert recent_connections()[0].source() == SHOP.changed(table="")


def test_a_password_is_never_remembered(own_home: Path) -> None:
    with passwords.lent({SHOP.account: "sesame open"}):
        remember_connection(Connection.of(SHOP, kept=True))

    assert "sesame" not in (own_home / "connections.json").read_text()


def test_only_the_last_dozen_are_kept_and_a_broken_list_is_empty(own_home: Path) -> None:
    for number in range(20):
        remember_connection(Connection.of(SHOP.changed(host=f"db{number}"), kept=False))
    assert [item.host for item in recent_connections()][:2] == ["db19", "db18"]
    assert len(recent_connections()) == 12

    (own_home / "connections.json").write_text('{"connections": [{"kind": 1}]}')
    assert recent_connections() == ()
