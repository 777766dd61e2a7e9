"""How a CSV file is written: DuckDB's sniffer guesses, and its weak spots are mended here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb

from canvas_app.base.errors import CanvasError
from canvas_app.data import files
from canvas_app.data.engine import Engine, literal, select, without_patterns
from canvas_app.data.engine_errors import in_words

_NONE = "(empty)"
_SAMPLE_LINES = 20_000
_MOST_COLUMNS = 10_000
_LONGEST_LINE = 4_000_000
_CLEARLY = 1.5
"""How many times more cells another guess must give before a few lines above the table are kept."""


@dataclass(frozen=True)
class Dialect:
    """Delimiter, quote, header and the columns with their types, as guessed from the first rows."""

    path: Path
    delimiter: str
    quote: str
    escape: str
    skip: int
    header: bool
    names: tuple[str, ...]
    types: tuple[str, ...]
    """DuckDB's words."""
    date_format: str = ""
    moment_format: str = ""
    renamed: tuple[str, ...] = ()
    """What was done to the names, in words."""

    def reader(self, types: Sequence[str] = (), *, extra: Mapping[str, str] | None = None) -> str:
        """The ``read_csv(...)`` over the file, every column as text unless types are given."""
        kinds = types or ["VARCHAR"] * len(self.names)
        columns = ", ".join(f"{literal(n)}: {literal(t)}" for n, t in zip(self.names, kinds, strict=True))
        options = {
            "auto_detect": "false",
            "delim": literal(self.delimiter),
            "quote": literal(self.quote),
            "escape": literal(self.escape),
            "skip": str(self.skip),
            "header": str(self.header).lower(),
            "columns": f"{{{columns}}}",
        }
        if types and self.date_format:
            options["dateformat"] = literal(self.date_format)
        if types and self.moment_format:
            options["timestampformat"] = literal(self.moment_format)
        options.update(extra or {})
        given = ", ".join(f"{name} = {value}" for name, value in options.items())
        return f"read_csv({literal(without_patterns(self.path))}, {given})"

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about how the file was understood."""
        notes = list(self.renamed)
        if self.skip:
            lines = "The first line was" if self.skip == 1 else f"The first {self.skip} lines were"
            notes.insert(0, f"{lines} left out: the table begins below.")
        if not self.header:
            notes.append("The file has no header: its columns were called column_1, column_2 and so on.")
        return tuple(notes)


def sniff(engine: Engine, path: Path, shown: str) -> Dialect:
    """Guess how a UTF-8 file is written; ``shown`` is its name in messages. Raises ``CanvasError``."""
    _require_few_columns(path, shown)
    found = _best(engine, path)
    if found is None:
        raise CanvasError(
            f"{shown} can't be understood as a table.",
            hint="Open it in a text editor: one row per line, values parted by commas, semicolons or tabs.",
        )
    return _with_names(engine, found)


def unique_names(raw: Sequence[str | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names that are neither empty nor twice there (capitals don't count), and what was changed.

    Brackets, quotes, emoji and whatever else a name holds stay as they are.
    """
    taken = {name.lower() for name in raw if name}
    seen: set[str] = set()
    names, notes = [], []
    for place, name in enumerate(raw, start=1):
        if name and name.lower() not in seen:
            free = name
        else:
            free = _free(f"{name or 'column'}_{2 if name else place}", taken | seen)
            notes.append(
                f"A second column called {name} is now {free}."
                if name
                else f"Column {place} had no name and is now {free}."
            )
        seen.add(free.lower())
        names.append(free)
    return tuple(names), tuple(notes)


def _require_few_columns(path: Path, shown: str) -> None:
    """Refuse at once what would take many minutes; of a packed file the first line is not looked at."""
    with files.file_errors(path), path.open("rb") as file:
        line = file.readline(_LONGEST_LINE)
    if max(line.count(sign) for sign in b",;\t|") > _MOST_COLUMNS:
        raise CanvasError(
            f"{shown} has more than {_MOST_COLUMNS:,} columns.",
            hint="Keep fewer of them, or turn the table so that they become rows.",
        )


