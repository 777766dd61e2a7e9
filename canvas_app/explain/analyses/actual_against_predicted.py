"""How near the predicted numbers come to the true ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from canvas_app.base.figure import Figure, Points
from canvas_app.base.numerals import count, number
from canvas_app.explain.analysis import Analysis, AnalysisSpec
from canvas_app.explain.effects import MOST_ROWS, sampled_rows
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    from canvas_app.explain.explained import ExplainedModel


class ActualAgainstPredicted(Analysis):
    """Set each predicted number of the test rows against the true one."""

    spec = AnalysisSpec(
        kind="actual_against_predicted",
        title="Actual against predicted",
        icon="ph.crosshair",
        question="How far off are the answers?",
        problems=("number",),
        order=30,
    )

    def draw(self, model: ExplainedModel, report: Report) -> Figure:
        """A dot per row; dots on the diagonal are exactly right."""
        import numpy as np

        report(0.0, "Comparing answers with the truth")
        said, was = np.asarray(model.test.said, float), np.asarray(model.test.was, float)
        shown = sampled_rows(len(said), MOST_ROWS, 0)
        x, y = tuple(map(float, said[shown])), tuple(map(float, was[shown]))
        of = f"{count(len(said), 'row')} the model never saw"
        drawn = "" if len(shown) == len(said) else f" · {count(len(shown), 'dot')} drawn, seed 0"
        target = model.contract.target
        return Figure(
            title=self.spec.title,
            subtitle=f"{of}{drawn}; on the line the answer is exactly right",
            marks=Points(x, y, f"predicted {target}", f"actual {target}", diagonal=True),
            header=("predicted", "actual"),
            rows=tuple(zip(x, y, strict=True)),
            reading=_reading(said, was),
        )


def _reading(said: Any, was: Any) -> str:
    import numpy as np

    if not len(said):
        return "There are no test rows."
    error = np.abs(said - was)
    half, most = np.quantile(error, [0.5, 0.9])
    bias = float(np.mean(said - was))
    words = f"Half of the answers are off by at most {number(float(half))}, "
    words += f"nine in ten by at most {number(float(most))}."
    if abs(bias) < 0.05 * float(error.mean() or 1):
        return f"{words} On average they are neither too high nor too low."
    return f"{words} On average they are too {'high' if bias > 0 else 'low'} by {number(abs(bias))}."
