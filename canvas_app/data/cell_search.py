"""The cells of a Parquet file that hold a text, found in the engine over all rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from canvas_app.data.engine import Engine, identifier, literal, select, told
from canvas_app.data.file_rows import numbered_source
from canvas_app.data.row_list import RowList
from canvas_app.data.schema import ColumnInfo, Schema

MOST_HITS = 1_000_000
"""Hits that are kept, from the top of the table."""


@dataclass(frozen=True)
class Hits:
    """Cells that hold a text, by row and then by column, each at its number from 0."""

    engine: Engine
    name: str
    count: int

    @property
    def cut(self) -> bool:
        """Whether there may be more than were kept."""
        return self.count >= MOST_HITS

    def cell(self, number: int) -> tuple[int, int]:
        """The row (as it is shown, from 0) and the column of a hit."""
        query = select("place, part", identifier(self.name), f"LIMIT 1 OFFSET {int(number)}")
        with told():
            place, part = self.engine.raw.execute(query).fetchall()[0]
        return int(place), int(part)

    def first_from(self, row: int, column: int) -> int:
        """The number of the first hit at this cell or after it; as many as there are where none is."""
        query = select("count(*)", identifier(self.name), "WHERE (place, part) < (?, ?)")
        with told():
            return int(self.engine.raw.execute(query, [row, column]).fetchall()[0][0])

    def drop(self) -> None:
        """Let go of them."""
        with told():
            self.engine.raw.execute(f"DROP TABLE IF EXISTS {identifier(self.name)}")


@dataclass(frozen=True)
class Searched:
    """Where a text is looked for: some columns of a file, and of its rows those that are chosen, or all."""

    path: Path
    schema: Schema
    columns: Sequence[str]
    rows: RowList | None = None


def find_cells(engine: Engine, text: str, where: Searched) -> Hits:
    """Search for a text, whatever its case; hits come in the order of the chosen rows."""
    number = identifier(engine.new_name())
    fitting = [(part, n) for part, n in enumerate(where.columns) if _may_hold(where.schema[n], text)]
    parts = [f"CASE WHEN {_holds(name, text)} THEN {part} END" for part, name in fitting]
    found = f"{number} AS place, unnest([{', '.join(parts or ['NULL'])}]) AS part"
    cells = f"({select(found, numbered_source(where.path, where.schema, number, [n for _, n in fitting]))})"
    if where.rows is not None:
        kept = select("number, row_number() OVER () - 1 AS at", identifier(where.rows.name))
        joined = f"{cells} AS cells JOIN ({kept}) AS kept ON cells.place = kept.number"
        cells = f"({select('kept.at AS place, cells.part', joined)})"
    rest = f"WHERE part IS NOT NULL ORDER BY place, part LIMIT {MOST_HITS}"
    with told(where.path):
        name = engine.texts(select("place, part", cells, rest))
        count = engine.raw.execute(select("count(*)", identifier(name))).fetchall()[0][0]
    return Hits(engine, name, int(count))


def _holds(name: str, text: str) -> str:
    return f"contains(lower({identifier(name)}::VARCHAR), {literal(text.lower())})"


def _may_hold(column: ColumnInfo, text: str) -> bool:
    """Whether a column of that type can have such a text at all: numbers have few signs, bytes none."""
    if column.engine_type.endswith("binary"):
        return False
    return column.type not in ("number", "whole") or set(text.lower()) <= set("0123456789.+-einfatru")
