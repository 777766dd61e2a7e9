"""What changes as time goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from canvas_app.base.spec import field
from canvas_app.data.coded import Coded
from canvas_app.data.drift import CLEAR, stability
from canvas_app.data.examined import Examined
from canvas_app.data.finding import Finding, FindingSpec, Found, drop_column

if TYPE_CHECKING:
    import numpy

_MOMENTS = 10
_ROWS = 100
_ALIKE = 0.95


class DriftOverTime(Finding):
    """Columns that are spread differently in the later half of the time."""

    spec = FindingSpec(
        kind="drift_over_time",
        title="Drift over time",
        icon="ph.trend-up",
        severity="low",
        clear="no drift over time",
        example={"least": 0.25},
    )

    least: float = field("Stability index from", default=0.25, ge=0.0, le=10.0)

    def look(self, table: Examined, target: str) -> Iterator[Found]:
        """Against the column of dates that tells the rows apart best; without one there is no time."""
        columns = table.coded()
        clock = _clock(list(columns.values()))
        if clock is None:
            return
        early, late = _halves(clock.values)
        for name, item in columns.items():
            if name == clock.name or item.type == "time" or _follows(item, clock):
                continue
            index = stability(_part(item, early), _part(item, late))
            if index >= self.least:
                yield Found(
                    self.spec.kind,
                    name,
                    "low" if index < 2 * CLEAR else "medium",
                    f"{name} changes over time",
                    f"Between the halves by {clock.name} its stability index is {index:.2f}",
                    {"index": index, "by": clock.name},
                    drop_column(name) if name != target else None,
                )


def _clock(columns: list[Coded]) -> Coded | None:
    import numpy as np

    days = [item for item in columns if item.type == "time" and item.distinct >= _MOMENTS]
    whole = [item for item in days if np.isnan(item.values).mean() < 0.1 and len(item.values) >= _ROWS]
    return max(whole, key=lambda item: item.distinct, default=None)


def _halves(at: numpy.ndarray[Any, Any]) -> tuple[numpy.ndarray[Any, Any], numpy.ndarray[Any, Any]]:
    import numpy as np

    middle = np.nanmedian(at)
    return at <= middle, at > middle


def _follows(item: Coded, clock: Coded) -> bool:
    """Whether it is but another clock, such as a running number, or names rows."""
    import numpy as np
    from scipy.stats import rankdata

    if item.categorical:
        return item.distinct > len(item.values) * 0.5
    both = ~(np.isnan(item.values) | np.isnan(clock.values))
    if both.sum() < _ROWS or item.distinct < 2:
        return True
    ranks = rankdata(item.values[both]), rankdata(clock.values[both])
    return bool(abs(np.corrcoef(*ranks)[0, 1]) > _ALIKE)


def _part(item: Coded, rows: numpy.ndarray[Any, Any]) -> Coded:
    return replace(item, values=item.values[rows])
