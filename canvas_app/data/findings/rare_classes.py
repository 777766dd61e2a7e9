"""Answers that hardly ever come."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.examined import Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found
from canvas_app.data.target import kind_of

_MOST = 100


class RareClasses(Finding):
    """Categories of the target that too few rows have to be learned."""

    spec = FindingSpec(
        kind="rare_classes",
        title="Rare categories of the target",
        icon="ph.target",
        clear="no rare categories in the target",
        needs="target",
        example={"least": 10},
    )

    least: int = field("A category needs", default=10, ge=2, le=1000, unit="rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """All of them in one."""
        item = table.facts.get(target)
        if item is None or kind_of(item) not in ("categories", "two categories"):
            return
        counts = table.frequent(target)
        rare = [(value, count) for value, count in counts if count < self.least]
        if not rare or len(rare) > len(counts) - 2 or table.rows < self.least * len(counts):
            return
        rows = sum(count for _, count in rare)
        shown = ", ".join(value for value, _ in rare[:3]) + ("…" if len(rare) > 3 else "")
        conditions = [{"column": target, "operator": "equals", "value": value} for value, _ in rare[:_MOST]]
        yield Found(
            self.spec.kind,
            target,
            "medium",
            f"{target} has {counted(len(rare), 'rare category', 'rare categories')}",
            f"{shown}: fewer than {self.least} rows each, {rows:,} in all",
            {"categories": len(rare), "rows": rows, "least": self.least},
            Fix(
                "Leave out rows",
                "filter_rows",
                {"conditions": conditions, "match": "any", "rule": "leave out"},
            ),
        )
