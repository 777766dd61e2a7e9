"""Base of the sources that read from a database server: where it is, who asks, and what is read."""

from __future__ import annotations

import time
from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import ClassVar, Literal

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json, field
from canvas_app.base.words import counted
from canvas_app.data import passwords
from canvas_app.data.database import trouble
from canvas_app.data.database.column_kind import ColumnKind
from canvas_app.data.database.patience import Patience, TooLate
from canvas_app.data.database.server import PATIENCE, Server
from canvas_app.data.database.statement import one_query
from canvas_app.data.database.stream import notes_of, write_rows
from canvas_app.data.engine import Engine
from canvas_app.data.source import Scan, Source
from canvas_app.jobs.job import Quiet, Report

Encryption = Literal["prefer", "require", "verify", "off"]


class DatabaseSource(Source):
    """Base of the sources over a database server; its password is never one of its fields."""

    dialect: ClassVar[str]
    """sqlglot's word for the server's SQL."""
    usual_port: ClassVar[int]
    usual_database: ClassVar[str] = ""
    """Which one is opened where none is named."""
    refused_words: ClassVar[frozenset[str]] = frozenset()

    host: str = field("Server", default="localhost", help="The name or address of the database server.")
    port: int = field("Port", default=0, ge=0, le=65535, help="0 stands for the usual port.")
    database: str = field("Database", default="")
    user: str = field("User", default="")
    encryption: Encryption = field(
        "Encryption",
        default="prefer",
        labels=("If the server can", "Always", "Always, with a certificate that is checked", "Never"),
        help="Whether what is sent and read can be seen by others in the network.",
    )
    schema_name: str = field("Schema", default="", help="Where the table is; empty for the usual one.")
    table: str = field("Table", default="")
    query: str = field("SQL", default="", help="A SELECT of your own, in place of a table.")

    @property
    def account(self) -> str:
        """What its password is kept under: a user of a server has one password for all databases."""
        return f"{self.spec.kind}://{self.user}@{self.host.lower()}:{self.true_port}"

    @property
    def true_port(self) -> int:
        """The port, or the usual one."""
        return self.port or self.usual_port

    def subject(self) -> str:
        """The table's name, or that a query of one's own is read."""
        return self.table or f"a query of {self.database or self.spec.title}"

    def table_name(self) -> str:
        """The table's name; a query has none."""
        return self.table or "query"

    def origin(self) -> Mapping[str, Json]:
        """Where the rows are from; nothing of it lets anyone in."""
        return {"server": self.host, "database": self.database, "table": self.table}

    def secrets(self) -> Mapping[str, str]:
        """The password, where it was entered and no keyring has it."""
        return passwords.held(self.account)

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """Read all rows into a file of the engine's; raises ``CanvasError`` in words about the server."""
        del quick  # a query is run once
        path = engine.scratch / f"{engine.new_name()}.parquet"
        query = self.select()
        with self.conversation(report or Quiet()) as (server, patience):
            patience.say(-1.0, "Running the query")
            expected = patience.wait_for(lambda: server.expected(query), server.cancel)
            answer = patience.wait_for(lambda: server.ask(query), server.cancel)
            kinds = tuple(self.column_kind(column.words) for column in answer.columns)

            def said(rows: int) -> None:
                patience.say(_share(rows, expected), f"{counted(rows, 'row')} read")

            written = write_rows(
                answer,
                kinds,
                path,
                lambda count: patience.wait_for(lambda: answer.fetch(count), server.cancel),
                said,
            )
        if not written.rows:
            raise CanvasError(
                f"There are no rows in {self.subject()}.", hint="Choose another table, or change the SQL."
            )
        return Scan(engine.read_parquet(path), notes_of(answer, kinds, written))

    @contextmanager
    def conversation(self, report: Report) -> Iterator[tuple[Server, Patience]]:
        """Talk to the server, and turn what goes wrong into ``CanvasError``."""
        patience = Patience(report)
        server: Server | None = None
        patience.say(-1.0, f"Connecting to {self.host}")
        try:
            password = patience.wait_for(lambda: passwords.password_of(self.account), None, 60)
            server = self._connected(patience, password)
            with self._told(lambda error: self.about_query(error) or trouble.refused_query(str(error))):
                yield server, patience
        finally:
            patience.close()
            if server is not None:
                with suppress(OSError, *self.driver_errors()):
                    server.close()

    def select(self) -> str:
        """What is asked of the server; raises ``CanvasError`` for SQL that may do more than read."""
        if self.query.strip():
            return one_query(self.query, self.dialect, self.refused_words)
        if not self.table:
            raise CanvasError("No table was chosen.", hint="Choose one, or write a SELECT.")
        names = [name for name in (self.schema_name, self.table) if name]
        return f"SELECT * FROM {'.'.join(map(self.quoted, names))}"  # noqa: S608 - quoted as the server does

    @abstractmethod
    def connect(self, password: str | None) -> Server:
        """Begin a conversation; raises what the driver raises."""

    @classmethod
    @abstractmethod
    def quoted(cls, name: str) -> str:
        """A name as the server's SQL takes it, whatever is in it."""

    @classmethod
    @abstractmethod
    def column_kind(cls, words: str) -> ColumnKind:
        """What becomes of a column whose type the server calls so."""

    @classmethod
    @abstractmethod
    def driver_errors(cls) -> tuple[type[Exception], ...]:
        """What the driver raises."""

    @abstractmethod
    def about_connecting(self, error: Exception, *, password_known: bool) -> CanvasError | None:
        """Why the server let us not in; None where it never answered."""

    @abstractmethod
    def about_query(self, error: Exception) -> CanvasError | None:
        """Why a query failed, where more is known than what the server says."""

    def _connected(self, patience: Patience, password: str | None) -> Server:
        began = time.monotonic()

        def words(error: Exception) -> CanvasError:
            known = self.about_connecting(error, password_known=password is not None)
            if known is None and time.monotonic() - began > PATIENCE - 1:  # the driver's own patience ended
                return trouble.no_answer(self.host, self.true_port)
            return known or trouble.unreachable(self.host, self.true_port) or trouble.lost(self.host)

        try:
            with self._told(words):
                return patience.wait_for(lambda: self.connect(password), None, PATIENCE)
        except TooLate as error:
            raise trouble.no_answer(self.host, self.true_port) from error

    @contextmanager
    def _told(self, words: Callable[[Exception], CanvasError]) -> Iterator[None]:
        errors: tuple[type[Exception], ...] = (*self.driver_errors(), OSError)
        try:
            yield
        except errors as error:
            raise words(error) from error


def _share(rows: int, expected: int | None) -> float:
    """How far, by an estimate that may be wrong."""
    return min(0.99, rows / expected) if expected and expected > 0 else -1.0
