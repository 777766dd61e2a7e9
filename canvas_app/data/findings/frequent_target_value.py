"""An answer that comes suspiciously often."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.examined import Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found
from canvas_app.data.shares import percent
from canvas_app.data.target import kind_of

_VALUES = 50
_OUTDOES = 5


class FrequentTargetValue(Finding):
    """A number that the target has far more often than any other, such as a cap."""

    spec = FindingSpec(
        kind="frequent_target_value",
        title="Suspicious value of the target",
        icon="ph.target",
        clear="no suspicious value in the target",
        needs="target",
        example={"least": 2.0},
    )

    least: float = field("Often is from", default=2.0, ge=0.0, le=100.0, unit="% of the rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Where one number outdoes all others: at an end it is perhaps a cap, elsewhere a placeholder."""
        item = table.facts.get(target)
        if item is None or kind_of(item) != "number" or item.distinct < _VALUES:
            return
        counts = table.frequent(target)
        (value, rows), second = counts[0], counts[1][1]
        share = rows / item.filled
        if share * 100 < self.least or rows < second * _OUTDOES:
            return
        place = {item.low: "the smallest", item.high: "the largest"}.get(float(value), "one")
        condition = {"column": target, "operator": "equals", "value": value}
        yield Found(
            self.spec.kind,
            target,
            "medium",
            f"{target} is suspiciously often {float(value):,g}",
            f"{counted(rows, 'row')}, {percent(share)}: {place} of its {item.distinct:,} values",
            {"value": float(value), "rows": rows, "share": share},
            Fix("Leave out rows", "filter_rows", {"conditions": [condition], "rule": "leave out"}),
        )
