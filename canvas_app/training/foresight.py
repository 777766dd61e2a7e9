"""What a build will be about, said before it is begun: the kind of answer that follows from the values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_app.data.profile import ColumnProfile, profile
from canvas_app.training.problem import find_problems, problem_of

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from canvas_app.flow.ends.predict_column import PredictColumn

_NAMED = 5
"""Up to how many categories are named."""


def foresight(table: Table, unit: PredictColumn) -> str:
    """The kind of answer, or what keeps the model from being built; empty where no column is chosen.

    Raises ``CanvasError``, or ``Cancelled`` if interrupted.
    """
    if unit.target not in table.columns:
        return ""
    found = profile(table, [unit.target])[0]
    for problem in find_problems(unit, found):
        return problem.text
    if problem_of(unit, found) == "number":
        return f"The answer will be a number{_range(found)}."
    return f"The answer will be one of {found.distinct:,} categories{_names(found)}."


def _range(found: ColumnProfile) -> str:
    low, high = found.low, found.high
    if not isinstance(low, int | float) or not isinstance(high, int | float):
        return ""
    return f" like those from {low:,.10g} to {high:,.10g}"


def _names(found: ColumnProfile) -> str:
    numbers = isinstance(found.low, int | float) and found.distinct == len((found.low, found.high))
    names = [f"{found.low:g}", f"{found.high:g}"] if numbers else sorted(value for value, _ in found.top)
    return f": {', '.join(names)}" if len(names) == found.distinct <= _NAMED else ""
