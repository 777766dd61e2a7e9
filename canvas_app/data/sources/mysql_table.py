"""Tables and queries of MySQL and MariaDB, streamed from a read-only transaction."""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from canvas_app.base.errors import CanvasError, Where
from canvas_app.data.database import column_kind as kinds
from canvas_app.data.database import trouble
from canvas_app.data.database.certificates import trusted
from canvas_app.data.database.column_kind import ColumnKind
from canvas_app.data.database.server import PATIENCE, Answer, Server, ServerColumn, TableEntry
from canvas_app.data.database.source import DatabaseSource
from canvas_app.data.source import SourceSpec

_KINDS = {
    **dict.fromkeys(("tinyint", "smallint", "mediumint", "int", "bigint", "year"), kinds.WHOLE),
    **dict.fromkeys(("float", "double"), kinds.NUMBER),
    **dict.fromkeys(("char", "varchar", "text", "enum", "set"), kinds.TEXT),
    **dict.fromkeys(("binary", "blob", "geometry", "bit"), kinds.BYTES),
    "bigint unsigned": kinds.LARGE_WHOLE,
    "bit(1)": kinds.SWITCH,
    "json": kinds.JSON,
    "date": kinds.DATE,
    "datetime": kinds.MOMENT,
    "timestamp": kinds.MOMENT_WITH_ZONE,
    "time": ColumnKind("text", str, "kept as text, since a time of this server may be longer than a day"),
}

_BYTES = 63
"""The character set of what is no text."""
_UNSIGNED, _BINARY = 32, 128
_ENUM, _SET = 256, 2048

_NAMES = {
    1: "tinyint",
    2: "smallint",
    3: "int",
    4: "float",
    5: "double",
    7: "timestamp",
    8: "bigint",
    9: "mediumint",
    10: "date",
    11: "time",
    12: "datetime",
    13: "year",
    245: "json",
    255: "geometry",
}
"""Column types of the protocol; those of texts, bytes and decimal numbers need a closer look."""

_DENIED, _DENIED_DATABASE, _NO_DATABASE, _LOST = (1045, 1698, 1044), 1044, 1049, (2006, 2013)
_NO_TLS = 2026

_TABLES = """
    SELECT table_schema, table_name, table_rows, table_type <> 'BASE TABLE' FROM information_schema.tables
    WHERE table_schema NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys')
        AND (DATABASE() IS NULL OR table_schema = DATABASE())
    ORDER BY table_schema, table_name LIMIT %s
"""


class MysqlTable(DatabaseSource):
    """A table, a view, or a SELECT of your own from a MySQL or MariaDB server."""

    spec = SourceSpec(
        kind="mysql_table",
        title="MySQL or MariaDB",
        group="Databases",
        icon="ph.database",
        example={"host": "db.example.org", "database": "shop", "user": "ann", "table": "orders"},
    )
    dialect: ClassVar[str] = "mysql"
    usual_port: ClassVar[int] = 3306
    refused_words: ClassVar[frozenset[str]] = frozenset({"INTO"})

    def connect(self, password: str | None) -> Server:
        """Begin a read-only transaction."""
        connection = self._open(password)
        with connection.cursor() as cursor:
            cursor.execute("SET SESSION time_zone = '+00:00', net_write_timeout = 600")
            cursor.execute("SET SESSION TRANSACTION READ ONLY")
            cursor.execute("START TRANSACTION READ ONLY")
        return MysqlServer(connection, lambda: self._open(password))

    @classmethod
    def quoted(cls, name: str) -> str:
        """A name in backticks; the driver has no means of its own for that."""
        return "`" + name.replace("`", "``") + "`"

    @classmethod
    def column_kind(cls, words: str) -> ColumnKind:
        """``words`` are the type's in SQL, with its digits: ``decimal(10,2)``, ``bigint unsigned``."""
        if words.startswith("decimal("):
            precision, scale = words[len("decimal(") : -1].split(",")
            return kinds.decimals(int(precision), int(scale))
        return _KINDS.get(words) or _KINDS.get(words.removesuffix(" unsigned")) or kinds.as_text(words)

    @classmethod
    def driver_errors(cls) -> tuple[type[Exception], ...]:
        """All of the driver's; it lets those of TLS through."""
        import pymysql

        return (pymysql.MySQLError, ssl.SSLError)

    def about_connecting(self, error: Exception, *, password_known: bool) -> CanvasError | None:
        """By the server's code."""
        code = _code(error)
        cause = error.__cause__ or error.__context__
        if isinstance(error, ssl.SSLError) or isinstance(cause, ssl.SSLError) or code == _NO_TLS:
            about = next((item for item in (error, cause) if isinstance(item, ssl.SSLError)), None)
            reason = trouble.about_certificates(about) if about else "the server does not offer it"
            return trouble.no_encryption(reason)
        if code == _NO_DATABASE:
            return trouble.no_database(self.database)
        if code == _DENIED_DATABASE:
            return CanvasError(
                f"{self.user} may not use the database {self.database}.",
                hint="Check the user and the database.",
                where=Where(field="database"),
            )
        if code in _DENIED:
            return trouble.wrong_password(self.user, known=password_known)
        if code >= 2000 or code == 0:  # the driver's own: no word of the server
            return None
        return CanvasError(f"The server did not let {self.user} in: {_words(error)}.", hint="Check the user.")

    def about_query(self, error: Exception) -> CanvasError | None:
        """By the server's code."""
        if isinstance(error, OSError) or _code(error) in _LOST:
            return trouble.lost(self.host)
        return trouble.refused_query(_words(error))

    def _open(self, password: str | None) -> Any:
        import pymysql
        from pymysql.converters import conversions

        safety: dict[str, dict[str, Any]] = {
            "off": {"ssl_disabled": True},
            "prefer": {},
            "require": {"ssl": {"check_hostname": False, "verify_mode": False}},
            "verify": {"ssl_ca": trusted(), "ssl_verify_identity": True},
        }
        local = self.host.startswith("/")
        return pymysql.connect(
            host="localhost" if local else self.host or "localhost",
            unix_socket=self.host if local else None,
            port=self.true_port,
            user=self.user or None,
            password=(password or "").encode(),
            database=self.database or None,
            charset="utf8mb4",
            conv={**conversions, **_quick_conversions()},
            connect_timeout=PATIENCE,
            program_name="Canvas App",
            **safety[self.encryption],
        )


