"""Columns that give the target away."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.data.examined import Examined
from canvas_app.data.finding import Finding, FindingSpec, Found, drop_column
from canvas_app.data.prediction import SURE_LEAK, leaks, powers, target_in


class LeakingColumn(Finding):
    """Columns that predict the target all but alone, so perhaps known only after it."""

    spec = FindingSpec(
        kind="leaking_column",
        title="Leaking columns",
        icon="ph.warning",
        severity="high",
        clear="no leaking columns",
        needs="target",
        heavy=True,
        example={"least": 30},
    )

    least: int = field("In at least", default=30, ge=10, le=10_000, unit="rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """The strongest first, by its cross-validated score alone."""
        known = target_in(table, target)
        if known is None or len(known.rows) < self.least:
            return
        reached = powers(table, target)
        for name in sorted(leaks(table, target), key=lambda name: -reached[name]):
            sure = reached[name] >= SURE_LEAK[known.score]
            yield Found(
                self.spec.kind,
                name,
                "high" if sure else "medium",
                f"{name} {'leaks the target' if sure else 'may leak the target'}",
                f"Its {known.score} alone is {reached[name]:.3f}",
                {"score": known.score, "alone": reached[name], "rows": len(known.rows)},
                drop_column(name),
            )
