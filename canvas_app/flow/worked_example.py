"""A step's example carried out on a few rows, so that the help can show what the step does."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_app.data.engine import schema_of
from canvas_app.data.schema import Schema
from canvas_app.flow.step import Step

if TYPE_CHECKING:
    import pyarrow
    from ibis.expr.types import Table

    from canvas_app.data.engine import Engine

_PEOPLE: Mapping[str, Sequence[Any]] = {
    "name": ["Ann", "Bo", "Cleo", "Dan"],
    "age": [31.0, None, 17.0, 64.0],
    "town": ["Ulm", "Bonn", "Ulm", "Bonn"],
    "income": [41_000, 38_000, 0, 27_500],
    "price": [3.5, 4.5, 2.0, 5.0],
    "ordered": [
        datetime.datetime(2024, 2, 29),
        datetime.datetime(2024, 3, 1),
        None,
        datetime.datetime(2025, 1, 6),
    ],
    "occupation": ["T", "B", None, "R"],
}
_OCCUPATIONS: Mapping[str, Sequence[Any]] = {
    "code": ["T", "B", "N"],
    "occupation_name": ["Teacher", "Baker", "Nurse"],
}
_LEAST = 3
"""Columns that an example shows at least, so that one sees what stays as it was."""


@dataclass(frozen=True)
class Rows:
    """A small table: its columns by name and type, and its rows."""

    schema: Schema
    rows: pyarrow.Table


@dataclass(frozen=True)
class WorkedExample:
    """The tables that come in, and the one that comes out."""

    before: tuple[Rows, ...]
    after: Rows


def worked_example(step: type[Step], engine: Engine) -> WorkedExample:
    """Carry out the example of a step; of the rows only the columns that it speaks of, and few others."""
    example = step.example()
    told = json.dumps(example.model_dump())
    inputs = (_PEOPLE, _OCCUPATIONS)[: len(step.spec.inputs)]
    tables = [engine.from_rows(_shown(columns, told)) for columns in inputs]
    try:
        after = example.apply(*tables, example.learn(*tables))
        if step.spec.rows == "makes":
            after = after.order_by(after.columns[0])
        return WorkedExample(tuple(_fetched(table, engine) for table in tables), _fetched(after, engine))
    finally:
        for table in tables:
            engine.drop(table)


def _shown(columns: Mapping[str, Sequence[Any]], told: str) -> dict[str, Sequence[Any]]:
    named = {name for name in columns if f'"{name}"' in told or f"[{name}]" in told}
    others = [name for name in columns if name not in named]
    shown = named | set(others[: max(0, _LEAST - len(named))])
    return {name: values for name, values in columns.items() if name in shown}


def _fetched(table: Table, engine: Engine) -> Rows:
    return Rows(schema_of(table), engine.fetch(table))
