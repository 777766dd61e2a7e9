"""Rows of a Parquet file that were chosen: their numbers are kept in the engine, never the rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.data.engine import (
    Engine,
    connection_of,
    identifier,
    literal,
    select,
    told,
    without_patterns,
)

if TYPE_CHECKING:
    import pyarrow
    from ibis.expr.types import BooleanValue, Table


@dataclass(frozen=True)
class RowList:
    """The numbers of some rows of a file, in its order."""

    engine: Engine
    path: Path
    name: str
    """The engine's table of numbers, in a column called ``number``."""
    rows: int

    def page(self, offset: int, limit: int) -> pyarrow.Table:
        """Some of the chosen rows; of the file only the blocks that hold them are read."""
        some = f"LIMIT {int(limit)} OFFSET {int(offset)}"
        numbers = select("number", identifier(self.name), some)
        with told(self.path):
            found = [row[0] for row in self.engine.raw.execute(numbers).fetchall()]
        listed = ", ".join(str(int(number)) for number in found)
        with numbered(self.engine, self.path) as (source, number):
            within = (
                f"{number} BETWEEN {found[0]} AND {found[-1]} AND {number} IN ({listed})"
                if found
                else "false"
            )
            rest = f"WHERE {within} ORDER BY {number}"
            query = select(f"* EXCLUDE ({number})", source, rest)
            with told(self.path):
                return self.engine.raw.sql(query).to_arrow_table()

    def drop(self) -> None:
        """Let go of the numbers."""
        with told():
            self.engine.raw.execute(f"DROP TABLE IF EXISTS {identifier(self.name)}")


def choose_rows(engine: Engine, path: Path, keep: Callable[[Table], BooleanValue]) -> RowList:
    """The rows of a file for which ``keep`` holds; only the columns that it asks for are read."""
    with numbered_table(engine, path) as (table, number):
        chosen = table.filter(keep(table)).select(number=table[number])
        name = engine.texts(connection_of(chosen)[1])
    return RowList(engine, path, name, engine.count(engine.named(name)))


@contextmanager
def numbered_table(engine: Engine, path: Path) -> Iterator[tuple[Table, str]]:
    """The file's rows as an expression with their numbers from 0, and the name of that column."""
    with numbered(engine, path) as (source, number):
        name = number.strip('"')
        yield engine.named(source.strip('"')), name


@contextmanager
def numbered(engine: Engine, path: Path) -> Iterator[tuple[str, str]]:
    """A view over the file and its column of row numbers, both quoted; it goes when it is left."""
    view, number = identifier(engine.new_name()), identifier(f"row_{engine.new_name()}")
    file = literal(without_patterns(path))
    own = select(
        f"* EXCLUDE (file_row_number), file_row_number AS {number}",
        f"read_parquet({file}, file_row_number = true)",
    )
    counted = select(f"*, row_number() OVER () - 1 AS {number}", f"read_parquet({file})")
    with told(path):
        taken = "file_row_number" in engine.read_parquet(path).columns
        engine.raw.execute(f"CREATE TEMP VIEW {view} AS {counted if taken else own}")
    try:
        yield view, number
    finally:
        engine.raw.execute(f"DROP VIEW IF EXISTS {view}")
