"""Which type a column of texts has: the guess, if every value agrees, and text if not."""

from __future__ import annotations

from dataclasses import dataclass

from canvas_app.data.dialect import Dialect
from canvas_app.data.engine import Engine, identifier, literal, select
from canvas_app.jobs.job import Report

_LONG = "'^[+-]?[0-9]{16,}$'"
_PADDED = "'^[+-]?0[0-9]'"
_AT_ONCE = 12
"""Columns per query: DuckDB's planning time grows with the square of their number."""
_RARE = 20
"""One in so many, at most, are exceptions in a column of numbers."""
_WORDS = {
    "BIGINT": "whole numbers",
    "DOUBLE": "numbers",
    "BOOLEAN": "true or false",
    "DATE": "dates",
    "TIME": "times",
}


@dataclass(frozen=True)
class ColumnFacts:
    """What was counted in one column of texts."""

    name: str
    guess: str
    filled: int
    unfit: int
    """Values that the guessed type can't hold as they are."""
    example: str
    """One of these."""
    not_numbers: int
    other: str
    """One of those that are no number."""
    long: int
    """Whole numbers of more digits than a number keeps exactly: identifiers."""
    padded: int
    """Values with leading zeros: identifiers."""

    @property
    def type(self) -> str:
        """The type that keeps every value."""
        if self.filled == 0:
            return "VARCHAR"
        if self.guess not in ("VARCHAR", "DOUBLE", "BOOLEAN") and self.unfit == 0:
            return self.guess
        if self.guess == "BOOLEAN" and self.unfit == 0:
            return "BOOLEAN"
        numeric = self.not_numbers == 0 and self.long == 0 and self.padded == 0
        return "DOUBLE" if numeric else "VARCHAR"

    @property
    def note(self) -> str:
        """Why the column did not become what it looked like."""
        if self.guess == "VARCHAR" and 0 < self.not_numbers * _RARE <= self.filled and not self.padded:
            return f"{self.name} was kept as text: some values are no numbers, such as “{self.other}”."
        if self.type == self.guess or self.filled == 0:
            return ""
        if self.guess in ("BIGINT", "DOUBLE") and self.type == "VARCHAR" and (self.long or self.padded):
            return f"{self.name} was kept as text: its long numbers would lose digits."
        if self.type == "VARCHAR" and self.unfit and self.guess != "BOOLEAN":
            wanted = _WORDS.get(self.guess, "dates and times")
            return f"{self.name} was kept as text: some values are no {wanted}, such as “{self.example}”."
        return ""


def measure(
    engine: Engine, dialect: Dialect, table: str, report: Report | None = None
) -> tuple[ColumnFacts, ...]:
    """Count in a table of texts, in the dialect's columns, what each column holds."""
    columns = list(zip(dialect.names, dialect.types, strict=True))
    facts: list[ColumnFacts] = []
    for start in range(0, len(columns), _AT_ONCE):
        if report is not None:
            report(1.0, "Checking every value")
        some = columns[start : start + _AT_ONCE]
        parts = [part for name, guess in some for part in _measures(identifier(name), guess, dialect)]
        row = engine.run(select(", ".join(parts), identifier(table)))[0]
        width = len(parts) // len(some)
        for place, (name, guess) in enumerate(some):
            facts.append(ColumnFacts(name, guess, *row[place * width : (place + 1) * width]))
    return tuple(facts)


def cast(column: str, type: str, dialect: Dialect) -> str:
    """SQL that turns a text of a named column into a type that fits it."""
    name = identifier(column)
    form = _form(type, dialect)
    if type == "VARCHAR":
        return name
    return (
        f"CAST(strptime({name}, {form}) AS {type}) AS {name}" if form else f"CAST({name} AS {type}) AS {name}"
    )


def _measures(name: str, guess: str, dialect: Dialect) -> tuple[str, ...]:
    unfit = f"{name} IS NOT NULL AND NOT ({_fits(name, guess, dialect)})"
    no_number = f"{name} IS NOT NULL AND TRY_CAST({name} AS DOUBLE) IS NULL"
    return (
        f"count({name})",
        f"count(*) FILTER ({unfit})",
        f"coalesce(left(min({name}) FILTER ({unfit}), 40), '')",
        f"count(*) FILTER ({no_number})",
        f"coalesce(left(min({name}) FILTER ({no_number}), 40), '')",
        f"count(*) FILTER (regexp_matches({name}, {_LONG}))",
        f"count(*) FILTER (regexp_matches({name}, {_PADDED}))",
    )


def _fits(name: str, guess: str, dialect: Dialect) -> str:
    """Yes and no, or t and f, are words of the person's own: only true and false become a switch."""
    if guess == "VARCHAR":
        return "true"
    if guess == "BOOLEAN":
        return f"lower({name}) IN ('true', 'false')"
    if guess == "BIGINT":  # a cast alone would round 3.5
        whole = f"regexp_full_match(trim({name}), '[+-]?[0-9]+')"
        return f"{whole} AND TRY_CAST({name} AS BIGINT) IS NOT NULL"
    form = _form(guess, dialect)
    if form:
        return f"try_strptime({name}, {form}) IS NOT NULL"
    return f"TRY_CAST({name} AS {guess}) IS NOT NULL"


def _form(type: str, dialect: Dialect) -> str:
    formats = {"DATE": dialect.date_format, "TIMESTAMP": dialect.moment_format}
    form = formats.get(type, "")
    return literal(form) if form else ""
