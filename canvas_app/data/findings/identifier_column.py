"""Columns that name rows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.examined import ColumnFacts, Examined
from canvas_app.data.finding import Finding, FindingSpec, Found, drop_column

_CALLED = re.compile(r"(^|[_ .-])(id|key|uuid|guid|no|nr|number|index)($|[_ .-])|id$")


class IdentifierColumn(Finding):
    """Columns with another value in every row, such as numbers of customers."""

    spec = FindingSpec(
        kind="identifier_column",
        title="Identifiers",
        icon="ph.identification-card",
        clear="no identifiers",
        example={"least": 21},
    )

    least: int = field("In at least", default=21, ge=2, le=10_000, unit="rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Texts without sentences, and whole numbers that count on or are called so."""
        for item in table.facts.values():
            if item.name == target or item.filled < self.least or not self._names_rows(item):
                continue
            yield Found(
                self.spec.kind,
                item.name,
                "medium",
                f"{item.name} names rows",
                f"{item.distinct:,} values in {counted(item.filled, 'row')}: a model can't learn from it",
                {"values": item.distinct, "rows": item.filled},
                drop_column(item.name),
            )

    def _names_rows(self, item: ColumnFacts) -> bool:
        if item.distinct < item.filled or item.blank_share > 0.5:
            return False
        if item.type == "text":
            return not item.is_prose and max(item.dates, item.written_dates) < item.filled / 2
        if item.type != "whole" or item.low is None or item.high is None:
            return False
        counts_on = item.high - item.low < item.filled * 1.5
        return counts_on or bool(_CALLED.search(item.name.lower()))
