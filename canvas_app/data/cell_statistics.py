"""Sum, mean and the like of any block of cells of a Parquet file, computed where the cells are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

from canvas_app.data.engine import Engine, identifier, select, told
from canvas_app.data.file_rows import numbered_source
from canvas_app.data.row_list import RowList
from canvas_app.data.schema import ColumnInfo, Schema

_AT_ONCE = 200
"""Columns per query; the engine plans thousands of measures at once only slowly."""


@dataclass(frozen=True)
class Block:
    """Some columns of a stretch of a file's rows, or of chosen rows in their order."""

    path: Path
    schema: Schema
    columns: Sequence[str]
    rows: range
    chosen: RowList | None = None

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return len(self.rows) * len(self.columns)


@dataclass(frozen=True)
class CellStatistics:
    """A block of cells in numbers; those about numbers are None where there is none."""

    cells: int
    blanks: int
    numbers: int = 0
    """Cells that hold a number."""
    sum: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None

    @property
    def mean(self) -> float | None:
        """The mean of the numbers."""
        return self.sum / self.numbers if self.numbers and self.sum is not None else None

    def __add__(self, other: CellStatistics) -> CellStatistics:
        lows = [one for one in (self.low, other.low) if one is not None]
        highs = [one for one in (self.high, other.high) if one is not None]
        sums = [one for one in (self.sum, other.sum) if one is not None]
        return CellStatistics(
            self.cells + other.cells,
            self.blanks + other.blanks,
            self.numbers + other.numbers,
            sum(sums) if sums else None,
            min(lows, default=None),
            max(highs, default=None),
        )


def measure_cells(engine: Engine, block: Block) -> CellStatistics:
    """The statistics of a block; NaN counts as blank, and infinities as numbers."""
    return reduce(CellStatistics.__add__, _parts(engine, block), CellStatistics(0, 0))


def _parts(engine: Engine, block: Block) -> Iterator[CellStatistics]:
    """One per column, some columns in one query."""
    number = identifier(engine.new_name())
    for start in range(0, len(block.columns), _AT_ONCE):
        names = block.columns[start : start + _AT_ONCE]
        source = numbered_source(block.path, block.schema, number, names)
        infos = [block.schema[name] for name in names]
        measures = ", ".join(measure for info in infos for measure in _measures(info))
        with told(block.path):
            query = select(f"count(*), {measures}", source, _within(block, number))
            rows, *found = engine.raw.execute(query).fetchall()[0]
        for info, (filled, total, low, high) in zip(infos, _fours(found), strict=True):
            numeric = info.type in ("number", "whole")
            values = map(_plain, (total, low, high))
            yield CellStatistics(rows, rows - filled, filled if numeric else 0, *values)


def _within(block: Block, number: str) -> str:
    rows = block.rows
    if block.chosen is None:
        return f"WHERE {number} >= {rows.start} AND {number} < {rows.stop}"
    return f"WHERE {number} IN ({block.chosen.numbers(rows.start, len(rows))})"


def _measures(info: ColumnInfo) -> tuple[str, ...]:
    name = identifier(info.name)
    match info.type:
        case "number":
            value = f"CASE WHEN NOT isnan({name}::DOUBLE) THEN {name} END"
        case "text":
            value = f"nullif({name}, '')"
        case _:
            value = name
    if info.type not in ("number", "whole"):
        return (f"count({value})", "NULL", "NULL", "NULL")
    return (f"count({value})", f"sum({value})", f"min({value})", f"max({value})")


def _fours(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[at : at + 4] for at in range(0, len(values), 4))


def _plain(value: Any) -> float | int | None:
    """Decimals as the nearest float; whole numbers stay exact, however large."""
    return value if value is None or isinstance(value, int | float) else float(value)
