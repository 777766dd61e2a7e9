"""One answer outweighs another."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.data.examined import Examined
from canvas_app.data.finding import Finding, FindingSpec, Found
from canvas_app.data.shares import percent
from canvas_app.data.target import kind_of

_LEARNABLE = 10
"""Rows below which a category is rare rather than outweighed."""


class ImbalancedTarget(Finding):
    """A target of which one category is very much more frequent than another."""

    spec = FindingSpec(
        kind="imbalanced_target",
        title="Imbalanced target",
        icon="ph.scales",
        clear="no imbalance in the target",
        needs="target",
        example={"share": 10.0},
    )

    share: float = field("Of two categories, one below", default=10.0, ge=0.0, le=50.0, unit="% of the rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """The rarest category; no step mends it, but it tells which score to look at."""
        item = table.facts.get(target)
        if item is None or kind_of(item) not in ("categories", "two categories"):
            return
        counts = [(value, count) for value, count in table.frequent(target) if count >= _LEARNABLE]
        if len(counts) < 2:
            return
        value, rows = counts[-1]
        share = rows / item.filled
        if share * 100 * len(counts) / 2 >= self.share:
            return
        yield Found(
            self.spec.kind,
            target,
            "medium" if share < 0.05 else "low",
            f"“{value}” is only {percent(share)} of {target}",
            f"{counts[0][0]} is {counts[0][1] / rows:,.0f} times as frequent: judge by AUC, not by accuracy",
            {"category": value, "rows": rows, "share": share},
        )
