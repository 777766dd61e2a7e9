"""Tables and queries of PostgreSQL, read through a cursor of the server's in a read-only transaction."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from canvas_app.base.errors import CanvasError
from canvas_app.data.database import column_kind as kinds
from canvas_app.data.database import trouble
from canvas_app.data.database.certificates import trusted
from canvas_app.data.database.column_kind import ColumnKind
from canvas_app.data.database.server import PATIENCE, Answer, Server, ServerColumn, TableEntry
from canvas_app.data.database.source import DatabaseSource
from canvas_app.data.source import SourceSpec

if TYPE_CHECKING:
    import psycopg

_KINDS = {
    **dict.fromkeys(("int2", "int4", "int8", "oid"), kinds.WHOLE),
    **dict.fromkeys(("float4", "float8"), kinds.NUMBER),
    **dict.fromkeys(
        ("text", "varchar", "bpchar", "char", '"char"', "name", "uuid", "citext", "enum"), kinds.TEXT
    ),
    **dict.fromkeys(("json", "jsonb"), kinds.JSON),
    "bool": kinds.SWITCH,
    "date": kinds.DATE,
    "time": kinds.TIME,
    "timestamp": kinds.MOMENT,
    "timestamptz": kinds.MOMENT_WITH_ZONE,
    "bytea": kinds.BYTES,
}
_LOADED = {*_KINDS, "numeric"} - {"json", "jsonb", "uuid"}
"""Types whose values the driver turns into Python's; those of all others come as the server writes them."""
_MODES = {"off": "disable", "prefer": "prefer", "require": "require", "verify": "verify-full"}

_TABLES = """
    SELECT n.nspname, c.relname,
        CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END, c.relkind IN ('v', 'm')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
        AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_t%%'
        AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY n.nspname, c.relname LIMIT %s
"""


class PostgresTable(DatabaseSource):
    """A table, a view, or a SELECT of your own from a PostgreSQL server."""

    spec = SourceSpec(
        kind="postgres_table",
        title="PostgreSQL",
        group="Databases",
        icon="ph.database",
        example={"host": "db.example.org", "database": "shop", "user": "ann", "table": "orders"},
    )
    dialect: ClassVar[str] = "postgres"
    usual_port: ClassVar[int] = 5432
    usual_database: ClassVar[str] = "postgres"

    def connect(self, password: str | None) -> Server:
        """Begin a read-only transaction, as ``SELECT`` sees the data at this moment."""
        import psycopg

        checked = self.encryption == "verify"
        connection = psycopg.connect(
            host=self.host or "localhost",
            port=self.true_port,
            dbname=self.database or self.usual_database,
            user=self.user or None,
            password=password,
            sslmode=_MODES[self.encryption],
            sslrootcert=trusted() if checked else None,
            connect_timeout=int(PATIENCE),
            application_name="Canvas App",
            client_encoding="UTF8",
        )
        connection.read_only = True
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.execute("SET TIME ZONE 'UTC'")
        connection.execute("SET DateStyle TO 'ISO'")
        _take_values_as_they_come(connection)
        return PostgresServer(connection)

    @classmethod
    def quoted(cls, name: str) -> str:
        """A name as the driver quotes it."""
        from psycopg import sql

        return sql.Identifier(name).as_string(None)

    @classmethod
    def column_kind(cls, words: str) -> ColumnKind:
        """``words`` are the type's as PostgreSQL calls it, with its digits: ``numeric(10,2)``, ``text[]``."""
        name, _, digits = words.partition("(")
        if name == "numeric" and digits:
            precision, _, scale = digits.rstrip(")").partition(",")
            return kinds.decimals(int(precision), int(scale or 0))
        if name == "numeric":
            return kinds.ROUNDED
        if words.endswith("[]"):
            return kinds.ColumnKind("text", kinds.JSON.convert, f"kept as text, a JSON list ({words})")
        return _KINDS.get(name) or kinds.as_text(words)

    @classmethod
    def driver_errors(cls) -> tuple[type[Exception], ...]:
        """All of the driver's."""
        import psycopg

        return (psycopg.Error,)

    def about_connecting(self, error: Exception, *, password_known: bool) -> CanvasError | None:
        """The driver gives no code here, so its words and the state of the connection tell."""
        said, attempt = str(error), getattr(error, "pgconn", None)
        if "database" in said and "does not exist" in said:
            return trouble.no_database(self.database or self.usual_database)
        if "certificate" in said or "SSL" in said:
            return trouble.no_encryption(_last_line(said))
        if "authentication failed" in said or (attempt is not None and attempt.needs_password):
            return trouble.wrong_password(self.user, known=password_known)
        if "FATAL" in said:
            return CanvasError(
                f"The server did not let {self.user or 'you'} in: {_last_line(said)}.",
                hint="Check the user, the database and the encryption.",
            )
        return None

    def about_query(self, error: Exception) -> CanvasError | None:
        """The message of the server, without the lines that repeat the query."""
        import psycopg

        if isinstance(error, OSError) or (
            isinstance(error, psycopg.OperationalError) and getattr(error, "sqlstate", None) is None
        ):
            return trouble.lost(self.host)
        message = getattr(getattr(error, "diag", None), "message_primary", None)
        return trouble.refused_query(message) if message else None


