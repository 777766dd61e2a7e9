"""Columns that tell nothing."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.data.examined import ColumnFacts, Examined
from canvas_app.data.finding import Finding, FindingSpec, Found, drop_column
from canvas_app.data.shares import percent


class ConstantColumn(Finding):
    """Columns with the same value in all rows, or in nearly all."""

    spec = FindingSpec(
        kind="constant_column",
        title="Constant columns",
        icon="ph.equals",
        clear="no constant columns",
        example={"nearly": 99.5},
    )

    nearly: float = field("Nearly constant is from", default=99.5, ge=50.0, le=100.0, unit="% of the rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Constant columns first, then those that are nearly so."""
        facts = [
            item for item in table.facts.values() if item.filled and item.name != target and item.rows > 1
        ]
        for item in facts:
            if item.distinct == 1 and not item.blanks:
                yield self._told(item, item.rows)
        for item in facts:
            if 1 < item.distinct <= item.rows * 0.05 and item.rows >= 200:
                most = table.frequent(item.name)[0][1]
                if most * 100 >= self.nearly * item.rows:
                    yield self._told(item, most)

    def _told(self, item: ColumnFacts, rows: int) -> Found:
        all_rows = rows == item.rows
        share = rows / item.rows
        return Found(
            self.spec.kind,
            item.name,
            "medium" if all_rows else "low",
            f"{item.name} is {'the same in every row' if all_rows else 'nearly always the same'}",
            "It tells nothing apart" if all_rows else f"One value in {percent(share)} of the rows",
            {"rows": rows, "share": share, "values": item.distinct},
            drop_column(item.name),
        )
