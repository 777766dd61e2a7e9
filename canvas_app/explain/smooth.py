"""A smooth line through a cloud of dots: local linear regression, the field's LOESS of degree one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

SPAN = 0.4
"""Share of the dots that each piece of the line looks at."""
PLACES = 48


@dataclass(frozen=True)
class Curve:
    """The line as places along x, lowest first, and its height at each."""

    x: tuple[float, ...] = ()
    y: tuple[float, ...] = ()

    @property
    def swing(self) -> float:
        """From the lowest to the highest point."""
        return max(self.y) - min(self.y) if self.y else 0.0


def smooth(x: Any, y: Any) -> Curve:
    """The line through the dots, tricube weighted (Cleveland 1979); none below three places."""
    import numpy as np

    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    distinct = np.unique(x)
    if len(distinct) < 3:
        return Curve()
    places = distinct if len(distinct) <= PLACES else _places(x)
    nearest = max(3, int(SPAN * len(x)))
    heights = [_height(x, y, place, nearest) for place in places]
    return Curve(tuple(map(float, places)), tuple(heights))


def _places(x: Any) -> Any:
    """Half of them evenly along x, half where the dots are."""
    import numpy as np

    low, high = np.quantile(x, [0.005, 0.995])
    evenly = np.linspace(low, high, PLACES // 2)
    among = np.quantile(x, np.linspace(0.005, 0.995, PLACES // 2))
    return np.unique(np.concatenate([evenly, among]))


def _height(x: Any, y: Any, place: float, nearest: int) -> float:
    import numpy as np

    away = np.abs(x - place)
    reach = np.partition(away, nearest - 1)[nearest - 1]
    spread = float(x.max() - x.min())
    reach = max(float(reach), spread * 0.02)
    weight = np.clip(1 - (away / (reach * 1.0001)) ** 3, 0, None) ** 3
    total = weight.sum()
    centre, level = (weight * x).sum() / total, (weight * y).sum() / total
    variance = (weight * (x - centre) ** 2).sum()
    if variance <= 1e-12 * spread**2 * total:
        return float(level)
    slope = (weight * (x - centre) * (y - level)).sum() / variance
    return float(level + slope * (place - centre))
