"""Rows parted by a column: its frequent values, or stretches of its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from canvas_app.base.numerals import cell, number
from canvas_app.data.chart_kind import MOST_COLOURS, MOST_PANELS, ChartTable
from canvas_app.data.engine import identifier, literal
from canvas_app.data.schema import ColumnInfo

OTHERS = "others"


@dataclass(frozen=True)
class Groups:
    """The names of the groups, and SQL for the number of the group that a row is in."""

    names: tuple[str, ...]
    sql: str

    @property
    def several(self) -> bool:
        """Whether rows are parted at all."""
        return self.names != ("",)


ONE = Groups(("",), "0")
"""All rows in one group without a name."""


def groups_of(table: ChartTable, column: str, field: str, most: int) -> Groups:
    """Parts rows by a column, or not at all where none is named.

    The most frequent values have groups of their own; numbers of more values are cut into quarters.
    """
    if not column:
        return ONE
    info = table.column(column, field)
    values = _frequent(table, info, most + 1)
    if len(values) > most and info.type in ("number", "whole"):
        return _stretches(table, info)
    if len(values) > most:
        return _named(info, values[: most - 1], others=True)
    return _named(info, values, others=False)


def panels_of(table: ChartTable, column: str) -> Groups:
    """Parts rows into panels, whose names say the column too."""
    groups = groups_of(table, column, "panels", MOST_PANELS)
    if not groups.several:
        return groups
    return Groups(tuple(f"{column}: {name}" for name in groups.names), groups.sql)


def colours_of(table: ChartTable, column: str) -> Groups:
    """Parts rows into as many groups as there are colours."""
    return groups_of(table, column, "colour_by", MOST_COLOURS)


def _frequent(table: ChartTable, info: ColumnInfo, most: int) -> list[str]:
    """As texts, the most frequent first; few of them come in their own order."""
    text, name = _text(info), identifier(info.name)
    rest = f"WHERE {text} IS NOT NULL GROUP BY ALL ORDER BY 3 DESC, 1 LIMIT {most}"
    sorted_by = name if info.type in ("number", "whole", "time", "switch") else "NULL"
    found = table.ask((text, sorted_by, "count(*)"), rest)
    if sorted_by != "NULL" and len(found) < most:
        found.sort(key=lambda row: row[1])
    return [row[0] for row in found]


def _named(info: ColumnInfo, values: list[str], *, others: bool) -> Groups:
    text = _text(info)
    cases = " ".join(f"WHEN {literal(value)} THEN {at}" for at, value in enumerate(values))
    names = tuple(_shown(info, value) for value in values)
    if not values:
        return ONE
    if not others:
        return Groups(names, f"CASE {text} {cases} END")
    rest = f"CASE WHEN {text} IS NOT NULL THEN {len(values)} END"
    return Groups((*names, OTHERS), f"coalesce(CASE {text} {cases} END, {rest})")


def _stretches(table: ChartTable, info: ColumnInfo) -> Groups:
    value = f"{identifier(info.name)}::DOUBLE"
    quarter = f"quantile_disc({value}, [0.25, 0.5, 0.75]) FILTER (isfinite({value}))"
    borders = sorted(set(table.ask([quarter])[0][0] or ()))
    if not borders:
        return ONE
    names = [f"up to {number(borders[0])}"]
    names += [f"{number(low)} to {number(high)}" for low, high in pairwise(borders)]
    names.append(f"over {number(borders[-1])}")
    cases = " ".join(f"WHEN {value} <= {border!r} THEN {at}" for at, border in enumerate(borders))
    return Groups(tuple(names), f"CASE WHEN isfinite({value}) THEN CASE {cases} ELSE {len(borders)} END END")


def _text(info: ColumnInfo) -> str:
    name = identifier(info.name)
    return f"nullif({name}, '')" if info.type == "text" else f"{name}::VARCHAR"


def _shown(info: ColumnInfo, value: str) -> str:
    return number(float(value)) if info.type == "number" else cell(value)
