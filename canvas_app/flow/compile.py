"""A flow becomes one query per node: an expression, with what its steps learned as literals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, MutableMapping
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError, Problem, Where
from canvas_app.data.engine import schema_of
from canvas_app.flow.blank_table import blank_table
from canvas_app.flow.codec import dump_unit
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow, Node, NodeId
from canvas_app.flow.recipe import Recipe, recipe_of
from canvas_app.flow.step import Learned, Step, UnknownUnit

if TYPE_CHECKING:
    from ibis.expr.types import Table

Tables = Callable[[str], "Table"]
"""From the key of a dataset to its table."""
TrainingRows = Callable[["Table", PredictColumn], "Table"]
"""From the rows at a model's border to those that it may learn from."""


class Compiler:
    """Turns the nodes of one flow into expressions over its datasets, each once."""

    def __init__(
        self,
        flow: Flow,
        tables: Tables,
        learned: Mapping[NodeId, Learned] | None = None,
        training_rows: TrainingRows | None = None,
        kept: MutableMapping[str, Learned] | None = None,
    ) -> None:
        """``kept`` remembers what was learned by its content, and may outlive the compiler."""
        self._flow = flow
        self._sources = tables
        self._training_rows = training_rows
        self._kept = {} if kept is None else kept
        self._learned = dict(learned or {})
        self._tables: dict[NodeId, Table] = {}
        self._keys: dict[NodeId, str] = {}

    @property
    def flow(self) -> Flow:
        """The flow that is compiled."""
        return self._flow

    @property
    def splits(self) -> bool:
        """Whether recipes learn on training rows alone."""
        return self._training_rows is not None

    def table(self, node: NodeId) -> Table:
        """The expression after a node, or what comes into one without an output.

        Raises ``CanvasError`` that names the node which can't be compiled.
        """
        for name in self._flow.upstream(node):
            if name not in self._tables:
                self._tables[name] = self._compiled(self._flow[name])
        return self._tables[node]

    def inputs(self, node: NodeId) -> tuple[Table, ...]:
        """The expressions that come into a node, by port."""
        return tuple(self.table(link.source) for link in self._flow.inputs(node))

    def learned(self, node: NodeId) -> Learned:
        """What a step knows: given, remembered, or measured now by a query.

        A step in the recipe of a model learns from the training rows of that model.
        """
        if node not in self._learned:
            unit = self._flow[node].unit
            learns = isinstance(unit, Step) and unit.learning and not self._flow[node].skipped
            self._learned[node] = self._remembered(node) if learns else {}
        return self._learned[node]

    def model_below(self, node: NodeId) -> Recipe | None:
        """The first model whose recipe has the node, if there is one."""
        for other in self._flow:
            if isinstance(other.unit, PredictColumn) and not other.skipped and self._flow.inputs(other.id):
                recipe = recipe_of(self._flow, other.id)
                if any(step.id == node for step in recipe.steps):
                    return recipe
        return None

    def sql(self, node: NodeId) -> str:
        """The query after a node as a person reads it: one SELECT over tables called as the datasets are."""
        import ibis

        self.table(node)
        known = {name: self.learned(name) for name in self._flow.upstream(node)}
        named = Compiler(self._flow, self._named, known)
        return str(ibis.to_sql(named.table(node), dialect="duckdb"))

    def content_key(self, node: NodeId) -> str:
        """A hash of all that decides the rows after a node: datasets, steps, parameters, links."""
        for name in self._flow.upstream(node):
            if name not in self._keys:
                self._keys[name] = self._key_of(self._flow[name])
        return self._keys[node]

    def _key_of(self, node: Node) -> str:
        came = [[link.port, self._keys[link.source]] for link in self._flow.inputs(node.id)]
        facts = {"unit": dump_unit(node.unit), "skipped": node.skipped, "inputs": came}
        return _hash(facts)

    def _named(self, key: str) -> Table:
        keys = {node.unit.dataset for node in self._flow if isinstance(node.unit, DatasetNode)}
        name = key.rsplit("/", 1)[0]
        alone = sum(other.rsplit("/", 1)[0] == name for other in keys) == 1
        return blank_table(schema_of(self._sources(key)), name if alone else key)

    def _compiled(self, node: Node) -> Table:
        if isinstance(node.unit, DatasetNode):
            return self._dataset(node, node.unit)
        passes = node.skipped or isinstance(node.unit, UnknownUnit)
        tables = self._incoming(node, 1 if passes else len(node.unit.spec.inputs))
        if passes or not isinstance(node.unit, Step):
            return tables[0]
        self._require_sound(node, tables)
        try:
            return node.unit.apply(*tables, self.learned(node.id))
        except CanvasError as error:
            where = Where(error.where.node or node.id, error.where.field)
            raise CanvasError(error.message, hint=error.hint, where=where) from error

    def _incoming(self, node: Node, wanted: int) -> list[Table]:
        """The tables at the first inputs of a node, so many of them."""
        came = {link.port: self._tables[link.source] for link in self._flow.inputs(node.id)}
        missing = next((port for port in range(wanted) if port not in came), None)
        if missing is not None:
            raise _as_error(node.unit.unlinked(missing), node)
        return [came[port] for port in range(wanted)]

    def _dataset(self, node: Node, unit: DatasetNode) -> Table:
        if not unit.dataset:
            raise _as_error(unit.check_needed()[0], node)
        try:
            return self._sources(unit.dataset)
        except KeyError as error:
            raise CanvasError(
                f"There is no table {unit.dataset} in this project.",
                hint="Import it again, or choose another.",
                where=Where(node.id, "dataset"),
            ) from error

    def _require_sound(self, node: Node, tables: list[Table]) -> None:
        found = node.unit.check(*(schema_of(table) for table in tables))
        grave = next((problem for problem in found if problem.severity == "problem"), None)
        if grave is not None:
            raise _as_error(grave, node)

    def _remembered(self, node: NodeId) -> Learned:
        recipe = self.model_below(node) if self._training_rows is not None else None
        model = dump_unit(self._flow[recipe.model].unit) if recipe else None
        key = _hash([self.content_key(node), model])
        if key not in self._kept:
            self._kept[key] = self._measured(node, recipe)
        return self._kept[key]

    def _measured(self, node: NodeId, recipe: Recipe | None) -> Learned:
        unit = self._flow[node].unit
        assert isinstance(unit, Step)
        if recipe is None or self._training_rows is None:
            return unit.learn(*self.inputs(node))
        model = self._flow[recipe.model].unit
        assert isinstance(model, PredictColumn)
        rows = self._training_rows(self.table(recipe.border), model)
        for step in recipe.steps:
            if step.id == node:
                break
            assert isinstance(step.unit, Step)
            rows = step.unit.apply(rows, self.learned(step.id))
        self._require_sound(self._flow[node], [rows])
        return unit.learn(rows)


def _as_error(problem: Problem, node: Node) -> CanvasError:
    return CanvasError(
        f"{node.title}: {problem.message}", hint=problem.hint, where=Where(node.id, problem.field)
    )


def _hash(facts: object) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()