class MysqlServer(Server):
    """One transaction that can't write."""

    def __init__(self, connection: Any, again: Callable[[], Any]) -> None:
        self._connection = connection
        self._again = again
        self._answer: MysqlAnswer | None = None
        version = str(connection.get_server_info())
        name = "MariaDB" if "mariadb" in version.lower() else "MySQL"
        self.product = f"{name} {version.removeprefix('5.5.5-').split('-')[0]}"
        self.encrypted = self._status("Ssl_cipher") != ""

    def tables(self, most: int) -> tuple[TableEntry, ...]:
        """Those of the database, or of all that this user may see where none is named."""
        return tuple(
            TableEntry(schema, name, None if view else rows, bool(view))
            for schema, name, rows, view in self._rows(_TABLES, [most])
        )

    def ask(self, query: str, limit: int | None = None) -> Answer:
        """The rows come as the server finds them."""
        from pymysql.cursors import SSCursor

        if limit is not None:
            self._rows("SET SESSION sql_select_limit = %s", [limit])
        cursor = self._connection.cursor(SSCursor)
        self._answer = MysqlAnswer((), cursor, limit)
        cursor.execute(query)
        # What the standard's description leaves out tells bytes from text, and counts the digits.
        self._answer.columns = tuple(ServerColumn(item.name, _type(item)) for item in cursor._result.fields)
        return self._answer

    def expected(self, query: str) -> int | None:
        """As the planner estimates it, for a query of one table."""
        from pymysql.cursors import DictCursor

        with self._connection.cursor(DictCursor) as cursor:
            cursor.execute(f"EXPLAIN {query}")
            plan = cursor.fetchall()
        return int(plan[0]["rows"]) if len(plan) == 1 and plan[0].get("rows") else None

    def cancel(self) -> None:
        """Ask the server, over a second connection, to stop."""
        with self._again() as other, other.cursor() as cursor:
            cursor.execute("KILL QUERY %s", [self._connection.thread_id()])

    def close(self) -> None:
        """The rest of an answer is not wanted; the transaction ends with the connection."""
        import pymysql

        with suppress(pymysql.MySQLError, OSError):
            if self._answer is not None and not self._answer.ended:
                self.cancel()
        with suppress(pymysql.MySQLError, OSError):
            if self._answer is not None:
                self._answer.cursor.close()
        self._connection.close()

    def _rows(self, query: str, values: Sequence[Any]) -> Sequence[Sequence[Any]]:
        with self._connection.cursor() as cursor:
            cursor.execute(query, values)
            rows: Sequence[Sequence[Any]] = cursor.fetchall()
        return rows

    def _status(self, name: str) -> str:
        rows = self._rows("SHOW SESSION STATUS LIKE %s", [name])
        return str(rows[0][1]) if rows else ""


@dataclass
class MysqlAnswer(Answer):
    """Rows as they arrive."""

    columns: tuple[ServerColumn, ...]
    cursor: Any
    left: int | None
    ended: bool = False

    def fetch(self, count: int) -> Sequence[Sequence[Any]]:
        """The next rows."""
        if self.ended:
            return ()
        wanted = count if self.left is None else min(count, self.left)
        rows: Sequence[Sequence[Any]] = self.cursor.fetchmany(wanted) if wanted else ()
        self.ended = len(rows) < wanted
        if self.left is not None:
            self.left -= len(rows)
        return rows


def _quick_conversions() -> dict[int, Callable[[str], Any]]:
    """For dates and times, much quicker than the driver's; what can't be one stays as it is written."""
    from pymysql.constants import FIELD_TYPE

    def date(text: str) -> Any:
        try:
            return datetime.date.fromisoformat(text)
        except ValueError:
            return text

    def moment(text: str) -> Any:
        try:
            return datetime.datetime.fromisoformat(text)
        except ValueError:
            return text

    return {
        FIELD_TYPE.DATE: date,
        FIELD_TYPE.DATETIME: moment,
        FIELD_TYPE.TIMESTAMP: moment,
        FIELD_TYPE.TIME: str,
    }


def _type(item: Any) -> str:
    """The type of a column in the words of SQL."""
    unsigned = bool(item.flags & _UNSIGNED)
    if item.type_code in (0, 246):
        digits = item.length - (item.scale > 0) - (not unsigned)
        return f"decimal({digits},{item.scale})"
    if item.type_code == 16:
        return "bit(1)" if item.length == 1 else "bit"
    if item.type_code in _NAMES:
        name = _NAMES[item.type_code]
        return f"{name} unsigned" if unsigned and name.endswith("int") else name
    if item.charsetnr == _BYTES:
        return "blob"
    return "enum" if item.flags & _ENUM else "set" if item.flags & _SET else "text"


def _code(error: Exception) -> int:
    first = error.args[0] if error.args else 0
    return first if isinstance(first, int) else 0


def _words(error: Exception) -> str:
    return str(error.args[1] if len(error.args) > 1 else error)
