"""The tables of ``project.db``, format by format, and the way from each to the next."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Format:
    """One format of the store; a newer one has the next number, and says how to get there."""

    number: int
    tables: tuple[str, ...]
    """The exact statements, as the database must name them."""
    upgrade: Callable[[sqlite3.Connection], None] | None = None
    """Brings a database of the format before to this one, inside a transaction of the caller's."""


FORMATS = (
    Format(
        1,
        (
            "CREATE TABLE meta (one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, "
            "min_reader INTEGER NOT NULL, app_version TEXT NOT NULL, name TEXT NOT NULL, "
            "head INTEGER NOT NULL) STRICT",
            "CREATE TABLE edits (seq INTEGER PRIMARY KEY, label TEXT NOT NULL, gesture TEXT, "
            "document BLOB NOT NULL, at TEXT NOT NULL) STRICT",
            "CREATE TABLE models (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "
            "record BLOB NOT NULL, at TEXT NOT NULL) STRICT",
            "CREATE TABLE jobs (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, "
            "node TEXT, state TEXT NOT NULL, log TEXT NOT NULL, started TEXT NOT NULL, ended TEXT) STRICT",
        ),
    ),
)
