"""What a chart of a table is: columns that are chosen, and the picture of their numbers."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from canvas_app.base.catalog import Catalog
from canvas_app.base.errors import CanvasError, Where
from canvas_app.base.figure import Figure
from canvas_app.base.spec import Spec, UnitSpec
from canvas_app.base.words import counted
from canvas_app.data.engine import Engine, identifier, select, told
from canvas_app.data.file_rows import count_of_file, reading
from canvas_app.data.schema import ColumnInfo, ColumnType, Schema

MOST_COLOURS = 6
"""Groups that have a colour of their own; the last takes all others."""
MOST_PANELS = 9
LARGEST = 1e90
"""Numbers beyond it are left out, as infinite ones are: no picture has room for them."""


@dataclass(frozen=True)
class ChartSpec(UnitSpec):
    """What every chart declares: the question it answers, and its place in the list."""

    question: str = ""
    order: int = 50
    prefers: Mapping[str, tuple[ColumnType, ...]] = dataclass_field(default_factory=dict)
    """The types of column that each field starts with, the best first."""


@dataclass(frozen=True)
class ChartTable:
    """A Parquet file as charts ask it: what they get is as small as a picture."""

    engine: Engine
    path: Path
    schema: Schema

    @cached_property
    def rows(self) -> int:
        """How many rows there are."""
        return count_of_file(self.engine, self.path)

    def column(self, name: str, field: str, *accepts: str) -> ColumnInfo:
        """A column that was chosen; raises ``CanvasError`` at its field where it doesn't fit."""
        if not name:
            raise CanvasError("A column is missing.", hint="Choose one.", where=Where(field=field))
        if name not in self.schema:
            raise CanvasError(f"There is no column {name}.", hint="Choose another.", where=Where(field=field))
        info = self.schema[name]
        if accepts and info.type not in accepts:
            hint = "Choose a column of numbers" + (" or dates." if "time" in accepts else ".")
            raise CanvasError(f"{name} can't be measured.", hint=hint, where=Where(field=field))
        return info

    def ask(self, cells: Sequence[str], rest: str = "") -> list[tuple[Any, ...]]:
        """Query the rows; raises ``CanvasError``, or ``Cancelled`` if interrupted."""
        with told(self.path):
            query = select(", ".join(cells), reading(self.path), rest)
            found: list[tuple[Any, ...]] = self.engine.raw.execute(query).fetchall()
            return found

    def grouped(
        self, keys: Sequence[str], value: str = "1", measure: str = "count(*)"
    ) -> list[tuple[Any, ...]]:
        """A measure of a value, ``v`` in it, per combination of keys; where one of them is blank, no row."""
        names = [f"k{at}" for at in range(len(keys))]
        cells = [f"{key} AS {name}" for key, name in zip(keys, names, strict=True)]
        there = " AND ".join(f"{name} IS NOT NULL" for name in (*names, "v"))
        inner = select(", ".join((*cells, f"{value} AS v")), reading(self.path))
        rest = f"WHERE {there} GROUP BY ALL ORDER BY ALL"
        with told(self.path):
            query = select(", ".join((*names, measure)), f"({inner})", rest)
            found: list[tuple[Any, ...]] = self.engine.raw.execute(query).fetchall()
            return found

    def all_rows(self) -> str:
        """The number of rows in words, for the subtitle."""
        return counted(self.rows, "row")


class ChartKind(Spec):
    """Base of all charts of a table."""

    spec: ClassVar[ChartSpec]

    @abstractmethod
    def draw(self, table: ChartTable) -> Figure:
        """The picture; raises ``CanvasError`` at the field of a column that doesn't fit."""


CHARTS: Catalog[ChartKind] = Catalog(
    ChartKind,  # type: ignore[type-abstract]  # the family that units are found by, never made
    "canvas_app.data.charts",
)


def first_guess(kind: type[ChartKind], schema: Schema) -> ChartKind:
    """The chart with columns that it can begin with, as far as there are any."""
    chosen: dict[str, str] = {}
    for field, types in kind.spec.prefers.items():
        fitting = (info.name for wanted in types for info in schema if info.type == wanted)
        name = next((name for name in fitting if name not in chosen.values()), "")
        if name:
            chosen[field] = name
    return kind(**chosen)


def value_of(info: ColumnInfo) -> str:
    """SQL for the place of a cell on an axis: a finite number, of moments seconds since 1970; else null."""
    name = identifier(info.name)
    if info.type == "time":
        daily = info.engine_type.lstrip("!").startswith("time") and "stamp" not in info.engine_type
        return f"epoch({name})" if daily else f"epoch({name}::TIMESTAMP)"
    return f"CASE WHEN abs({name}::DOUBLE) < {LARGEST} THEN {name}::DOUBLE END"


def clock(info: ColumnInfo) -> bool:
    """Whether places on the axis are moments."""
    return info.type == "time"
