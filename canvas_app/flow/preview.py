"""What the window shows of a node: its columns, its rows by number, what it changed and learned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from canvas_app.base.spec import Json
from canvas_app.data.engine import Engine, schema_of
from canvas_app.data.schema import Schema
from canvas_app.flow.compile import Compiler
from canvas_app.flow.flow import NodeId
from canvas_app.flow.impact import Impact, impact
from canvas_app.flow.step import Step, UnknownUnit

if TYPE_CHECKING:
    from ibis.expr.types import Table


@dataclass(frozen=True)
class Preview:
    """A node as it is seen: all but the rows themselves, which are fetched by page."""

    node: NodeId
    schema: Schema
    rows: int
    sql: str
    changed: Impact | None = None
    """What the step changed in its first input; None for a dataset, or a node without an output."""
    learned: Mapping[str, Json] = field(default_factory=dict)
    learned_for: str = ""
    """The title of the model on whose training rows it was learned; empty where it was on all rows."""
    foresight: str = ""
    """Of a node that builds a model: the kind of answer that follows from the rows, in words."""


def preview(compiler: Compiler, node: NodeId, engine: Engine) -> Preview:
    """Measure a node: two queries at most, and one for each step above that has yet to learn.

    Raises ``CanvasError`` that names the node at fault, ``Cancelled`` when the engine was interrupted.
    """
    table = compiler.table(node)
    changed = _impact(compiler, node, table)
    learned = compiler.learned(node)
    return Preview(
        node=node,
        schema=schema_of(table),
        rows=changed.rows_after if changed else engine.count(table),
        sql=compiler.sql(node),
        changed=changed,
        learned=learned,
        learned_for=_learned_for(compiler, node) if learned else "",
    )


def _impact(compiler: Compiler, node: NodeId, after: Table) -> Impact | None:
    found = compiler.flow[node]
    if found.skipped or isinstance(found.unit, UnknownUnit) or not isinstance(found.unit, Step):
        return None
    return impact(compiler.inputs(node)[0], after)


def _learned_for(compiler: Compiler, node: NodeId) -> str:
    recipe = compiler.model_below(node) if compiler.splits else None
    return compiler.flow[recipe.model].title if recipe else ""
