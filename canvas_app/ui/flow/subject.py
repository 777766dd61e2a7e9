"""The node that is looked at, with all that decides its table; computed on the preview lane alone."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, MutableMapping
from dataclasses import replace
from typing import TYPE_CHECKING

from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow, NodeId
from canvas_app.flow.step import Learned, Step
from canvas_app.flow.steps.join_tables import JoinTables
from canvas_app.ui.canvas.face import title_of

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from canvas_app.data.engine import Engine
    from canvas_app.flow.compile import Compiler
    from canvas_app.flow.preview import Preview
    from canvas_app.ui.flow.join_box import JoinAdvice


class Subject:
    """One node of one state of a flow. Its methods with an engine belong to the lane's thread."""

    def __init__(
        self, flow: Flow, node: NodeId, paths: Mapping[str, str], kept: MutableMapping[str, Learned]
    ) -> None:
        """``paths`` leads from datasets to their files; ``kept`` remembers what was learned before."""
        self.flow = flow
        self.node = node
        self._paths = dict(paths)
        self._kept = kept
        self._compiler: Compiler | None = None
        self.key = self._key()

    @property
    def title(self) -> str:
        """What the node is called."""
        return title_of(self.flow[self.node])

    @property
    def gives(self) -> bool:
        """Whether a table comes out of it; else the one that goes in is shown."""
        return self.flow[self.node].unit.spec.output

    @property
    def target(self) -> str:
        """The column that the model at or below this node predicts; empty where there is none."""
        models = (node.unit for node in self.flow if self.flow.leads(self.node, to=node.id))
        return next((unit.target for unit in models if isinstance(unit, PredictColumn)), "")

    @property
    def keeps_rows(self) -> bool:
        """Whether the rows after it are the rows before it, in the same order."""
        node = self.flow[self.node]
        one = len(self.flow.inputs(self.node)) == 1
        return one and isinstance(node.unit, Step) and node.unit.spec.rows == "keeps" and not node.skipped

    def table(self, engine: Engine) -> Table:
        """The table after the node."""
        return self._compiled(engine).table(self.node)

    def before(self, engine: Engine) -> Table:
        """The table that comes into it first."""
        return self._compiled(engine).inputs(self.node)[0]

    @property
    def joins(self) -> bool:
        """Whether two tables come together here."""
        joined = isinstance(self.flow[self.node].unit, JoinTables)
        return joined and len({link.port for link in self.flow.inputs(self.node)}) == 2

    def advice(self, engine: Engine) -> JoinAdvice:
        """How the columns of a join fit, and which ones would."""
        from canvas_app.ui.flow.join_box import advice_on

        unit = self.flow[self.node].unit
        assert isinstance(unit, JoinTables)
        left, right = self._compiled(engine).inputs(self.node)
        return advice_on(unit, left, right)

    def measured(self, engine: Engine) -> Preview:
        """What the node changed and learned, or what a model of it will be about."""
        from canvas_app.flow.preview import preview

        found = preview(self._compiled(engine), self.node, engine)
        unit = self.flow[self.node].unit
        if not isinstance(unit, PredictColumn):
            return found
        from canvas_app.training.foresight import foresight

        return replace(found, foresight=foresight(self.table(engine), unit))

    def _compiled(self, engine: Engine) -> Compiler:
        if self._compiler is None:
            from canvas_app.flow.compile import Compiler
            from canvas_app.flow.parquet_tables import parquet_tables
            from canvas_app.training.split import training_rows

            tables = parquet_tables(engine, self._paths)
            self._compiler = Compiler(self.flow, tables, training_rows=training_rows, kept=self._kept)
        return self._compiler

    def _key(self) -> Hashable:
        """Equal where the table is the same: places and names count for nothing."""
        flow = self.flow
        above = set(flow.upstream(self.node))
        models = [node.id for node in flow if isinstance(node.unit, PredictColumn)]
        below = {name for model in models if flow.leads(self.node, to=model) for name in flow.upstream(model)}
        nodes = [flow[name] for name in sorted(above | below)]
        facts = [(node.id, node.unit, node.skipped, flow.inputs(node.id)) for node in nodes]
        return self.node, tuple(facts), tuple(sorted(self._paths.items()))
