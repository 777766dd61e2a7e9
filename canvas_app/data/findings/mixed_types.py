"""Columns that hold things of several sorts."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.examined import ColumnFacts, Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found
from canvas_app.data.reads_as import MOSTLY


class MixedTypes(Finding):
    """Text columns of which a part reads as numbers or as dates."""

    spec = FindingSpec(
        kind="mixed_types",
        title="Mixed types",
        icon="ph.shuffle",
        clear="no mixed types",
        example={"least": 20.0},
    )

    least: float = field("A part counts from", default=20.0, ge=0.0, le=50.0, unit="% of the texts")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Where a good part, but not nearly all, reads as something else."""
        del target
        for item in table.facts.values():
            if item.type != "text" or not item.filled or item.is_prose or item.codes:
                continue
            for kind, count in (
                ("numbers", item.numbers),
                ("dates", item.dates - min(item.numbers, item.dates)),
            ):
                share = count / item.filled
                if self.least / 100 <= share < MOSTLY:
                    yield self._told(item, kind, count)

    def _told(self, item: ColumnFacts, kind: str, count: int) -> Found:
        others = item.filled - count
        to = "number" if kind == "numbers" else "date"
        return Found(
            self.spec.kind,
            item.name,
            "medium",
            f"{item.name} mixes {kind} and texts",
            f"{count:,} {kind}, {counted(others, 'other text')}, which would become blank",
            {kind: count, "others": others},
            Fix(f"Turn into {kind}", "change_type", {"columns": [item.name], "to": to}),
        )
