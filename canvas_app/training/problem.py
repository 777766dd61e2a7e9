"""What kind of problem a target poses, and what keeps it from being learned, before anything runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError, Problem, Where
from canvas_app.base.words import counted
from canvas_app.data.profile import ColumnProfile, profile

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from canvas_app.flow.ends.predict_column import PredictColumn
    from canvas_app.training.model import ProblemType

FEWEST_ROWS = 10
MOST_CLASSES = 200
_FEW_WHOLES = 10
"""Up to how many different whole numbers are taken for categories, if each has rows enough."""
_ROWS_EACH = 20


def problem_of(unit: PredictColumn, target: ColumnProfile) -> ProblemType:
    """The kind that a person chose, or else the one that the values suggest."""
    if unit.problem != "follow the column":
        return unit.problem
    if target.type == "switch" or target.distinct == 2:
        return "two-categories"
    if target.type not in ("number", "whole"):
        return "many-categories"
    filled = target.rows - target.blanks
    few = target.distinct <= min(_FEW_WHOLES, filled // _ROWS_EACH)
    return "many-categories" if target.type == "whole" and few else "number"


def problem_at(table: Table, unit: PredictColumn) -> ProblemType:
    """The kind of problem, measured on a table; a number where the target isn't there yet."""
    if unit.problem != "follow the column":
        return unit.problem
    if unit.target not in table.columns:
        return "number"
    return problem_of(unit, profile(table, [unit.target])[0])


def find_problems(unit: PredictColumn, target: ColumnProfile) -> tuple[Problem, ...]:
    """What keeps a model of this column from being built; nothing where it can be."""
    name, filled = unit.target, target.rows - target.blanks
    if not filled:
        return (_problem(f"{name} has no values.", "Choose a column with values.", "target"),)
    if filled < FEWEST_ROWS:
        have = f"{counted(filled, 'row')} {'has' if filled == 1 else 'have'}"
        return (
            _problem(
                f"Only {have} a value of {name}; at least {FEWEST_ROWS} are needed.",
                "Bring in more rows, or check the last filter.",
                "target",
            ),
        )
    if target.distinct < 2:
        return (
            _problem(
                f"{name} has the same value in every row, so there is nothing to tell apart.",
                "Choose another column, or check the last filter.",
                "target",
            ),
        )
    if target.type in ("time", "other"):
        return (_problem(f"{name} is neither a number nor a category.", "Choose another column.", "target"),)
    kind = problem_of(unit, target)
    return _misfits_number(name, target) if kind == "number" else _misfits_classes(name, kind, target, filled)


def require_sound(unit: PredictColumn, target: ColumnProfile, node: str) -> ProblemType:
    """The kind of problem; raises ``CanvasError`` at the field of what keeps it from being learned."""
    for found in find_problems(unit, target):
        raise CanvasError(found.message, hint=found.hint, where=Where(node, found.field))
    return problem_of(unit, target)


def _misfits_number(name: str, target: ColumnProfile) -> tuple[Problem, ...]:
    if target.type in ("number", "whole"):
        return ()
    hint = "Choose categories as the kind of answer, or change the type of the column first."
    return (_problem(f"{name} is not a number.", hint, "problem"),)


def _misfits_classes(name: str, kind: str, target: ColumnProfile, filled: int) -> tuple[Problem, ...]:
    values = f"{name} has {target.distinct:,} different values"
    if kind == "two-categories" and target.distinct != 2:
        hint = "Choose 3+ categories or a number as the kind of answer."
        return (_problem(f"{values}, not two.", hint, "problem"),)
    if kind == "many-categories" and target.distinct == 2:
        return (_problem(f"{values}.", "Choose 2 categories as the kind of answer.", "problem"),)
    if target.distinct > filled / 2:
        hint = "Choose another column; one that names each row can't be predicted."
        return (
            _problem(f"{values} in {counted(filled, 'row')}: it names rows, not categories.", hint, "target"),
        )
    if target.distinct > MOST_CLASSES:
        hint = f"Group them into at most {MOST_CLASSES}, or choose a number as the kind of answer."
        return (_problem(f"{values}, too many for categories.", hint, "target"),)
    return ()


def _problem(message: str, hint: str, field: str) -> Problem:
    return Problem(message, hint, field=field)