def _free(wanted: str, taken: set[str]) -> str:
    stem, _, number = wanted.rpartition("_")
    count = int(number)
    while f"{stem}_{count}".lower() in taken:
        count += 1
    return f"{stem}_{count}"


def _best(engine: Engine, path: Path) -> Dialect | None:
    """The strict guess; but a bad row may lead it to a single column, or to skip all lines above."""
    strict = _sniffed(engine, path, lenient=False)
    if strict and len(strict.names) > 1 and strict.skip == 0:
        return strict
    lenient = _sniffed(engine, path, lenient=True)
    if strict is None or lenient is None:
        return strict or lenient
    cells = _cells(engine, lenient, enough=0.5)
    if len(strict.names) == 1:
        return lenient if cells and len(lenient.names) > 1 else strict
    return lenient if cells > _CLEARLY * _cells(engine, strict) else strict


def _cells(engine: Engine, dialect: Dialect, enough: float = 0.0) -> int:
    """How many cells the guess makes of the beginning; none where fewer lines fit than are enough."""
    lenient = {"ignore_errors": "true"}
    lines = replace(dialect, delimiter="\x01", quote="", escape="", names=("line",), types=("VARCHAR",))
    try:
        fitting = _count(engine, dialect.reader(extra=lenient))
        holds = not enough or fitting >= enough * _count(engine, lines.reader(extra=lenient))
    except duckdb.Error:
        return 0
    return fitting * len(dialect.names) if holds else 0


def _count(engine: Engine, reader: str) -> int:
    sample = select("*", reader, f"LIMIT {_SAMPLE_LINES}")
    row = engine.raw.execute(select("count(*)", f"({sample})")).fetchone()
    return int(row[0]) if row else 0


def _sniffed(engine: Engine, path: Path, *, lenient: bool) -> Dialect | None:
    option = ", ignore_errors = true" if lenient else ""
    try:
        result = engine.raw.execute(f"FROM sniff_csv({literal(without_patterns(path))}{option})")
        names = [column[0] for column in result.description or ()]
        row = result.fetchone()
    except duckdb.InvalidInputException:
        return None
    except duckdb.Error as error:
        raise in_words(error, path) from error
    return _dialect(path, dict(zip(names, row, strict=True))) if row else None


def _dialect(path: Path, facts: Mapping[str, Any]) -> Dialect:
    """A quote that the beginning does not use may still be used further down."""
    quote = '"' if facts["Quote"] == _NONE else facts["Quote"]
    columns = facts["Columns"]
    return Dialect(
        path=path,
        delimiter=facts["Delimiter"],
        quote=quote,
        escape=quote if facts["Escape"] == _NONE else facts["Escape"],
        skip=int(facts["SkipRows"]),
        header=bool(facts["HasHeader"]),
        names=tuple(column["name"] for column in columns),
        types=tuple(column["type"] for column in columns),
        date_format=facts["DateFormat"] or "",
        moment_format=facts["TimestampFormat"] or "",
    )


def _with_names(engine: Engine, dialect: Dialect) -> Dialect:
    """The names as the file has them, where the sniffer has made its own of them."""
    if not dialect.header:
        names = tuple(f"column_{place}" for place in range(1, len(dialect.names) + 1))
        return replace(dialect, names=names)
    numbered = replace(dialect, header=False, names=tuple(f"c{i}" for i in range(len(dialect.names))))
    lenient = {"null_padding": "true", "strict_mode": "false", "parallel": "false", "ignore_errors": "true"}
    try:
        raw = engine.raw.execute(select("*", numbered.reader(extra=lenient), "LIMIT 1")).fetchone()
    except duckdb.Error as error:
        raise in_words(error, dialect.path) from error
    names, renamed = unique_names(raw or dialect.names)
    return replace(dialect, names=names, renamed=renamed)
