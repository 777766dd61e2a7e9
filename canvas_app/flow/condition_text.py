"""A condition as one types it in a line, such as ``> 30``, ``contains x``, ``a*`` or ``not blank``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import OPERATORS, Condition
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow.conditions import condition_problem, holds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ibis.expr.types import BooleanValue, Table

_BLANK = {
    "blank": "is blank",
    "is blank": "is blank",
    "not blank": "is not blank",
    "is not blank": "is not blank",
}
_SIGNS = {
    ">=": "at least",
    "≥": "at least",
    "<=": "at most",
    "≤": "at most",
    "!=": "differs from",
    "<>": "differs from",
    "≠": "differs from",
    ">": "more than",
    "<": "less than",
    "=": "equals",
}
_BETWEEN = re.compile(r"\s+to\s+|\s*\.\.\s*", re.IGNORECASE)
_BOTH = re.compile(r"\s+and\s+|\s*&\s*", re.IGNORECASE)
_WORDS = tuple(operator for operator in OPERATORS if operator not in _BLANK)


def read_condition(text: str, column: ColumnInfo) -> Condition:
    """What was typed for a column; raises ``CanvasError`` when it doesn't fit.

    A bare value is what the column equals; of a text column, what it contains.
    """
    operator, value = _parts(text.strip(), column)
    made = Condition.model_validate({"column": column.name, "operator": operator, "value": value})
    problem = condition_problem(made, Schema((column,)), "")
    if problem is not None:
        raise CanvasError(problem.message, hint=problem.hint)
    return made


def read_conditions(text: str, column: ColumnInfo) -> tuple[Condition, ...]:
    """As ``read_condition``; a range, such as ``30 to 40`` or ``>= 30 and < 40``, makes two of them."""
    if column.type in ("number", "whole", "time"):
        ends = [part.strip() for part in _BETWEEN.split(text)]
        if len(ends) == 2 and all(ends):
            return read_condition(f">= {ends[0]}", column), read_condition(f"<= {ends[1]}", column)
        parts = [part.strip() for part in _BOTH.split(text)]
        if len(parts) == 2 and all(part.startswith(tuple(_SIGNS)) for part in parts):
            return tuple(read_condition(part, column) for part in parts)
    return (read_condition(text, column),)


def all_hold(conditions: Sequence[Condition], table: Table) -> BooleanValue:
    """Whether every one of these conditions, of which there is one at least, holds."""
    met = holds(conditions[0], table)
    for condition in conditions[1:]:
        met &= holds(condition, table)
    return met


def _parts(text: str, column: ColumnInfo) -> tuple[str, str]:
    low = text.lower()
    if low in _BLANK:
        return _BLANK[low], ""
    for sign, operator in _SIGNS.items():
        if text.startswith(sign):
            return operator, text[len(sign) :].strip()
    for words in _WORDS:
        if low.startswith(f"{words} "):
            return words, text[len(words) :].strip()
    return _pattern(text, column)


def _pattern(text: str, column: ColumnInfo) -> tuple[str, str]:
    inner = text.strip("*")
    if inner and len(text) > len(inner):
        before, after = text.startswith("*"), text.endswith("*")
        return ("contains" if before and after else "ends with" if before else "starts with"), inner
    return ("contains" if column.type == "text" else "equals"), text
