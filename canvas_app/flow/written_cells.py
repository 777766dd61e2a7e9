"""Texts in a CSV file that a spreadsheet would take for formulas are disarmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ibis.expr.types import Table, Value

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What begins a formula in spreadsheets (OWASP, CSV injection)."""
_BEGINNING = "^'*[=+@\\t\\r-]"
"""Texts that get a ' in front: those that have some there too, so that taking one away gives all back."""


def disarmed(table: Table) -> Table:
    """The table with a ' before each text that begins like a formula; names of columns likewise."""
    texts = {name: _disarmed(table[name]) for name in table.columns if table[name].type().is_string()}
    safe = table.mutate(**texts) if texts else table
    names = {f"'{name}": name for name in table.columns if name.startswith(_DANGEROUS)}
    free = {new: old for new, old in names.items() if new not in table.columns}
    return safe.rename(free) if free else safe


def _disarmed(column: Value) -> Value:
    import ibis

    return ibis.ifelse(column.re_search(_BEGINNING), ibis.literal("'") + column, column)
