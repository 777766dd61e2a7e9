"""What changed from one version of a table to the next: rows, columns, types, and how each is spread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.words import counted
from canvas_app.data.drift import CLEAR
from canvas_app.data.engine import schema_of
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from canvas_app.data.engine import Engine

NOTABLE = 0.1
"""The stability index from which a column is called a little different."""
_MOST_ROWS = 200_000
_MOST_COLUMNS = 1_000
_AT_ONCE = 25
_FEW = 6
_WORDS = {"whole": "whole number", "time": "date", "other": "another type"}


@dataclass(frozen=True)
class ColumnDrift:
    """How far a column is spread differently than before."""

    name: str
    index: float
    """Its population stability index; see ``canvas_app.data.drift.stability``."""

    def __str__(self) -> str:
        how = "clearly" if self.index >= CLEAR else "a little"
        return f"{self.name} is spread {how} differently: stability index {self.index:.2f}."


@dataclass(frozen=True)
class VersionChanges:
    """What a version has that the one before had not, and the other way round."""

    against: int
    """The version that it is compared with."""
    rows_before: int
    rows_after: int
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    retyped: tuple[tuple[str, str, str], ...] = ()
    """Columns whose type is another: name, type before, type now."""
    drifted: tuple[ColumnDrift, ...] = ()
    """Columns that are spread differently, the most different first."""
    compared: int = 0
    """Columns whose spread was looked at."""

    def words(self) -> tuple[str, ...]:
        """One line for each change, and one that says how it is where nothing changed."""
        lines = [self._rows(), *self._columns(), *(str(item) for item in self.drifted)]
        steady = self.compared - len(self.drifted)
        if steady:
            others = "other column" if self.drifted else "column"
            lines.append(f"{counted(steady, others)} {'is' if steady == 1 else 'are'} spread as before.")
        return tuple(lines)

    def _rows(self) -> str:
        more = self.rows_after - self.rows_before
        if not more:
            return f"{counted(self.rows_after, 'row')}, as many as before."
        how = "more" if more > 0 else "fewer"
        return f"{counted(abs(more), 'row')} {how}: {self.rows_after:,} instead of {self.rows_before:,}."

    def _columns(self) -> Iterator[str]:
        if self.added:
            yield f"New: {_listed(self.added)}."
        if self.removed:
            yield f"Gone: {_listed(self.removed)}."
        for name, before, after in self.retyped:
            yield f"{name} is {after} now; it was {before} before."


def compare(
    engine: Engine, before: Path, after: Path, against: int, report: Report | None = None
) -> VersionChanges:
    """Compare the Parquet files of two versions; of large ones, samples of 200,000 rows."""
    tables = (engine.read_parquet(before), engine.read_parquet(after))
    rows = tuple(engine.count(table) for table in tables)
    old, new = (schema_of(table) for table in tables)
    retyped = [
        (info.name, _type(old[info.name]), _type(info))
        for info in new
        if info.name in old and _type(old[info.name]) != _type(info)
    ]
    both = [info for info in new if info.name in old and _type(old[info.name]) == _type(info)]
    samples = (_sample(engine, before, rows[0]), _sample(engine, after, rows[1]))
    measured = list(_indices(engine, samples, both[:_MOST_COLUMNS], report)) if min(rows) else []
    drifted = sorted((item for item in measured if item.index >= NOTABLE), key=lambda item: -item.index)
    return VersionChanges(
        against,
        rows[0],
        rows[1],
        _missing_in(old, new),
        _missing_in(new, old),
        tuple(retyped),
        tuple(drifted),
        len(measured),
    )


def _indices(
    engine: Engine, samples: tuple[Table, Table], columns: Sequence[ColumnInfo], report: Report | None
) -> Iterator[ColumnDrift]:
    """How differently each column is spread; those that name rows are passed over."""
    from canvas_app.data.coded import coded
    from canvas_app.data.drift import stability

    fitting = [info for info in columns if info.type != "other"]
    for start in range(0, len(fitting), _AT_ONCE):
        if report is not None:
            report(start / len(fitting), "Comparing with the version before")
        some = fitting[start : start + _AT_ONCE]
        names = [info.name for info in some]
        first, second = (coded(some, engine.fetch(table.select(names))) for table in samples)
        for name in names:
            if not (first[name].categorical and first[name].distinct > len(first[name].values) / 2):
                yield ColumnDrift(name, round(stability(first[name], second[name]), 4))


def _sample(engine: Engine, path: Path, rows: int) -> Table:
    """The rows, or blocks of them taken evenly where there are many."""
    nth = -(-rows // _MOST_ROWS)
    return engine.every_block_of_file(path, nth) if nth > 1 else engine.read_parquet(path)


def _missing_in(first: Schema, second: Schema) -> tuple[str, ...]:
    """The columns of the second that the first has not."""
    return tuple(name for name in second.names if name not in first)


def _type(info: ColumnInfo) -> str:
    return _WORDS.get(info.type, info.type)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_FEW])
    return shown if len(names) <= _FEW else f"{shown} and {counted(len(names) - _FEW, 'more column')}"
