"""Tables and queries of Microsoft SQL Server, read in a transaction that is always taken back."""

from __future__ import annotations

import socket
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from canvas_app.base.errors import CanvasError
from canvas_app.data.database import column_kind as kinds
from canvas_app.data.database import trouble
from canvas_app.data.database.column_kind import ColumnKind
from canvas_app.data.database.server import PATIENCE, Answer, Server, ServerColumn, TableEntry
from canvas_app.data.database.source import DatabaseSource
from canvas_app.data.source import SourceSpec

_KINDS = {
    **dict.fromkeys(("tinyint", "smallint", "int", "bigint"), kinds.WHOLE),
    **dict.fromkeys(("float", "real"), kinds.NUMBER),
    **dict.fromkeys(("char", "varchar", "nchar", "nvarchar", "text", "ntext", "sysname"), kinds.TEXT),
    **dict.fromkeys(("uniqueidentifier", "xml"), kinds.TEXT),
    **dict.fromkeys(("datetime", "datetime2", "smalldatetime"), kinds.MOMENT),
    **dict.fromkeys(("binary", "varbinary", "image", "timestamp", "rowversion"), kinds.BYTES),
    **dict.fromkeys(("geography", "geometry", "hierarchyid"), kinds.BYTES),
    "bit": kinds.SWITCH,
    "date": kinds.DATE,
    "time": kinds.TIME,
    "datetimeoffset": kinds.MOMENT_WITH_ZONE,
    "money": kinds.decimals(19, 4),
    "smallmoney": kinds.decimals(10, 4),
}

_WRITING = frozenset(
    (
        "INTO",
        "INSERT",
        "UPDATE",
        "DELETE",
        "MERGE",
        "TRUNCATE",
        "CREATE",
        "ALTER",
        "DROP",
        "GRANT",
        "REVOKE",
        "DENY",
        "EXEC",
        "EXECUTE",
        "BACKUP",
        "RESTORE",
        "BULK",
        "OPENROWSET",
        "OPENQUERY",
        "OPENDATASOURCE",
        "SHUTDOWN",
        "KILL",
        "DBCC",
        "COMMIT",
        "ROLLBACK",
        "BEGIN",
        "SET",
        "USE",
        "DECLARE",
        "WAITFOR",
        "RECONFIGURE",
        "PRINT",
        "RAISERROR",
        "WRITETEXT",
        "UPDATETEXT",
    )
)
"""What the server has no read-only transaction against; unquoted, none of them can be a name."""

_DENIED, _NO_DATABASE = (18456, 18486, 18487, 18488, 18452), (4060, 911)

_TABLES = """
    SELECT TOP (%s) s.name, o.name, CASE WHEN o.type = 'U' THEN (
            SELECT SUM(p.rows) FROM sys.partitions p WHERE p.object_id = o.object_id AND p.index_id IN (0, 1)
        ) END, CASE WHEN o.type = 'V' THEN 1 ELSE 0 END
    FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
    WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0
        AND HAS_PERMS_BY_NAME(QUOTENAME(s.name) + '.' + QUOTENAME(o.name), 'OBJECT', 'SELECT') = 1
    ORDER BY s.name, o.name
"""
_DESCRIBE = """
    SELECT name, system_type_name, error_message
    FROM sys.dm_exec_describe_first_result_set(%s, NULL, 0) WHERE is_hidden = 0 ORDER BY column_ordinal
"""


