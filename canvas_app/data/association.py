"""How strongly two columns go together: one number for every pair of types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

_MOST_PARTS = 16


def pearson(one: Array, other: Array) -> float:
    """Product-moment correlation of Pearson (1895), -1 to 1: how well a straight line fits."""
    import numpy as np

    left, right = one - one.mean(), other - other.mean()
    size = float(np.sqrt((left @ left) * (right @ right)))
    return min(1.0, max(-1.0, float(left @ right) / size)) if size > 0 else 0.0


def spearman(one: Array, other: Array) -> float:
    """Rank correlation of Spearman (1904), -1 to 1: whether one rises where the other does."""
    from scipy.stats import rankdata

    return pearson(rankdata(one), rankdata(other))


def cramers_v(one: Array, other: Array) -> float:
    """Cramér's V (1946) of two codes with the bias correction of Bergsma (2013), 0 to 1."""
    import numpy as np

    table = contingency(one, other)
    rows = table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / rows
    phi2 = float(((table - expected) ** 2 / expected).sum() / rows)
    height, width = table.shape
    phi2 = max(0.0, phi2 - (height - 1) * (width - 1) / (rows - 1))
    height, width = (size - (size - 1) ** 2 / (rows - 1) for size in (height, width))
    least = min(height, width) - 1
    return min(1.0, (phi2 / least) ** 0.5) if least > 0 else 0.0


def correlation_ratio(codes: Array, numbers: Array) -> float:
    """Correlation ratio of Pearson (1905) as corrected by Kelley (1935), 0 to 1.

    The square root of the share of the numbers' variance that lies between the categories.
    """
    import numpy as np

    places = codes.astype(int)
    counts = np.bincount(places)
    rows, groups = len(numbers), int((counts > 0).sum())
    away = numbers - numbers.mean()
    total = float(away @ away)
    if total <= 0 or rows <= groups:
        return 0.0
    means = np.bincount(places, away) / np.maximum(1, counts)
    within = max(0.0, total - float(counts @ means**2))
    return float(max(0.0, 1 - (within / (rows - groups)) / (total / (rows - 1))) ** 0.5)


def mutual_information(one: Array, other: Array) -> float:
    """Mutual information of two codes over the smaller entropy (Shannon, 1948), 0 to 1.

    Less what chance alone would give (Miller, 1955): 1 where one column tells the other.
    """
    import numpy as np

    table = contingency(one, other)
    rows = table.sum()
    left, right = table.sum(axis=1) / rows, table.sum(axis=0) / rows
    both = table / rows
    there = both > 0
    shared = float((both[there] * np.log(both[there] / np.outer(left, right)[there])).sum())
    least = min(float(-(part * np.log(part)).sum()) for part in (left, right))
    if least <= 0 or shared >= least * (1 - 1e-9):
        return float(least > 0)
    chance = (len(left) - 1) * (len(right) - 1) / (2 * rows)
    return float(max(0.0, shared - chance) / least)


def parts(numbers: Array) -> Array:
    """Numbers as codes of equally frequent parts, for what only counts."""
    import numpy as np

    wanted = min(_MOST_PARTS, max(2, round(len(numbers) ** (1 / 3))))
    borders = np.unique(np.quantile(numbers, np.linspace(0, 1, wanted + 1)[1:-1]))
    return np.searchsorted(borders, numbers, side="right").astype(float)


def contingency(one: Array, other: Array) -> Array:
    """How often each pair of codes comes; only codes that come at all have a row or a column."""
    import numpy as np

    height, width = int(one.max()) + 1, int(other.max()) + 1
    places = one.astype(int) * width + other.astype(int)
    counted = np.bincount(places, minlength=height * width).reshape(height, width).astype(float)
    table: Array = counted[counted.any(axis=1)][:, counted.any(axis=0)]
    return table
