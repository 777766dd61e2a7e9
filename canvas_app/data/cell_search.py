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
_AT_ONCE = 200
"""Columns per query; the time to plan one grows faster than its columns."""


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
    fitting = [(part, n) for part, n in enumerate(where.columns) if _may_hold(where.schema[n], text)]
    rest = f"ORDER BY place, part LIMIT {MOST_HITS}"
    with told(where.path):
        found = engine.texts("SELECT 0::BIGINT AS place, 0::BIGINT AS part WHERE false")
        try:
            for start in range(0, len(fitting), _AT_ONCE):
                some = _cells_with(engine, text, where, fitting[start : start + _AT_ONCE])
                engine.raw.execute(f"INSERT INTO {identifier(found)} {some} {rest}")
            name = engine.texts(select("place, part", identifier(found), rest))
        finally:
            engine.raw.execute(f"DROP TABLE {identifier(found)}")
        count = engine.raw.execute(select("count(*)", identifier(name))).fetchall()[0][0]
    return Hits(engine, name, int(count))


def _cells_with(engine: Engine, text: str, where: Searched, columns: Sequence[tuple[int, str]]) -> str:
    """SQL for the places of the cells of some columns that hold a text."""
    number = identifier(engine.new_name())
    parts = ", ".join(f"CASE WHEN {_holds(name, text)} THEN {part} END" for part, name in columns)
    source = numbered_source(where.path, where.schema, number, [name for _, name in columns])
    cells = f"({select(f'{number} AS place, unnest([{parts}]) AS part', source)})"
    if where.rows is None:
        return select("place, part", cells, "WHERE part IS NOT NULL")
    kept = select("number, row_number() OVER () - 1 AS at", identifier(where.rows.name))
    joined = f"{cells} AS cells JOIN ({kept}) AS kept ON cells.place = kept.number"
    return select("kept.at AS place, cells.part AS part", joined, "WHERE part IS NOT NULL")


def _holds(name: str, text: str) -> str:
    return f"contains(lower({identifier(name)}::VARCHAR), {literal(text.lower())})"


def _may_hold(column: ColumnInfo, text: str) -> bool:
    """Whether a column of that type can have such a text at all: numbers have few signs, bytes none."""
    if column.engine_type.endswith("binary"):
        return False
    return column.type not in ("number", "whole") or set(text.lower()) <= set("0123456789.+-einfatru")