class PostgresServer(Server):
    """One transaction that can't write."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._cursors: list[psycopg.ServerCursor[Any]] = []
        self.product = f"PostgreSQL {connection.info.parameter_status('server_version') or ''}".split(" (")[0]
        self.encrypted = bool(connection.pgconn.ssl_in_use)

    def tables(self, most: int) -> tuple[TableEntry, ...]:
        """Partitions are part of their tables and not listed."""
        rows = self._connection.execute(_TABLES, [most]).fetchall()
        return tuple(TableEntry(*row) for row in rows)

    def ask(self, query: str, limit: int | None = None) -> Answer:
        """The server keeps the rows, and hands them over as they are asked for."""
        cursor = self._connection.cursor(name=f"canvas_app_{len(self._cursors)}")
        self._cursors.append(cursor)
        cursor.execute(query.encode())
        columns = tuple(ServerColumn(item.name, item.type_display) for item in cursor.description or ())
        unknown = [item.type_code for item in cursor.description or () if _is_unknown(item.type_code)]
        names = self._names(unknown) if unknown else {}
        described = zip(columns, cursor.description or (), strict=True)
        columns = tuple(
            ServerColumn(column.name, names.get(item.type_code, column.words)) for column, item in described
        )
        return PostgresAnswer(columns, cursor, limit)

    def expected(self, query: str) -> int | None:
        """As the planner estimates it."""
        plan = self._connection.execute(b"EXPLAIN (FORMAT JSON) " + query.encode(), prepare=True).fetchone()
        if plan is None:
            return None
        import json

        (top,) = json.loads(plan[0])
        return int(top["Plan"]["Plan Rows"])

    def cancel(self) -> None:
        """Ask the server to stop."""
        self._connection.cancel_safe(timeout=2.0)

    def close(self) -> None:
        """The transaction ends with the connection."""
        import psycopg

        for cursor in self._cursors:
            with suppress(psycopg.Error):
                cursor.close()
        self._connection.close()

    def _names(self, types: Sequence[int]) -> dict[int, str]:
        """What the server calls types of its own, such as those of extensions."""
        query = """
            SELECT t.oid, CASE WHEN t.typtype = 'e' THEN 'enum'
                WHEN t.typcategory = 'A' THEN 'array of ' || format_type(t.typelem, NULL)
                ELSE format_type(t.oid, NULL) END
            FROM pg_type t WHERE t.oid = ANY(%s)
        """
        return dict(self._connection.execute(query, [list(types)]).fetchall())


@dataclass
class PostgresAnswer(Answer):
    """A cursor of the server's."""

    columns: tuple[ServerColumn, ...]
    cursor: Any
    left: int | None

    def fetch(self, count: int) -> Sequence[Sequence[Any]]:
        """The next rows."""
        wanted = count if self.left is None else min(count, self.left)
        rows: Sequence[Sequence[Any]] = self.cursor.fetchmany(wanted) if wanted else ()
        if self.left is not None:
            self.left -= len(rows)
        return rows


def _is_unknown(oid: int) -> bool:
    import psycopg

    return psycopg.adapters.types.get(oid) is None


def _take_values_as_they_come(connection: psycopg.Connection[Any]) -> None:
    """Take what has no match in Python as text, and dates that Python doesn't have as they are written."""
    import psycopg
    from psycopg.types.string import TextLoader

    for info in psycopg.adapters.types:
        if info.name not in _LOADED:
            connection.adapters.register_loader(info.oid, TextLoader)
    connection.adapters.register_loader("date", _loader(datetime.date.fromisoformat))
    for name in ("timestamp", "timestamptz"):
        connection.adapters.register_loader(name, _loader(datetime.datetime.fromisoformat))


def _loader(parse: Callable[[str], Any]) -> type[psycopg.abc.Loader]:
    """Loads what is written as ISO 8601 has it; the rest, such as ``infinity``, stays a text."""
    from psycopg.adapt import Loader

    class IsoLoader(Loader):
        """Much quicker than the driver's own where that has to be lenient."""

        def load(self, data: Any) -> Any:
            """The value, or its text."""
            text = bytes(data).decode()
            try:
                return parse(text)
            except ValueError:
                return text

    return IsoLoader


def _last_line(said: str) -> str:
    """The server's reason, of a message that begins with where it was asked."""
    last = said.strip().splitlines()[-1].rpartition("FATAL:")[2]
    return last.rpartition(" failed: ")[2].strip().rstrip(".")
