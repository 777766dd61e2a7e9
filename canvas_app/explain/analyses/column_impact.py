"""Which columns the model's answers rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from canvas_app.base.figure import Bars, Figure
from canvas_app.base.numerals import paragraph, share
from canvas_app.explain.analysis import Analysis, AnalysisSpec
from canvas_app.explain.brought import sharing
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    from canvas_app.explain.explained import ExplainedModel

SHOWN = 10


class ColumnImpact(Analysis):
    """Rank the columns by how far they move the answers, on average over the test rows."""

    spec = AnalysisSpec(
        kind="column_impact",
        title="What the model looks at",
        icon="ph.chart-bar-horizontal",
        question="Which columns matter most?",
        order=10,
    )

    def draw(self, model: ExplainedModel, report: Report) -> Figure:
        """Bars of each column's share of the sum of all mean |SHAP|."""
        report(0.0, "Measuring the impact of each column")
        impact = model.effects.impact()
        total = sum(impact.values())
        shares = {name: size / total if total else 0.0 for name, size in impact.items()}
        top = dict(list(shares.items())[:SHOWN])
        rows = tuple((name, shares[name], size) for name, size in impact.items())
        return Figure(
            title=self.spec.title,
            subtitle=f"Share of all impact, mean |SHAP| · {model.sampling}",
            marks=Bars(tuple(top), tuple(top.values()), tuple(map(share, top.values()))),
            header=("column", "share", f"mean |SHAP|, {model.effects.unit}"),
            rows=rows,
            reading=paragraph(_reading(shares, total), sharing(model.contract.made_from)),
        )


def _reading(shares: dict[str, float], total: float) -> str:
    if not total:
        return "The model answers every row alike: no column matters to it."
    first = next(iter(shares))
    hidden = len(shares) - SHOWN
    words = f"{first} carries {share(shares[first])} of all impact."
    rest = sum(list(shares.values())[SHOWN:])
    return f"{words} {hidden} more columns share {share(rest)}." if hidden > 0 else words
