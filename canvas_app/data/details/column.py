"""One column in full: what is in it, how it is spread, and what stands out; exact up to 10 million rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.unit import Json
from canvas_app.data.engine import Engine, identifier, literal, schema_of, select, told, without_patterns
from canvas_app.data.schema import ColumnInfo, ColumnType

if TYPE_CHECKING:
    import duckdb
    from ibis.expr.types import Table

EXACT_UP_TO = 10_000_000
"""Rows above which blocks spread over all of the file are looked at."""
MOST_TOP = 12


@dataclass(frozen=True)
class Outliers:
    """Values far from all others, and the rule by which they are."""

    count: int
    below: float
    above: float
    rule: str


@dataclass(frozen=True)
class NumberFacts:
    """A column of numbers; infinite ones count for nothing but ``infinite``."""

    mean: float
    deviation: float | None
    """Of a sample: by n - 1."""
    skew: float | None
    """G1 of Joanes and Gill (1998), 0 where both sides are alike."""
    zeros: int
    negative: int
    infinite: int
    outliers: Outliers


@dataclass(frozen=True)
class Pattern:
    """A shape of texts: A for a capital letter, a for another letter, 9 for a digit."""

    shape: str
    rows: int
    example: str


@dataclass(frozen=True)
class TextFacts:
    """A column of texts."""

    shortest: int
    longest: int
    mean_length: float
    middle_length: float
    spaced: int
    """Rows whose text begins or ends with a space."""
    patterns: tuple[Pattern, ...]
    patterns_of: int
    """Different values whose shapes were taken."""


@dataclass(frozen=True)
class Gap:
    """A stretch without a row, between two moments that have one."""

    after: str
    before: str
    missing: int
    """Periods that are missing; 0 where there is no usual step."""


@dataclass(frozen=True)
class TimeFacts:
    """A column of dates or times."""

    step: str
    """The usual distance of neighbours in words, such as ``1 day``; empty where there is none."""
    missing: int
    """Periods between the first and the last that have no row."""
    gaps: tuple[Gap, ...]
    """The largest first."""


@dataclass(frozen=True)
class ColumnDetails:
    """All about one column. Times are ISO texts, and in seconds since 1970 as borders of bins."""

    name: str
    type: ColumnType
    rows: int
    looked_at: int
    """Rows that were looked at: all of them, or a part spread over the whole table."""
    blanks: int
    distinct: int
    top: tuple[tuple[Json, int], ...] = ()
    quantiles: tuple[tuple[float, Json], ...] = ()
    """Share of the values and the value, from the smallest (0) to the largest (1)."""
    edges: tuple[float, ...] = ()
    """Borders of the bins; of texts those of their lengths."""
    bins: tuple[int, ...] = ()
    numbers: NumberFacts | None = None
    texts: TextFacts | None = None
    times: TimeFacts | None = None

    @property
    def filled(self) -> int:
        """Rows that are not blank, of those that were looked at."""
        return self.looked_at - self.blanks

    @property
    def sampled(self) -> bool:
        """Whether there were too many rows to look at all."""
        return self.looked_at < self.rows


@dataclass(frozen=True)
class Cells:
    """The cells of one column, wherever they are: a SELECT of ours that gives them alone."""

    raw: duckdb.DuckDBPyConnection
    source: str
    """SQL for a table, in brackets, or a name."""
    info: ColumnInfo
    rows: int
    looked_at: int

    @property
    def name(self) -> str:
        """The quoted name of the column."""
        return identifier(self.info.name)


def details(table: Table, columns: Sequence[str] | None = None) -> tuple[ColumnDetails, ...]:
    """The named columns of an expression in full, or all. Raises ``CanvasError`` or ``Cancelled``."""
    from canvas_app.data.engine import connection_of

    raw, query = connection_of(table)
    source = f"({query})"
    with told():
        rows = int(raw.execute(select("count(*)", source)).fetchall()[0][0])
    infos = [info for info in schema_of(table) if columns is None or info.name in columns]
    return tuple(look_at(Cells(raw, source, info, rows, rows)) for info in infos)


def details_of_file(engine: Engine, path: Path, info: ColumnInfo) -> ColumnDetails:
    """One column of a Parquet file in full; only this column is read."""
    source = f"read_parquet({literal(without_patterns(path))})"
    with told(path):
        rows = int(engine.raw.execute(select("count(*)", source)).fetchall()[0][0])
        nth = -(-rows // EXACT_UP_TO)
        if nth < 2:
            return look_at(Cells(engine.raw, source, info, rows, rows))
        part = engine.every_block_of_file(path, nth)
        name = identifier(part.get_name())
        looked_at = int(engine.raw.execute(select("count(*)", name)).fetchall()[0][0])
        return look_at(Cells(engine.raw, name, info, rows, looked_at))


def look_at(cells: Cells) -> ColumnDetails:
    """The details of a column by its type."""
    from canvas_app.data.details.numbers import number_details
    from canvas_app.data.details.texts import text_details
    from canvas_app.data.details.times import time_details

    with told():
        match cells.info.type:
            case "number" | "whole":
                return number_details(cells)
            case "time":
                return time_details(cells)
            case _:
                return text_details(cells)
