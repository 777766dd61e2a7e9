"""The cells of a Parquet file that hold a text, found in the engine over all rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.data.engine import Engine, connection_of, identifier, select, told
from canvas_app.data.row_list import RowList, numbered_table

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table, Value

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


def find_cells(
    engine: Engine, path: Path, text: str, columns: Sequence[str], rows: RowList | None = None
) -> Hits:
    """Search columns of a file for a text, whatever its case; of ``rows`` alone where they are given."""
    import ibis

    with numbered_table(engine, path) as (table, number):
        fitting = [(part, name) for part, name in enumerate(columns) if _may_hold(table[name], text)]
        parts = [ibis.ifelse(_holds(table[name], text), part, None) for part, name in fitting]
        cells = table.select(place=table[number], part=ibis.array(parts or [ibis.null("int64")]).unnest())
        found = cells.filter(cells.part.notnull())
        if rows is not None:
            found = _placed(found, rows)
        found = found.order_by("place", "part").limit(MOST_HITS)
        name = engine.texts(connection_of(found)[1])
    return Hits(engine, name, engine.count(engine.named(name)))


def _placed(found: Table, rows: RowList) -> Table:
    import ibis

    kept = rows.engine.named(rows.name)
    places = kept.mutate(at=ibis.row_number())
    joined = found.join(places, found.place == places.number)
    return joined.select(place=joined["at"], part=joined.part)


def _holds(column: Value, text: str) -> BooleanValue:
    written = column if column.type().is_string() else column.cast("string")
    return written.lower().contains(text.lower())


def _may_hold(column: Value, text: str) -> bool:
    """Whether a column of that type can have such a text at all: numbers have few signs, bytes none."""
    kind = column.type()
    if kind.is_binary():
        return False
    return not kind.is_numeric() or set(text.lower()) <= set("0123456789.+-einfatru")
