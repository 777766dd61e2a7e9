"""One condition on one column: its check, its words, and what it makes in a query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Condition
from canvas_app.data.engine import schema_of
from canvas_app.data.schema import Schema
from canvas_app.flow.blanks import is_blank
from canvas_app.flow.typed_text import typed_literal, typed_problem

if TYPE_CHECKING:
    from ibis.expr.types import BooleanValue, Table, Value

_WITHOUT_VALUE = ("is blank", "is not blank")
_ABOUT_TEXT = ("contains", "starts with", "ends with")
_SIGNS = {
    "equals": "=",
    "differs from": "≠",
    "less than": "<",
    "at most": "≤",
    "more than": ">",
    "at least": "≥",
}


def condition_words(condition: Condition) -> str:
    """The condition as it stands on a node, such as ``age ≥ 18``; nothing while a part of it is missing."""
    sign = _SIGNS.get(condition.operator, condition.operator)
    if condition.operator in _WITHOUT_VALUE:
        return f"{condition.column} {sign}" if condition.column else ""
    whole = bool(condition.column and condition.value.strip())
    return f"{condition.column} {sign} {condition.value.strip()}" if whole else ""


def condition_problem(condition: Condition, schema: Schema, field: str) -> Problem | None:
    """What is wrong with a condition on these columns, to be shown at its field."""
    if not condition.column:
        return Problem("Choose the column of the condition.", field=field, open=True)
    if condition.column not in schema:
        return Problem(f"There is no column {condition.column} here.", "Choose another.", field=field)
    if condition.operator in (*_WITHOUT_VALUE, *_ABOUT_TEXT):
        return None
    column = schema[condition.column]
    if column.type == "other":
        return Problem(f"{column.name} can't be compared.", "Change its type to text before.", field=field)
    if column.type != "text" and not condition.value.strip():
        return Problem(f"Enter the value to compare {column.name} with.", field=field, open=True)
    return typed_problem(condition.value, column, field)


def holds(condition: Condition, table: Table) -> BooleanValue:
    """Whether the condition holds, for every row true or false and never blank."""
    import ibis

    column = table[condition.column]
    match condition.operator:
        case "is blank":
            return is_blank(column)
        case "is not blank":
            return ~is_blank(column)
        case "contains":
            met = _text(column).contains(condition.value)
        case "starts with":
            met = _text(column).startswith(condition.value)
        case "ends with":
            met = _text(column).endswith(condition.value)
        case _:
            met = _compared(condition, table)
    met = ibis.coalesce(met, False)
    return ~met if condition.operator == "differs from" else met


def _text(column: Value) -> Value:
    return column if column.type().is_string() else column.cast("string")


def _compared(condition: Condition, table: Table) -> BooleanValue:
    """The comparison itself; ``differs from`` is turned around by the caller, for the sake of blanks."""
    info = schema_of(table.select(condition.column))[condition.column]
    column, value = table[condition.column], typed_literal(condition.value, info)
    if column.type().is_date() or column.type().is_timestamp():
        column = column.cast("timestamp")
    present = ~is_blank(column)
    match condition.operator:
        case "less than":
            return present & (column < value)
        case "at most":
            return present & (column <= value)
        case "more than":
            return present & (column > value)
        case "at least":
            return present & (column >= value)
        case _:
            return column == value
