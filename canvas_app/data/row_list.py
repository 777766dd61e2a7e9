"""Rows of a Parquet file that were chosen or sorted: their numbers are kept in the engine, never the rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.data.engine import Engine, Order, connection_of, identifier, select, told
from canvas_app.data.file_rows import Look, cells_of, numbered_source, numbered_table
from canvas_app.data.schema import Schema

if TYPE_CHECKING:
    import pyarrow
    from ibis.expr.types import BooleanValue, Table

Keep = Callable[["Table"], "BooleanValue"]
"""Whether a row is wanted."""


@dataclass(frozen=True)
class RowList:
    """The numbers of some rows of a file, in the order in which they are shown."""

    engine: Engine
    path: Path
    schema: Schema
    name: str
    """The engine's table of numbers, in a column called ``number``."""
    rows: int

    def page(self, look: Look) -> pyarrow.Table:
        """Some of the rows; of the file only the blocks that hold them are read."""
        import pyarrow
        import pyarrow.compute

        with told(self.path):
            found = [
                row[0] for row in self.engine.raw.execute(self.numbers(look.offset, look.limit)).fetchall()
            ]
        number = self.engine.new_name()
        wanted = look.columns or self.schema.names
        source = numbered_source(self.path, self.schema, identifier(number), wanted)
        cells = f"{cells_of(self.schema, look)}, {identifier(number)}"
        with told(self.path):
            read = self.engine.raw.sql(
                select(cells, source, _among(identifier(number), found))
            ).to_arrow_table()
            places = pyarrow.compute.index_in(pyarrow.array(found, "int64"), read[number].combine_chunks())
            return read.drop_columns([number]).take(places)

    def numbers(self, offset: int, limit: int) -> str:
        """SQL for the numbers of a stretch of the rows."""
        return select("number", identifier(self.name), f"LIMIT {int(limit)} OFFSET {int(offset)}")

    def drop(self) -> None:
        """Let go of the numbers."""
        with told():
            self.engine.raw.execute(f"DROP TABLE IF EXISTS {identifier(self.name)}")


@dataclass(frozen=True)
class Choice:
    """Which rows of a table are wanted, and in which order; of equal ones the first in the file is first."""

    keep: Keep | None = None
    columns: Sequence[str] = ()
    """The columns that ``keep`` asks for."""
    order: Order = ()

    def of(self, table: Table, number: str) -> Table:
        """The rows of an expression that are wanted; ``number`` is its column of row numbers."""
        import ibis

        chosen = table if self.keep is None else table.filter(self.keep(table))
        if not self.order:
            return chosen
        keys = [ibis.desc(name) if down else ibis.asc(name) for name, down in self.order]
        return chosen.order_by(*keys, number)

    @property
    def names(self) -> tuple[str, ...]:
        """All columns that it asks for."""
        return tuple(dict.fromkeys((*self.columns, *(name for name, _ in self.order))))


def choose_rows(engine: Engine, path: Path, schema: Schema, choice: Choice) -> RowList:
    """The rows of a file that a choice wants; only the columns that it asks for are read."""
    with numbered_table(engine, path, schema, choice.names) as (table, number):
        chosen = choice.of(table, number).select(number=number)
        name = engine.texts(connection_of(chosen)[1])
    with told(path):
        rows = engine.raw.execute(select("count(*)", identifier(name))).fetchall()[0][0]
    return RowList(engine, path, schema, name, int(rows))


def write_rows(engine: Engine, path: Path, schema: Schema, choice: Choice) -> Path:
    """The rows of a file that a choice wants, as a file of their own in the scratch folder."""
    with numbered_table(engine, path, schema, schema.names) as (table, number):
        return engine.keep(choice.of(table, number).drop(number))


def _among(number: str, found: Sequence[int]) -> str:
    if not found:
        return "WHERE false"
    listed = ", ".join(str(int(one)) for one in found)
    return f"WHERE {number} BETWEEN {min(found)} AND {max(found)} AND {number} IN ({listed})"