class SqlServerTable(DatabaseSource):
    """A table, a view, or a SELECT of your own from a Microsoft SQL Server."""

    spec = SourceSpec(
        kind="sql_server_table",
        title="SQL Server",
        group="Databases",
        icon="ph.database",
        example={"host": "db.example.org", "database": "shop", "user": "ann", "table": "orders"},
    )
    dialect: ClassVar[str] = "tsql"
    usual_port: ClassVar[int] = 1433
    usual_database: ClassVar[str] = "master"
    refused_words: ClassVar[frozenset[str]] = _WRITING

    def connect(self, password: str | None) -> Server:
        """Begin a transaction; the driver can't encrypt, and says so where that was asked for."""
        import pytds

        if self.encryption in ("require", "verify"):
            raise trouble.no_encryption("encrypted connections to SQL Server are not supported here yet")
        host = self.host or "localhost"
        with ExitStack() as unless_done:
            opened = unless_done.enter_context(socket.create_connection((host, self.true_port), PATIENCE))
            connection = pytds.connect(
                dsn=host,
                port=self.true_port,
                database=self.database or self.usual_database,
                user=self.user,
                password=password or "",
                login_timeout=PATIENCE,
                appname="Canvas App",
                readonly=True,
                autocommit=False,
                disable_connect_retry=True,
                sock=opened,
            )
            unless_done.pop_all()
        return SqlServer(connection, opened)

    @classmethod
    def quoted(cls, name: str) -> str:
        """A name in brackets, as the driver quotes it."""
        from pytds.tds_base import tds_quote_id

        return str(tds_quote_id(name))

    @classmethod
    def column_kind(cls, words: str) -> ColumnKind:
        """``words`` are the type's as the server writes it: ``decimal(10,2)``, ``nvarchar(max)``."""
        name, _, digits = words.partition("(")
        if name in ("decimal", "numeric") and digits:
            precision, _, scale = digits.rstrip(")").partition(",")
            return kinds.decimals(int(precision), int(scale or 0))
        return _KINDS.get(name) or kinds.as_text(words)

    @classmethod
    def driver_errors(cls) -> tuple[type[Exception], ...]:
        """All of the driver's."""
        import pytds

        return (pytds.Error,)

    def about_connecting(self, error: Exception, *, password_known: bool) -> CanvasError | None:
        """By the number of the server's message."""
        number, said = getattr(error, "msg_no", 0), str(getattr(error, "text", error))
        if number in _NO_DATABASE:
            return trouble.no_database(self.database or self.usual_database)
        if number in _DENIED:
            return trouble.wrong_password(self.user, known=password_known)
        if "encryption" in said.lower():
            return trouble.no_encryption(
                "this server wants encryption, which is not supported for SQL Server here yet"
            )
        if number:
            return CanvasError(f"The server did not let {self.user} in: {said}.", hint="Check the user.")
        return None

    def about_query(self, error: Exception) -> CanvasError | None:
        """The message of the server."""
        number = getattr(error, "msg_no", 0)
        return (
            trouble.refused_query(str(getattr(error, "text", error))) if number else trouble.lost(self.host)
        )


class SqlServer(Server):
    """One transaction that is never committed."""

    encrypted = False

    def __init__(self, connection: Any, opened: socket.socket) -> None:
        self._connection = connection
        self._opened = opened
        ((version,),) = self._rows("SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(40))")
        self.product = f"SQL Server {version}"

    def tables(self, most: int) -> tuple[TableEntry, ...]:
        """Those that this user may read."""
        return tuple(
            TableEntry(schema, name, rows, bool(view))
            for schema, name, rows, view in self._rows(_TABLES, (most,))
        )

    def ask(self, query: str, limit: int | None = None) -> Answer:
        """The server describes the columns first; then the rows come as it finds them."""
        described = self._rows(_DESCRIBE, (query,))
        columns = tuple(ServerColumn(name or "", words or "text") for name, words, _ in described)
        cursor = self._connection.cursor()
        if limit is not None:
            cursor.execute(f"SET ROWCOUNT {int(limit)}")
        cursor.execute(query)
        return SqlServerAnswer(columns or _columns(cursor), cursor)

    def expected(self, query: str) -> int | None:
        """The server doesn't say without running it."""
        del query
        return None

    def cancel(self) -> None:
        """Hang up: the server stops what it did for this connection."""
        with suppress(OSError):
            self._opened.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """The transaction is taken back with the connection."""
        self.cancel()
        self._connection.close()

    def _rows(self, query: str, values: tuple[Any, ...] = ()) -> Sequence[Sequence[Any]]:
        with self._connection.cursor() as cursor:
            cursor.execute(query, values)
            rows: Sequence[Sequence[Any]] = cursor.fetchall()
        return rows


@dataclass
class SqlServerAnswer(Answer):
    """Rows as they arrive."""

    columns: tuple[ServerColumn, ...]
    cursor: Any

    def fetch(self, count: int) -> Sequence[Sequence[Any]]:
        """The next rows."""
        rows: Sequence[Sequence[Any]] = self.cursor.fetchmany(count)
        return rows


def _columns(cursor: Any) -> tuple[ServerColumn, ...]:
    """The columns of a query that the server could not describe before: as texts."""
    return tuple(ServerColumn(item[0] or "", "nvarchar(max)") for item in cursor.description or ())
