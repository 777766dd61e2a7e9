"""What a step changed: rows, columns, types and blanks, measured in one query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_app.data.engine import first_row, schema_of
from canvas_app.data.schema import Schema
from canvas_app.flow.blanks import is_blank

if TYPE_CHECKING:
    from ibis.expr.types import Table


@dataclass(frozen=True)
class Impact:
    """The difference between the tables before and after a step."""

    rows_before: int
    rows_after: int
    columns_added: tuple[str, ...] = ()
    columns_removed: tuple[str, ...] = ()
    columns_retyped: tuple[tuple[str, str, str], ...] = ()
    """Name, type before, type after, in the words of the screen."""
    blanks: tuple[tuple[str, int, int], ...] = ()
    """Name, blanks before, blanks after: for the columns of both tables where the number differs."""
    blanks_new: tuple[tuple[str, int], ...] = ()
    """Name and blanks of the columns that were added and have some."""


def impact(before: Table, after: Table) -> Impact:
    """Compare two tables of the same engine by one query."""
    was, now = schema_of(before), schema_of(after)
    row = first_row(_counts(before, "before").cross_join(_counts(after, "after")))
    blanks_before = {name: int(row[f"before_{at}"]) for at, name in enumerate(was.names)}
    blanks_after = {name: int(row[f"after_{at}"]) for at, name in enumerate(now.names)}
    both = [name for name in was.names if name in blanks_after]
    added = tuple(name for name in now.names if name not in blanks_before)
    return Impact(
        rows_before=int(row["before_rows"]),
        rows_after=int(row["after_rows"]),
        columns_added=added,
        columns_removed=tuple(name for name in was.names if name not in blanks_after),
        columns_retyped=_retyped(was, now),
        blanks=tuple(
            (name, blanks_before[name], blanks_after[name])
            for name in both
            if blanks_before[name] != blanks_after[name]
        ),
        blanks_new=tuple((name, blanks_after[name]) for name in added if blanks_after[name]),
    )


def _counts(table: Table, side: str) -> Any:
    blanks = {
        f"{side}_{at}": is_blank(table[name]).cast("int64").sum().coalesce(0)
        for at, name in enumerate(table.columns)
    }
    return table.aggregate(**{f"{side}_rows": table.count()}, **blanks)


def _retyped(was: Schema, now: Schema) -> tuple[tuple[str, str, str], ...]:
    both = (name for name in was.names if name in now)
    return tuple((name, was[name].type, now[name].type) for name in both if was[name].type != now[name].type)
