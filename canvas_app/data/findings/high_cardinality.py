"""Too many categories."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.data.examined import ColumnFacts, Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found, drop_column

_MOST_OF_THEM = 5
"""A fifth of the values must be rare at least."""


class HighCardinality(Finding):
    """Text columns with very many different values, most of them rare."""

    spec = FindingSpec(
        kind="high_cardinality",
        title="Many categories",
        icon="ph.stack",
        clear="no column with too many categories",
        example={"many": 30, "rare": 0.2},
    )

    many: int = field("Many are from", default=30, ge=2, le=10_000, unit="values")
    rare: float = field("A value is rare below", default=0.2, ge=0.0, le=50.0, unit="% of the rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Categories rather than sentences, names of rows, or numbers and dates held as text."""
        for item in table.facts.values():
            texts = item.type == "text" and item.name != target and not item.is_prose
            read_otherwise = max(item.numbers, item.dates, item.written_dates) > item.filled * 0.8
            if texts and self.many <= item.distinct < item.filled * 0.98 and not read_otherwise:
                found = self._told(table, item)
                if found is not None:
                    yield found

    def _told(self, table: Examined, item: ColumnFacts) -> Found | None:
        border = self.rare / 100 * item.filled
        common = sum(count >= border for _, count in table.frequent(item.name))
        rare = item.distinct - common
        if rare * _MOST_OF_THEM < item.distinct:
            return None
        return Found(
            self.spec.kind,
            item.name,
            "medium",
            f"{item.name} has {item.distinct:,} values",
            f"{rare:,} of them under {self.rare:g} %" if common else "All of them rare",
            {"values": item.distinct, "rare": rare},
            Fix("Group rare", "group_rare", {"columns": [item.name], "least": self.rare})
            if common
            else drop_column(item.name),
        )
