"""A conversation with a database server that only reads, as every kind of server offers it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PATIENCE = 10.0
"""Seconds that a server may take to answer the first word."""


@dataclass(frozen=True)
class TableEntry:
    """A table or view that a server offers."""

    schema: str
    name: str
    rows: int | None = None
    """About how many it has, as the server estimates them; None where it doesn't know."""
    view: bool = False


@dataclass(frozen=True)
class ServerColumn:
    """A column of a query's answer, with its type in the server's words."""

    name: str
    words: str


class Answer(ABC):
    """The rows of one query, which come as they are asked for and are never all here."""

    columns: tuple[ServerColumn, ...]

    @abstractmethod
    def fetch(self, count: int) -> Sequence[Sequence[Any]]:
        """The next rows, so many at most; none when there are no more. Raises what the driver raises."""


class Server(ABC):
    """An open, read-only conversation; its methods raise what the driver raises."""

    product: str
    """What answers, such as ``PostgreSQL 15.3``."""
    encrypted: bool

    @abstractmethod
    def tables(self, most: int) -> tuple[TableEntry, ...]:
        """The tables and views that this user may read, so many at most."""

    @abstractmethod
    def ask(self, query: str, limit: int | None = None) -> Answer:
        """Run one query, of which no more than ``limit`` rows are wanted."""

    @abstractmethod
    def expected(self, query: str) -> int | None:
        """About how many rows it will give, where the server says that without running it."""

    @abstractmethod
    def cancel(self) -> None:
        """Stop what runs, from any thread."""

    @abstractmethod
    def close(self) -> None:
        """End the conversation; nothing that it did is kept."""
