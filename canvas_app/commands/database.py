"""What a command needs to read from a database: its address, a table, and a password that no one sees."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from canvas_app.base.errors import CanvasError
from canvas_app.commands.terminal import Terminal, outcome_value

if TYPE_CHECKING:
    from canvas_app.data.database.source import DatabaseSource

_SHOWN = 30


def database_source(address: str, table: str, sql: str, terminal: Terminal) -> DatabaseSource:
    """The table, ``TABLE`` or ``SCHEMA.TABLE``, or the query; raises ``CanvasError`` with those there are."""
    from canvas_app.data.database.address import source_at

    schema, _, name = table.rpartition(".")
    source = source_at(address, schema_name=schema, table=name, query=sql)
    _ask_password(source, terminal)
    if not (table or sql):
        raise CanvasError("No table was named.", hint=f"Add --table with one of these: {_tables(source)}.")
    return source


def _ask_password(source: DatabaseSource, terminal: Terminal) -> None:
    """Ask where nobody knows it and someone can answer; the command's own words never hold it."""
    from canvas_app.data import passwords

    if passwords.password_of(source.account) is not None or not sys.stdin.isatty():
        return
    terminal.close()
    password = typer.prompt(
        f"Password of {source.user or 'you'} at {source.host}",
        default="",
        hide_input=True,
        err=True,
        show_default=False,
    )
    if not password:
        return
    passwords.hold(source.account, password)
    if passwords.keyring_there() and typer.confirm("Keep it in the system's keyring?", err=True):
        passwords.keep(source.account, password)


def _tables(source: DatabaseSource) -> str:
    from canvas_app.data.database.look import GreetServer
    from canvas_app.jobs.job import run_inline

    tables = outcome_value(run_inline(GreetServer.of(source))).tables
    names = [".".join(filter(None, (item.schema, item.name))) for item in tables]
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}" if names else "none (this user may read no table there)"
