"""What changed since the version before."""

from __future__ import annotations

from collections.abc import Iterator

from canvas_app.base.spec import field
from canvas_app.data.coded import Coded
from canvas_app.data.drift import CLEAR, stability
from canvas_app.data.examined import Examined, examined
from canvas_app.data.finding import Finding, FindingSpec, Found, drop_column


class DriftBetweenVersions(Finding):
    """Columns that are spread differently than in the version before."""

    spec = FindingSpec(
        kind="drift_between_versions",
        title="Drift between versions",
        icon="ph.git-diff",
        clear="no drift since the version before",
        needs="before",
        example={"least": 0.1},
    )

    least: float = field("Stability index from", default=0.1, ge=0.0, le=10.0)

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Columns that came or went, then those that drifted, the most first."""
        if table.before is None:
            return
        with examined(table.before) as before:
            gone = [name for name in before.names if name not in table.schema]
            drifted = self._drifted(before, table)
        for name in gone:
            words = f"{name} was in the version before"
            yield Found(
                self.spec.kind, name, "medium", words, "Flows that name it will say so", {"gone": True}
            )
        for name, index in sorted(drifted.items(), key=lambda item: -item[1]):
            yield Found(
                self.spec.kind,
                name,
                "medium" if index >= CLEAR else "low",
                f"{name} is spread differently than before",
                f"Its stability index is {index:.2f}; above {CLEAR} is a clear difference",
                {"index": index},
                drop_column(name) if name != target else None,
            )

    def _drifted(self, before: Examined, table: Examined) -> dict[str, float]:
        earlier, now = before.coded(), table.coded()
        both = [
            name for name in now if name in earlier and earlier[name].categorical == now[name].categorical
        ]
        indices = {name: stability(earlier[name], now[name]) for name in both if not _names(now[name])}
        return {name: index for name, index in indices.items() if index >= self.least}


def _names(column: Coded) -> bool:
    """Names of rows are new ones in any other rows."""
    return column.categorical and column.distinct > len(column.values) * 0.5
