"""Which rows are learned from, which steer the search, and which are kept apart for the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from canvas_app.flow.ends.predict_column import PredictColumn
    from canvas_app.training.model import ProblemType

Part = Literal["train", "validation", "test"]

PART = "__part"
PLACE = "__place"
"""A hash of the row's content and the seed: the order in which rows are learned from."""
TRAIN, VALIDATION = 0.6, 0.8
"""Up to which share of each stratum rows go to training, and then to validation; the rest is for the test."""
_STRATUM = "__stratum"
_STRATA = 10
_ROWS_PER_STRATUM = 20


def with_parts(table: Table, target: str, problem: ProblemType, seed: int) -> Table:
    """The rows with ``__part`` and ``__place``, in the order of their place.

    Every class (or tenth of the numbers) is parted 60/20/20 by rank of a hash of the row's content and the
    seed: the same rows are parted the same way wherever they stand, and rows that are identical stay
    together. The first of each class go to training. Rows without a target must be gone already.
    """
    import ibis

    content = {name: table[name] for name in table.columns}
    place = ibis.struct({"seed": ibis.literal(seed), **content}).hash()
    placed = table.mutate(**{PLACE: place, _STRATUM: _stratum(table, target, problem)})
    window = ibis.window(group_by=_STRATUM, order_by=PLACE)
    share = ibis.rank().over(window) / placed.count().over(ibis.window(group_by=_STRATUM))
    part = ibis.cases((share < TRAIN, "train"), (share < VALIDATION, "validation"), else_="test")
    return placed.mutate(**{PART: part}).drop(_STRATUM).order_by(PLACE)


def training_rows(table: Table, unit: PredictColumn) -> Table:
    """The rows of a model's border that its recipe may learn from."""
    from canvas_app.training.problem import problem_at

    target = unit.target if unit.target in table.columns else ""
    known = with_target(table, target) if target else table
    problem = problem_at(known, unit)
    parted = with_parts(known, target, problem, unit.seed)
    return parted.filter(parted[PART] == "train").drop(PART, PLACE)


def with_target(table: Table, target: str) -> Table:
    """The rows whose target has a value; a number that is no number, or an empty text, counts as none."""
    from canvas_app.flow.blanks import is_blank

    return table.filter(~is_blank(table[target]))


def _stratum(table: Table, target: str, problem: ProblemType) -> Any:
    """The class of each row, or to which tenth of the numbers it belongs; one stratum without a target."""
    import ibis

    if not target:
        return ibis.literal(0)
    if problem != "number":
        return table[target]
    whole = ibis.window()
    count = table.count().over(whole)
    rank = ibis.rank().over(ibis.window(order_by=table[target]))
    strata = ibis.least(_STRATA, ibis.greatest(1, count // _ROWS_PER_STRATUM))
    return (rank * strata) // count
