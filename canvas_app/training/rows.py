"""The rows of a model: parted at the border of its recipe, and taken through the recipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_app.base.errors import CanvasError, Where
from canvas_app.data.engine import Engine, schema_of
from canvas_app.data.profile import profile
from canvas_app.data.schema import Schema
from canvas_app.flow.compile import Compiler
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow, Node, NodeId
from canvas_app.flow.recipe import apply_steps, learn_steps, recipe_of
from canvas_app.flow.step import Learned, Step
from canvas_app.training.model import ProblemType, RowCounts
from canvas_app.training.problem import require_sound
from canvas_app.training.split import PART, PLACE, with_parts, with_target

if TYPE_CHECKING:
    from ibis.expr.types import Table

_ROW = "__row"


@dataclass(frozen=True)
class LearnedRecipe:
    """A recipe with what its steps learned, and the columns that come into it."""

    steps: tuple[Node, ...]
    learned: Mapping[NodeId, Learned]
    schema: Schema


@dataclass(frozen=True)
class BuildRows:
    """All that a build needs to know of its rows; tables are pyarrow's, in the order of learning."""

    problem: ProblemType
    recipe: LearnedRecipe
    after: Schema
    """The columns after the recipe, the target among them."""
    entering: Mapping[str, Any]
    """By part: the rows as they enter the recipe."""
    seen: Mapping[str, Any]
    """By part: the same rows after it, the target among the columns."""
    counts: RowCounts


def read_rows(engine: Engine, flow: Flow, node: NodeId, tables: Any) -> BuildRows:
    """Part the rows at the border, learn the recipe on training rows, and apply it to all.

    Raises ``CanvasError`` where the target can't be learned.
    """
    unit = flow[node].unit
    assert isinstance(unit, PredictColumn)
    recipe = recipe_of(flow, node)
    compiler = Compiler(flow, tables)
    border = compiler.table(recipe.border)
    problem = _sound_problem(compiler.table(node), unit, node)
    whole = engine.count(border)
    at_border = unit.target in border.columns
    known = with_target(border, unit.target) if at_border else border
    parting = with_parts(known, unit.target if at_border else "", problem, unit.seed)
    parted = engine.read_parquet(engine.keep(parting))
    learned = learn_steps(_of(parted, "train"), recipe.steps)
    fitted = LearnedRecipe(recipe.steps, learned, schema_of(border))
    parts = {
        part: _through(engine, _of(parted, part), fitted, unit) for part in ("train", "validation", "test")
    }
    _require_rows(parts, node)
    after = schema_of(apply_steps(_of(parted, "train"), recipe.steps, learned, replay=False))
    blank = whole - engine.count(known) + sum(part.blank for part in parts.values())
    counts = RowCounts(
        train=parts["train"].seen.num_rows,
        validation=parts["validation"].seen.num_rows,
        test=parts["test"].seen.num_rows,
        without_target=blank,
        filtered=sum(part.filtered for part in parts.values()),
    )
    return BuildRows(
        problem,
        fitted,
        after,
        {name: part.entering for name, part in parts.items()},
        {name: part.seen for name, part in parts.items()},
        counts,
    )


@dataclass(frozen=True)
class _Through:
    entering: Any
    seen: Any
    filtered: int
    blank: int


def _sound_problem(after: Table, unit: PredictColumn, node: NodeId) -> ProblemType:
    if unit.target not in after.columns:
        raise CanvasError(
            f"There is no column {unit.target} to predict.",
            hint="Choose another target, or keep this one in the steps before.",
            where=Where(node, "target"),
        )
    return require_sound(unit, profile(with_target(after, unit.target), [unit.target])[0], node)


def _of(parted: Table, part: str) -> Table:
    return parted.filter(parted[PART] == part).order_by(PLACE).drop(PART, PLACE)


def _through(engine: Engine, rows: Table, recipe: LearnedRecipe, unit: PredictColumn) -> _Through:
    """One part through the recipe; rows that a step drops, or that end without a target, are left out."""
    entering = engine.fetch(rows)
    kept = _surviving(engine, entering, recipe)
    left = entering.take(kept)
    table = apply_steps(engine.from_arrow(left), recipe.steps, recipe.learned, replay=True)
    seen = engine.fetch(table)
    filled = _has_target(seen.column(unit.target))
    return _Through(
        left.filter(filled), seen.filter(filled), entering.num_rows - left.num_rows, _count_false(filled)
    )


def _surviving(engine: Engine, entering: Any, recipe: LearnedRecipe) -> Any:
    """Which rows no step of the recipe drops, as their places in order."""
    import numpy as np

    places = np.arange(entering.num_rows)
    if not any(_unit(step).spec.rows == "drops" for step in recipe.steps):
        return places
    rows = entering
    for step in recipe.steps:
        unit, learned = _unit(step), recipe.learned.get(step.id, {})
        if unit.spec.rows != "drops":
            rows = engine.fetch(unit.apply(engine.from_arrow(rows), learned))
            continue
        numbered = rows.append_column(_ROW, [np.arange(rows.num_rows)])
        after = engine.fetch(unit.apply(engine.from_arrow(numbered), learned))
        left = np.sort(after.column(_ROW).to_numpy())
        places, rows = places[left], rows.take(left)
    return places


def _unit(step: Node) -> Step:
    assert isinstance(step.unit, Step)
    return step.unit


def _has_target(column: Any) -> Any:
    import pyarrow.compute as pc
    from pyarrow import types

    return pc.invert(pc.is_null(column, nan_is_null=types.is_floating(column.type)))


def _count_false(mask: Any) -> int:
    import pyarrow.compute as pc

    return len(mask) - int(pc.sum(mask).as_py() or 0)


def _require_rows(parts: Mapping[str, _Through], node: NodeId) -> None:
    empty: Sequence[str] = [name for name, part in parts.items() if not part.seen.num_rows]
    if empty:
        raise CanvasError(
            f"There are too few rows: none is left for the {' and the '.join(empty)} rows.",
            hint="Bring in more rows, or check the filters; 50 rows and 10 per category make a start.",
            where=Where(node),
        )
