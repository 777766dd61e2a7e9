"""Looking at a server before anything is imported: whether it lets us in, its tables, the first rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self, cast

from canvas_app.base.spec import Json
from canvas_app.data import passwords
from canvas_app.data.database.server import TableEntry
from canvas_app.data.database.source import DatabaseSource
from canvas_app.data.database.stream import unique_names
from canvas_app.data.source import SOURCES
from canvas_app.jobs.job import Job, Report

MOST_TABLES = 20_000
FIRST_ROWS = 50
_LONGEST = 300
"""Letters of a value that are shown."""


@dataclass(frozen=True)
class Greeting:
    """A server that let us in."""

    product: str
    encrypted: bool
    tables: tuple[TableEntry, ...]


@dataclass(frozen=True)
class FirstRows:
    """How a table or query begins, as texts."""

    columns: tuple[tuple[str, str], ...]
    """Names, and types in the server's words."""
    rows: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True)
class GreetServer(Job[Greeting]):
    """Connect, and list the tables that may be read."""

    title = "Test a connection"
    result: ClassVar[Any] = Greeting
    quiet = True

    source: Json
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, source: DatabaseSource) -> Self:
        """With the password, where no keyring has it."""
        return cls(SOURCES.dump(source), source.secrets())

    def run(self, report: Report) -> Greeting:
        """Raises ``CanvasError`` in words about the server."""
        source = cast("DatabaseSource", SOURCES.load(self.source))
        with passwords.lent(self.secrets), source.conversation(report) as (server, patience):
            patience.say(-1.0, "Listing the tables")
            tables = patience.wait_for(lambda: server.tables(MOST_TABLES), server.cancel)
            return Greeting(server.product, server.encrypted, tables)


@dataclass(frozen=True)
class ReadFirstRows(Job[FirstRows]):
    """Read how a table or query begins."""

    title = "Look at a table"
    result: ClassVar[Any] = FirstRows
    quiet = True

    source: Json
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, source: DatabaseSource) -> Self:
        """With the password, where no keyring has it."""
        return cls(SOURCES.dump(source), source.secrets())

    def run(self, report: Report) -> FirstRows:
        """Raises ``CanvasError`` in words about the server or the query."""
        source = cast("DatabaseSource", SOURCES.load(self.source))
        query = source.select()
        with passwords.lent(self.secrets), source.conversation(report) as (server, patience):
            patience.say(-1.0, "Reading the first rows")
            answer = patience.wait_for(lambda: server.ask(query, FIRST_ROWS), server.cancel)
            rows = patience.wait_for(lambda: answer.fetch(FIRST_ROWS), server.cancel)
        kinds = [source.column_kind(column.words) for column in answer.columns]
        names = unique_names(answer.columns)
        columns = tuple((name, column.words) for name, column in zip(names, answer.columns, strict=True))
        values = [kind.values([row[place] for row in rows])[0] for place, kind in enumerate(kinds)]
        return FirstRows(columns, tuple(tuple(map(_text, row)) for row in zip(*values, strict=True)))


def _text(value: Any) -> str | None:
    if value is None:
        return None
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
