"""How often each value of a column comes, the most frequent first."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from canvas_app.data.engine import Engine, connection_of, identifier, literal, select, told
from canvas_app.data.file_rows import numbered_table
from canvas_app.data.row_list import Choice
from canvas_app.data.schema import ColumnInfo, Schema

MOST_VALUES = 200
"""Values that are listed; others are found by a part of them."""
LONGEST_VALUE = 1000
"""Signs of a value that are kept."""


@dataclass(frozen=True)
class ValueCounts:
    """The values of a column with their rows; None stands for blank."""

    values: tuple[tuple[str | None, int], ...]
    rows: int
    distinct: int
    """Different values, blank not counted."""
    matching: int
    """Those that hold the text that was looked for, blank counted too."""


@dataclass(frozen=True)
class Counted:
    """A column of a file, the rows that are counted, and a text that its values shall hold."""

    path: Path
    schema: Schema
    column: str
    choice: Choice = field(default_factory=Choice)
    containing: str = ""


def count_values(engine: Engine, asked: Counted) -> ValueCounts:
    """Count over all rows that are wanted. Equally frequent values come in their own order."""
    info = asked.schema[asked.column]
    needed = (asked.column, *asked.choice.names)
    with numbered_table(engine, asked.path, asked.schema, needed) as (table, number):
        source = connection_of(asked.choice.of(table, number))[1]
        grouped = select(f"{_value(info)} AS value, count(*) AS n", f"({source})", "GROUP BY 1")
        text = literal(asked.containing.lower())
        kept = f"contains(lower(coalesce(value::VARCHAR, 'blank')), {text})"
        whole = select("sum(n), count(value)", "counted")
        fitting = select("count(*)", "counted", f"WHERE {kept}")
        cells = f"left(value::VARCHAR, {LONGEST_VALUE + 1}), n, rows, filled, ({fitting})"
        sources = f"counted, ({whole}) AS whole(rows, filled)"
        listed = select(cells, sources, f"WHERE {kept} ORDER BY n DESC, value LIMIT {MOST_VALUES}")
        with told(asked.path):
            found = engine.raw.execute(f"WITH counted AS MATERIALIZED ({grouped}) {listed}").fetchall()
    if not found:
        return ValueCounts((), 0, 0, 0)
    _, _, rows, distinct, matching = found[0]
    return ValueCounts(tuple((value, count) for value, count, *_ in found), rows, distinct, matching)


def _value(info: ColumnInfo) -> str:
    """SQL for a value that is null where the cell is blank."""
    name = identifier(info.name)
    match info.type:
        case "number":
            return f"CASE WHEN NOT isnan({name}::DOUBLE) THEN {name} END"
        case "text":
            return f"nullif({name}, '')"
        case _:
            return name
