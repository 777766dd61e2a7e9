"""Cells that hold nothing."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.examined import ColumnFacts, Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found, Severity, drop_column
from canvas_app.data.shares import percent


class Blanks(Finding):
    """Columns in which cells are blank."""

    spec = FindingSpec(
        kind="blanks",
        title="Blanks",
        icon="ph.drop",
        severity="high",
        clear="no blanks",
        example={"mostly": 60.0},
    )

    mostly: float = field("A column is mostly blank from", default=60.0, ge=0.0, le=100.0, unit="%")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Every column with blanks but the target, the emptiest first."""
        facts = (item for item in table.facts.values() if item.blanks and item.name != target)
        for item in sorted(facts, key=lambda item: -item.blank_share):
            yield Found(
                self.spec.kind,
                item.name,
                self._severity(item),
                f"{percent(item.blank_share)} blanks in {item.name}"
                if item.filled
                else f"{item.name} is empty",
                f"{counted(item.blanks, 'row')} of {item.rows:,}",
                {"blanks": item.blanks, "rows": item.rows, "share": item.blank_share},
                self._fix(item),
            )

    def _severity(self, item: ColumnFacts) -> Severity:
        share = item.blank_share * 100
        return "high" if share >= self.mostly else "medium" if share >= 5 else "low"

    def _fix(self, item: ColumnFacts) -> Fix:
        if item.blank_share * 100 >= self.mostly or item.type in ("other", "time"):
            return (
                drop_column(item.name)
                if item.type != "time" or not item.filled
                else leave_out_blanks(item.name)
            )
        using = "median" if item.is_number else "most frequent"
        return Fix("Fill missing", "fill_missing", {"columns": [item.name], "using": using})


def leave_out_blanks(name: str) -> Fix:
    """The step that leaves rows without a value out."""
    condition = {"column": name, "operator": "is not blank", "value": ""}
    return Fix("Leave out rows", "filter_rows", {"conditions": [condition]})
