"""Rows unlike all others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data.coded import Coded
from canvas_app.data.examined import Examined
from canvas_app.data.finding import Finding, FindingSpec, Fix, Found

if TYPE_CHECKING:
    import numpy

_MOST = 100
_MOST_ROWS = 200
_ISOLATED = 0.7


class OutlierRows(Finding):
    """Rows whose values are unusual together, by an isolation forest."""

    spec = FindingSpec(
        kind="outlier_rows",
        title="Unusual rows",
        icon="ph.rows",
        severity="low",
        clear="no unusual rows",
        heavy=True,
        example={"deviations": 6.0},
    )

    deviations: float = field("Farther than", default=6.0, ge=2.0, le=50.0, unit="robust deviations")
    least: int = field("In at least", default=100, ge=20, le=10_000, unit="rows")

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Rows that are isolated far sooner than the median row (Liu and others, 2008)."""
        columns = [item for name, item in table.coded().items() if name != target and item.distinct > 1]
        columns = [item for item in columns if not item.categorical][:_MOST]
        if len(columns) < 2 or len(columns[0].values) < self.least:
            return
        scores = _isolation(columns)
        rows = self._far(scores)
        if not rows:
            return
        names, fingerprints = table.fingerprints(rows)
        yield Found(
            self.spec.kind,
            "",
            "low",
            counted(len(rows), "unusual row"),
            f"Of {counted(len(scores), 'row')} looked at, by {counted(len(columns), 'column')} together",
            {"rows": len(rows), "looked_at": len(scores)},
            Fix("Leave out rows", "leave_out_rows", {"columns": names, "rows": " ".join(fingerprints)}),
        )

    def _far(self, scores: numpy.ndarray[Any, Any]) -> list[int]:
        """The most isolated first, 200 at most."""
        import numpy as np

        middle = float(np.median(scores))
        spread = float(np.median(np.abs(scores - middle))) * 1.4826
        border = max(_ISOLATED, middle + self.deviations * spread)
        ranked = np.argsort(-scores, kind="stable")
        return [int(at) for at in ranked[:_MOST_ROWS] if scores[at] > border]


def _isolation(columns: list[Coded]) -> numpy.ndarray[Any, Any]:
    """How soon each row is isolated: about 0.5 for usual ones, towards 1 for others."""
    import numpy as np
    from sklearn.ensemble import IsolationForest

    ranked = [np.where(np.isnan(item.values), np.nanmedian(item.values), item.values) for item in columns]
    matrix = np.stack([(part - np.median(part)) / (part.std() or 1.0) for part in ranked], axis=1)
    forest = IsolationForest(n_estimators=100, random_state=0).fit(matrix.astype("float32"))
    return np.asarray(-forest.score_samples(matrix.astype("float32")))
