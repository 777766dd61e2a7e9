"""Rows that come again."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.examined import Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found
from canvas_app.data.shares import percent


class DuplicateRows(Finding):
    """Rows that are equal to another in every column."""

    spec = FindingSpec(
        kind="duplicate_rows",
        title="Duplicate rows",
        icon="ph.copy-simple",
        severity="high",
        clear="no duplicate rows",
        example={"many": 10.0},
    )

    many: float = field("Many are from", default=10.0, ge=0.0, le=100.0, unit="% of the rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """How many rows are there already above."""
        del target
        again = table.repeated_rows
        if not again:
            return
        share = again / table.all_rows
        few_columns = len(table.schema) < 3
        yield Found(
            self.spec.kind,
            "",
            "low" if few_columns else "high" if share * 100 >= self.many else "medium",
            counted(again, "duplicate row"),
            f"{percent(share)} of the table",
            {"rows": again, "share": share},
            Fix("Drop duplicates", "drop_duplicates", {"by": "all"}),
        )
