"""How a source is understood before anything is imported: its first rows, and those that don't fit."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, Self

from canvas_app.base.spec import Json
from canvas_app.data import passwords
from canvas_app.data.engine import Engine, schema_of
from canvas_app.data.engine_errors import UnfitRows
from canvas_app.data.role import Role, guessed_role
from canvas_app.data.schema import Schema
from canvas_app.data.source import SOURCES, Scan, Source
from canvas_app.jobs.job import Job, Report

FIRST_ROWS = 100
MOST_ASIDE = 500
_LONGEST = 300
"""Letters of a value that are shown."""
_SMALL = 8_000_000
"""Bytes up to which every value is checked; of larger sources the import does that."""


@dataclass(frozen=True)
class AsideRow:
    """A row that does not fit: where it stands, why, and how it is written."""

    line: str
    reason: str
    content: str


@dataclass(frozen=True)
class Beginning:
    """A source as it was understood, with its first rows as texts."""

    schema: Schema
    rows: tuple[tuple[str | None, ...], ...]
    notes: tuple[str, ...] = ()
    found: Mapping[str, Json] = field(default_factory=dict)
    """The value of each field of the source that was left to find out."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    aside: tuple[AsideRow, ...] = ()
    """The first of the rows that don't fit."""
    aside_rows: int = 0
    checked: bool = True
    """Whether every value was looked at, so that the rows that don't fit are known."""


@dataclass(frozen=True)
class ReadBeginning(Job[Beginning]):
    """Understand a source, and read its first rows."""

    title = "Look at a file"
    result: ClassVar[Any] = Beginning
    patience = 0.3
    quiet = True

    source: Json
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, source: Source) -> Self:
        """With the password, where no keyring has it."""
        return cls(SOURCES.dump(source), source.secrets())

    @property
    def subject(self) -> str:
        """What it reads, as messages name it."""
        return SOURCES.load(self.source).subject()

    def run(self, report: Report) -> Beginning:
        """Raises ``CanvasError`` where there is no table."""
        source = SOURCES.load(self.source)
        report(-1.0, f"Looking at {source.subject()}")
        with passwords.lent(self.secrets), Engine() as engine:
            small = source.weight() <= _SMALL
            try:
                return _begun(
                    engine, source, source.scan(engine, quick=not small, report=report), checked=small
                )
            except UnfitRows:
                return _begun(engine, source, source.scan(engine, report=report), checked=True)


def _begun(engine: Engine, source: Source, scan: Scan, *, checked: bool) -> Beginning:
    schema = schema_of(scan.table)
    page = engine.page(scan.table, 0, FIRST_ROWS)
    columns = [[_text(value) for value in column.to_pylist()] for column in page.columns]
    roles = {
        info.name: guessed_role(info.name, info.type, values)
        for info, values in zip(schema, columns, strict=True)
    }
    aside, count = _aside(scan.rejected)
    doubt = source.doubt()
    notes = (doubt, *scan.notes) if doubt else scan.notes
    rows = tuple(zip(*columns, strict=True))
    return Beginning(schema, rows, notes, scan.found, roles, aside, count, checked)


def _aside(path: Path | None) -> tuple[tuple[AsideRow, ...], int]:
    """The first of the rows put aside, and how many there are."""
    if path is None:
        return (), 0
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        first = tuple(
            AsideRow(line.get("line") or "", line.get("reason") or "", (line.get("content") or "")[:_LONGEST])
            for line in islice(lines, MOST_ASIDE)
        )
        return first, len(first) + sum(1 for _ in lines)


def _text(value: object) -> str | None:
    if value is None:
        return None
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
