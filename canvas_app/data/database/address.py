"""A database's address as people write it: ``postgres://ann@db.example.org/shop``."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from canvas_app.base.errors import CanvasError, Where
from canvas_app.data.database.source import DatabaseSource
from canvas_app.data.source import SOURCES

_KINDS = {
    **dict.fromkeys(("postgres", "postgresql"), "postgres_table"),
    **dict.fromkeys(("mysql", "mariadb"), "mysql_table"),
    **dict.fromkeys(("mssql", "sqlserver"), "sql_server_table"),
}
_MODES = {
    "disable": "off",
    "allow": "prefer",
    "prefer": "prefer",
    "require": "require",
    "verify-ca": "verify",
    "verify-full": "verify",
}


def is_address(text: str) -> bool:
    """Whether it names a database rather than a file."""
    scheme, sign, _ = text.partition("://")
    return bool(sign) and scheme.split("+")[0].lower() in _KINDS


def source_at(address: str, **fields: Any) -> DatabaseSource:
    """The source at an address; raises ``CanvasError`` for one that can't be read, or holds a password."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port or 0
    except ValueError as error:
        raise CanvasError(
            f"{address.partition('://')[0]}:// is followed by no address.",
            hint=_hint(),
            where=Where(field="host"),
        ) from error
    kind = _KINDS.get(parts.scheme.split("+")[0].lower())
    if kind is None:
        raise CanvasError(f"{parts.scheme}:// is no database that can be read.", hint=_hint())
    if parts.password:
        raise CanvasError(
            "The address holds a password, which others can see there.",
            hint="Leave it out: it is asked for, or taken from the keyring.",
            where=Where(field="password"),
        )
    found = {
        "host": unquote(parts.hostname or "localhost"),
        "port": port,
        "user": unquote(parts.username or ""),
        "database": unquote(parts.path.strip("/")),
        "encryption": _encryption(parts),
    }
    return cast("DatabaseSource", SOURCES[kind].read({**found, **fields}))


def _encryption(parts: SplitResult) -> str:
    words = parse_qs(parts.query).get("sslmode", ["prefer"])[0]
    return _MODES.get(words, "prefer")


def _hint() -> str:
    return "Write it as postgres://USER@SERVER/DATABASE, or with mysql:// or sqlserver:// in front."
