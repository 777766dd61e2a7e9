"""A formula becomes part of the query, once every word of it fits the columns."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from canvas_app.base.errors import Problem
from canvas_app.base.words import counted
from canvas_app.data.schema import Schema
from canvas_app.flow.blank_table import blank_table
from canvas_app.flow.doubles import double
from canvas_app.flow.formula.errors import FormulaError
from canvas_app.flow.formula.functions import BY_NAME, Function
from canvas_app.flow.formula.parser import Call, Constant, Expression, Reference, parse
from canvas_app.flow.moments import plain_moment

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

_NAMES = {
    "number": "a number",
    "text": "a text",
    "time": "a date",
    "switch": "true or false",
    "dated": "a date or a text",
    "other": "a column of this type",
}
_MENDS = {
    "number": "Turn it into a number with number(...).",
    "text": "Turn it into a text with text(...).",
    "time": "Turn it into a date with date(...).",
    "switch": "Compare it with something, such as a = b.",
    "dated": 'Write it as a text, such as "2024-12-31".',
}


def compile_formula(formula: str, table: Table) -> Value:
    """The value of a formula over the columns of a table; raises ``FormulaError``."""
    import ibis

    value = _Compiler(table).value(parse(formula))
    return ibis.literal(None, type="string") if value.type().is_null() else value


def formula_problem(formula: str, schema: Schema, field: str = "formula") -> Problem | None:
    """What is wrong with a formula over these columns, to be shown at its field."""
    try:
        compile_formula(formula, blank_table(schema))
    except FormulaError as error:
        return Problem(error.message, error.hint, field=field)
    return None


def columns_of(formula: str) -> tuple[str, ...]:
    """The names of the columns that a formula uses, in order; raises ``FormulaError``."""
    found: dict[str, None] = {}
    waiting = [parse(formula)]
    while waiting:
        here = waiting.pop()
        if isinstance(here, Reference):
            found[here.name] = None
        if isinstance(here, Call):
            waiting += reversed(here.arguments)
    return tuple(found)


class _Compiler:
    """Turns a tree into a value over one table, checking kinds on the way."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def value(self, tree: Expression) -> Value:
        """The value of a tree."""
        match tree:
            case Constant():
                return self._constant(tree)
            case Reference():
                return self._column(tree)
            case Call():
                return self._call(tree)

    def _constant(self, tree: Constant) -> Value:
        import ibis

        match tree.value:
            case bool() | str() | None:
                return ibis.literal(tree.value)
            case int():
                return ibis.literal(tree.value, type="int64")
            case _:
                return double(tree.value)

    def _column(self, tree: Reference) -> Value:
        if tree.name not in self._table.columns:
            raise FormulaError(f"There is no column {tree.name}", tree.at, self._nearest(tree.name))
        column = self._table[tree.name]
        kind = column.type()
        if kind.is_integer() and not kind.is_uint64():
            return column.cast("int64")
        if kind.is_numeric() and not kind.is_boolean():
            return column.cast("float64")
        return plain_moment(column)

    def _nearest(self, name: str) -> str:
        folded = {column.casefold(): column for column in self._table.columns}
        near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
        if near:
            return f"Did you mean {folded[near[0]]}?"
        return "Choose one of the columns that come in, and put texts in quotes."

    def _call(self, tree: Call) -> Value:
        function = BY_NAME.get(tree.function)
        if function is None:
            near = difflib.get_close_matches(tree.function, BY_NAME, n=1, cutoff=0.6)
            hint = f"Did you mean {near[0]}?" if near else "Choose one from the list of functions."
            raise FormulaError(f"There is no function {tree.function}", tree.at, hint)
        self._require_count(function, tree)
        values = [self.value(argument) for argument in tree.arguments]
        if "same" in function.takes:
            values = self._dates_read(tree, values)
        self._require_kinds(function, tree, values)
        return function.build(*self._typed(function, values))

    def _require_count(self, function: Function, tree: Call) -> None:
        least = len(function.takes) - function.optional
        count = len(tree.arguments)
        if count < least or (count > len(function.takes) and not function.more):
            raise FormulaError(
                f"{function.name} got {counted(count, 'value')}",
                tree.at,
                f"Write it as {function.signature}.",
            )

    def _require_kinds(self, function: Function, tree: Call, values: list[Value]) -> None:
        same = next((kind_of(value) for value in _same(function, values) if kind_of(value) != "blank"), "any")
        for at, (argument, value) in enumerate(zip(tree.arguments, values, strict=True)):
            wanted = function.takes_at(at)
            kind = kind_of(value)
            fits = {"any": (kind,), "same": (same,), "dated": ("text", "time")}.get(wanted, (wanted,))
            if kind == "blank" or (kind in fits and (kind != "other" or wanted == "any")):
                continue
            needed = fits[0] if wanted == "same" else wanted
            raise FormulaError(
                f"{function.name} needs {_NAMES.get(needed, needed)} here, not {_NAMES[kind]}",
                argument.at,
                _MENDS.get(needed, "Use another column."),
            )

    def _dates_read(self, tree: Call, values: list[Value]) -> list[Value]:
        """Texts written beside dates are dates, so that ``born < "2000-01-01"`` works."""
        if not any(kind_of(value) == "time" for value in values):
            return values
        return [
            value.try_cast("timestamp")
            if isinstance(argument, Constant) and isinstance(argument.value, str)
            else value
            for argument, value in zip(tree.arguments, values, strict=True)
        ]

    def _typed(self, function: Function, values: list[Value]) -> list[Value]:
        """Blanks in the type that stands beside them, or that the function takes."""
        beside = next((value.type() for value in _same(function, values) if kind_of(value) != "blank"), None)
        own = {"number": "float64", "dated": "timestamp", "time": "timestamp", "switch": "boolean"}
        return [
            value.cast(beside or "string")
            if kind_of(value) == "blank" and function.takes_at(at) == "same"
            else value.cast(own.get(function.takes_at(at), "string"))
            if kind_of(value) == "blank"
            else value
            for at, value in enumerate(values)
        ]


def _same(function: Function, values: list[Value]) -> list[Value]:
    """The values that must be of one kind."""
    return [value for at, value in enumerate(values) if function.takes_at(at) == "same"]


def kind_of(value: Value) -> str:
    """The kind of a value in the words of formulas; ``blank`` when it has none."""
    kind = value.type()
    if kind.is_null():
        return "blank"
    if kind.is_boolean():
        return "switch"
    if kind.is_numeric():
        return "number"
    if kind.is_string():
        return "text"
    return "time" if kind.is_date() or kind.is_timestamp() else "other"
