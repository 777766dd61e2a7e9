"""Rows without an answer."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.examined import Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found
from canvas_app.data.shares import percent


class MissingTarget(Finding):
    """Rows in which the target itself is blank."""

    spec = FindingSpec(
        kind="missing_target",
        title="Blanks in the target",
        icon="ph.target",
        severity="high",
        clear="no blanks in the target",
        needs="target",
        example={"many": 5.0},
    )

    many: float = field("Many are from", default=5.0, ge=0.0, le=100.0, unit="% of the rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """How many rows nothing can be learned from."""
        item = table.facts.get(target)
        if item is None or not item.blanks:
            return
        condition = {"column": target, "operator": "is not blank", "value": ""}
        yield Found(
            self.spec.kind,
            target,
            "high" if item.blank_share * 100 >= self.many else "medium",
            f"{target} is blank in {counted(item.blanks, 'row')}",
            f"{percent(item.blank_share)} of the rows, from which nothing can be learned",
            {"blanks": item.blanks, "share": item.blank_share},
            Fix("Leave out rows", "filter_rows", {"conditions": [condition]}),
        )
