"""What a model replays on new rows: the steps between the split of its rows and the model."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError, Problem, Where
from canvas_app.data.schema import Schema
from canvas_app.flow.blank_table import blank_table
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow, Node, NodeId
from canvas_app.flow.lineage import sources_of
from canvas_app.flow.step import Learned, Step, UnknownUnit

if TYPE_CHECKING:
    from ibis.expr.types import Table


@dataclass(frozen=True)
class Recipe:
    """A model, the node whose rows are split for it, and the steps between, in their order."""

    model: NodeId
    border: NodeId
    steps: tuple[Node, ...]


def recipe_of(flow: Flow, model: NodeId) -> Recipe:
    """The recipe of a model node; raises ``CanvasError`` when nothing comes into it."""
    steps: list[Node] = []
    here = _source(flow, model)
    if here is None:
        raise CanvasError("Nothing comes in.", hint="Link a table to it.", where=Where(model))
    while _replays(flow[here]):
        above = _source(flow, here)
        if above is None:
            break
        if isinstance(flow[here].unit, Step) and not flow[here].skipped:
            steps.append(flow[here])
        here = above
    return Recipe(model, here, tuple(reversed(steps)))


def learn_steps(rows: Table, steps: Sequence[Node]) -> dict[NodeId, Learned]:
    """What each step measures on training rows, each on the rows as the steps before leave them.

    One query for every step that learns; nothing for the others.
    """
    learned: dict[NodeId, Learned] = {}
    for node in steps:
        unit = _step(node)
        learned[node.id] = unit.learn(rows) if unit.learning else {}
        rows = unit.apply(rows, learned[node.id])
    return learned


def apply_steps(
    table: Table, steps: Sequence[Node], learned: Mapping[NodeId, Learned], *, replay: bool
) -> Table:
    """The table after the steps. A replay passes over what drops rows: every row gets its answer."""
    for node in steps:
        unit = _step(node)
        if replay and unit.spec.rows == "drops":
            continue
        unit = unit.on_replay() if replay else unit
        table = unit.apply(table, learned.get(node.id, {}))
    return table


def recipe_sql(
    steps: Sequence[Node],
    learned: Mapping[NodeId, Learned],
    schema: Schema,
    *,
    target: str | None = None,
    brings: Collection[str] | None = None,
) -> str:
    """The replayed steps as one SELECT from a table named ``input``.

    ``schema`` is what comes out of the border. ``brings`` names the columns which the rows asked about
    have (all, if not given); the others stand as blanks, as does ``target``, which is also left out of
    what comes out.
    """
    import ibis

    table = replayed(steps, learned, schema, target=target, brings=brings)
    return str(ibis.to_sql(table, dialect="duckdb"))


def replayed(
    steps: Sequence[Node],
    learned: Mapping[NodeId, Learned],
    schema: Schema,
    *,
    target: str | None = None,
    brings: Collection[str] | None = None,
) -> Table:
    """The expression behind ``recipe_sql``, over a table named ``input`` that belongs to no engine."""
    asked = [
        column for column in schema if column.name != target and (brings is None or column.name in brings)
    ]
    rows = blank_table(Schema(tuple(asked)), "input")
    whole = rows.select(
        **{column.name: _or_blank(rows, column.name, column.engine_type) for column in schema}
    )
    after = apply_steps(whole, steps, learned, replay=True)
    return after.drop(target) if target is not None and target in after.columns else after


def learned_before_split(flow: Flow) -> tuple[Problem, ...]:
    """Warnings at steps that learn above the border of a model: they see its test rows too."""
    found: dict[NodeId, Problem] = {}
    for node in flow:
        if not isinstance(node.unit, PredictColumn) or node.skipped or not flow.inputs(node.id):
            continue
        border = recipe_of(flow, node.id).border
        for name in flow.upstream(border):
            if name not in found and _learns(flow[name]):
                found[name] = Problem(
                    f"{flow[name].title} learns before the rows of {node.title} are split.",
                    f"Move it below {flow[border].title}, so that it learns from training rows alone.",
                    node=name,
                    severity="warning",
                )
    return tuple(found.values())


def target_used(flow: Flow, schemas: Mapping[NodeId, Schema]) -> tuple[Problem, ...]:
    """Problems at recipes that compute other columns from the one to predict, which no new row knows."""
    found = []
    for node in flow:
        if not isinstance(node.unit, PredictColumn) or node.skipped or node.id not in schemas:
            continue
        recipe = recipe_of(flow, node.id)
        units = tuple(_step(step) for step in recipe.steps)
        at = _first_leak(units, schemas[recipe.border], node.unit.target)
        if at is not None:
            step = recipe.steps[at]
            found.append(
                Problem(
                    f"{step.title} computes a column from {node.unit.target}, which is to be predicted.",
                    f"Take {node.unit.target} out of it.",
                    node=step.id,
                )
            )
    return tuple(found)


@lru_cache(maxsize=256)
def _first_leak(units: tuple[Step, ...], schema: Schema, target: str) -> int | None:
    """The first step that computes another column from the target, if one that comes out depends on it."""
    table = blank_table(schema, "input")
    leak = None
    if target not in schema:
        return None
    for at, unit in enumerate(units):
        if unit.spec.rows == "drops":
            continue
        table = unit.apply(table, {})
        others = table.drop(target) if target in table.columns else table
        leaks = target in sources_of(others)
        leak = (leak if leak is not None else at) if leaks else None
    return leak


def _or_blank(rows: Table, name: str, engine_type: str) -> object:
    import ibis

    return rows[name] if name in rows.columns else ibis.literal(None, type=engine_type.lstrip("!"))


def _source(flow: Flow, node: NodeId) -> NodeId | None:
    links = flow.inputs(node)
    return links[0].source if links and links[0].port == 0 else None


def _replays(node: Node) -> bool:
    """Whether a node stands in the recipe, or is passed over inside it."""
    if node.skipped or isinstance(node.unit, UnknownUnit):
        return bool(node.unit.spec.inputs)
    spec = node.unit.spec
    return isinstance(node.unit, Step) and node.unit.spec.rows != "makes" and len(spec.inputs) == 1


def _learns(node: Node) -> bool:
    return isinstance(node.unit, Step) and node.unit.learning and not node.skipped


def _step(node: Node) -> Step:
    if not isinstance(node.unit, Step):
        raise CanvasError(f"{node.title} is no step of a recipe.", hint="Remove it.", where=Where(node.id))
    return node.unit
