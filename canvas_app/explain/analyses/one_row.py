"""Why one row was answered as it was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError, Where
from canvas_app.base.figure import Figure
from canvas_app.base.numerals import cell, number, share
from canvas_app.base.spec import field
from canvas_app.explain.analysis import Analysis, AnalysisSpec
from canvas_app.explain.brought import sharing
from canvas_app.explain.waterfall import ExplainedAnswer, waterfall
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    from canvas_app.explain.explained import ExplainedModel


class OneRow(Analysis):
    """Lead from the average answer to that of one test row, one column at a time."""

    spec = AnalysisSpec(
        kind="one_row",
        title="One row, explained",
        icon="ph.arrows-down-up",
        question="Why this answer to this row?",
        example={"row": 1},
        order=40,
    )

    row: int = field("Row", default=1, ge=1, help="Counted from 1 among the test rows.")

    def draw(self, model: ExplainedModel, report: Report) -> Figure:
        """A waterfall towards what was said about the row."""
        report(0.0, f"Explaining row {self.row}")
        rows = len(model.test)
        if self.row > rows:
            hint = f"Choose one from 1 to {number(rows)}."
            raise CanvasError(f"There is no test row {self.row}.", hint=hint, where=Where(field="row"))
        shown, effects = model.explain(model.test.asked.slice(self.row - 1, 1))
        answer = replace(self._answer(model), remark=sharing(model.contract.made_from))
        return waterfall(answer, shown.to_pylist()[0], effects)

    def _answer(self, model: ExplainedModel) -> ExplainedAnswer:
        place = self.row - 1
        said, was = model.test.said[place], model.test.was[place]
        title, row = self.spec.title, f"Row {number(self.row)}"
        if model.contract.problem == "number":
            facts = f"{row} · said {cell(said)} · was {cell(was)}"
            return ExplainedAnswer(title, facts, model.contract.target, 0, None)
        output = str(said)
        sure = float(model.test.probabilities[place][model.contract.classes.index(output)])
        facts = f"{row} · said {said} with {share(sure)} · was {was}"
        against = output not in model.outputs
        at = 0 if against else model.outputs.index(output)
        return ExplainedAnswer(title, facts, output, at, sure, against)
