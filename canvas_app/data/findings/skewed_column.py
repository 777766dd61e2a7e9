"""Numbers with a long tail."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.data.examined import ColumnFacts, Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found

_FEW = 20


class SkewedColumn(Finding):
    """Number columns in which a few values are very much larger than most."""

    spec = FindingSpec(
        kind="skewed_column",
        title="Skewed columns",
        icon="ph.trend-down",
        severity="low",
        clear="no skewed columns",
        example={"least": 2.0},
    )

    least: float = field("Skewness from", default=2.0, ge=0.5, le=100.0)

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """The most skewed first."""
        facts = [item for item in table.facts.values() if item.skew is not None and item.distinct > _FEW]
        facts = [item for item in facts if item.name != target and abs(item.skew or 0.0) >= self.least]
        for item in sorted(facts, key=lambda item: -abs(item.skew or 0.0)):
            skew = item.skew or 0.0
            yield Found(
                self.spec.kind,
                item.name,
                "low",
                f"{item.name} has a long tail",
                f"Its skewness is {skew:.1f}: most values are {'small' if skew > 0 else 'large'}, few very "
                f"{'large' if skew > 0 else 'small'}",
                {"skewness": skew},
                Fix("Take logarithm", "transform_number", {"columns": [item.name], "using": _scale(item)}),
            )


def _scale(item: ColumnFacts) -> str:
    positive = (item.low or 0.0) >= 0 and (item.skew or 0.0) > 0
    return "log" if positive else "signed log"
