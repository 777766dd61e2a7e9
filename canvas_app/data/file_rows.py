"""A Parquet file looked at in parts: some rows, some columns, and of long texts their beginning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.data.engine import (
    Engine,
    Order,
    column_type,
    identifier,
    literal,
    select,
    told,
    without_patterns,
)
from canvas_app.data.schema import ColumnInfo, Schema

if TYPE_CHECKING:
    import pyarrow
    from ibis.expr.types import Table

_OWN_NUMBER = "file_row_number"
"""What the engine calls the numbers of a file's rows, where no column is called so."""


@dataclass(frozen=True)
class Look:
    """What is looked at of a table: rows from ``offset`` on, and the named columns, or all of them."""

    offset: int
    limit: int
    columns: tuple[str, ...] = ()
    longest: int | None = None
    """Signs of a text after which it is cut, in the engine; None gives texts as they are."""


def schema_of_file(engine: Engine, path: Path) -> Schema:
    """The columns of a file, however many: each type is read once."""
    from ibis.backends.sql.datatypes import DuckDBType

    with told(path):
        if not path.is_file():
            raise FileNotFoundError(path)
        described = engine.raw.execute(f"DESCRIBE {select('*', reading(path))}").fetchall()
        types = {kind: DuckDBType.from_string(kind) for kind in {row[1] for row in described}}
        return Schema(
            tuple(ColumnInfo(row[0], column_type(types[row[1]]), str(types[row[1]])) for row in described)
        )


def count_of_file(engine: Engine, path: Path) -> int:
    """How many rows a file has; its footer knows."""
    with told(path):
        return int(engine.raw.execute(select("count(*)", reading(path))).fetchall()[0][0])


def columns_of_file(engine: Engine, path: Path, columns: Sequence[str]) -> Table:
    """Some columns of a file as an expression; the others cost nothing."""
    with told(path):
        return engine.view(select(", ".join(map(identifier, columns)), reading(path)))


def part_of_file(
    engine: Engine, path: Path, look: Look, order: Order = (), schema: Schema | None = None
) -> pyarrow.Table:
    """Some rows; in the file's own order only the blocks that hold them are read.

    Rows that are equal by ``order`` come as in the file. ``schema`` is asked for where it isn't known.
    """
    schema = schema or schema_of_file(engine, path)
    number = identifier(engine.new_name())
    wanted = (*(look.columns or schema.names), *(name for name, _ in order))
    source = numbered_source(path, schema, number, wanted)
    if order:
        keys = ", ".join((*order_keys(order), number))
        rest = f"ORDER BY {keys} LIMIT {int(look.limit)} OFFSET {int(look.offset)}"
    else:
        first, end = int(look.offset), int(look.offset) + int(look.limit)
        rest = f"WHERE {number} >= {first} AND {number} < {end} ORDER BY {number}"
    with told(path):
        return engine.raw.sql(select(cells_of(schema, look), source, rest)).to_arrow_table()


def order_keys(order: Order) -> tuple[str, ...]:
    """SQL for an order, blanks last."""
    return tuple(f"{identifier(name)} {'DESC' if down else 'ASC'} NULLS LAST" for name, down in order)


def cells_of(schema: Schema, look: Look) -> str:
    """SQL for the cells that are looked at, long texts cut."""
    infos = [schema[name] for name in look.columns] if look.columns else list(schema)
    return ", ".join(_cell(info, look.longest) for info in infos)


def numbered_source(path: Path, schema: Schema, number: str, columns: Iterable[str]) -> str:
    """SQL for some columns of the file's rows, with their numbers from 0 in a column of that quoted name."""
    names = ", ".join(map(identifier, dict.fromkeys(columns)))
    cells = f"{names}, " if names else ""
    if _OWN_NUMBER not in map(str.lower, schema.names):
        return f"({select(f'{cells}{_OWN_NUMBER} AS {number}', reading(path, numbers=True))})"
    return f"({select(f'{cells}row_number() OVER () - 1 AS {number}', reading(path))})"


@contextmanager
def numbered_table(
    engine: Engine, path: Path, schema: Schema, columns: Sequence[str]
) -> Iterator[tuple[Table, str]]:
    """Some columns as an expression with the rows' numbers from 0, and the name of that column.

    What it is made of goes when it is left.
    """
    view, number = engine.new_name(), f"row_{engine.new_name()}"
    query = select("*", numbered_source(path, schema, identifier(number), columns))
    with told(path):
        engine.raw.execute(f"CREATE TEMP VIEW {identifier(view)} AS {query}")
    try:
        yield engine.named(view), number
    finally:
        engine.raw.execute(f"DROP VIEW IF EXISTS {identifier(view)}")


def reading(path: Path, *, numbers: bool = False) -> str:
    """SQL that reads a file, with the engine's numbers of its rows where they are asked for."""
    return f"read_parquet({literal(without_patterns(path))}{f', {_OWN_NUMBER} = true' if numbers else ''})"


def _cell(info: ColumnInfo, longest: int | None) -> str:
    name = identifier(info.name)
    if longest is None or info.type not in ("text", "other") or info.engine_type.endswith("binary"):
        return name
    return f"left({name}::VARCHAR, {int(longest)}) AS {name}"
