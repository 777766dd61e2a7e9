"""Numbers far from all others."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.column_measures import finite
from canvas_app.data.examined import ColumnFacts, Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found

SIGMA = 1.4826
"""Times the median deviation of normally spread numbers gives their standard deviation."""
_FEW = 10
_WILD = 100


class Outliers(Finding):
    """Numbers many robust deviations away from the median of their column."""

    spec = FindingSpec(
        kind="outliers",
        title="Outliers",
        icon="ph.arrows-out-line-vertical",
        clear="no outliers",
        example={"deviations": 8.0},
    )

    deviations: float = field("Farther than", default=8.0, ge=2.0, le=50.0, unit="robust deviations")
    at_most: float = field("In at most", default=2.0, ge=0.0, le=25.0, unit="% of the rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Columns in which a few numbers are extreme; where many are, the column is skewed, not wrong."""
        spread = [
            item for item in table.facts.values() if item.is_number and item.spread and item.distinct > _FEW
        ]
        spread = [item for item in spread if item.name != target]
        if not spread:
            return
        far = table.ask(", ".join(self._far(table, item) for item in spread))[0]
        for item, rows in zip(spread, far, strict=True):
            if 0 < rows <= max(1, item.filled * self.at_most / 100):
                yield self._told(item, rows)

    def _far(self, table: Examined, item: ColumnFacts) -> str:
        column = finite(table.place(item.name))
        reach = self.deviations * SIGMA * (item.spread or 0.0)
        return f"count(CASE WHEN abs(({column}) - {item.middle!r}) > {reach!r} THEN 1 END)"

    def _told(self, item: ColumnFacts, rows: int) -> Found:
        middle, sigma = item.middle or 0.0, SIGMA * (item.spread or 1.0)
        ends = [end for end in (item.low, item.high) if end is not None]
        farthest = max(ends, key=lambda end: abs(end - middle))
        away = abs(farthest - middle) / sigma
        return Found(
            self.spec.kind,
            item.name,
            "medium" if away > _WILD else "low",
            f"{counted(rows, 'outlier')} in {item.name}",
            f"Up to {farthest:,.6g}, {away:,.0f} robust deviations from the median {middle:,.6g}",
            {"rows": rows, "farthest": farthest, "median": middle, "deviations": away},
            Fix("Clip outliers", "clip_outliers", {"columns": [item.name], "deviations": self.deviations}),
        )
