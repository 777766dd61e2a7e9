"""A column of numbers in full: the values are sorted once, and all is read off them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from canvas_app.data.details.bins import counts_between, edges_of
from canvas_app.data.details.column import MOST_TOP, Cells, ColumnDetails, NumberFacts, Outliers
from canvas_app.data.details.sorted_values import (
    SHARES,
    count_different,
    most_frequent,
    quantile,
    sorted_values,
)

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

_FENCE = 1.5
_DEVIATIONS = 3.0
_CHUNK = 1_000_000
_EXACT_TYPES = {f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)} | {"float32", "float64"}


def number_details(cells: Cells) -> ColumnDetails:
    """Sort the values and read everything off them."""
    import numpy as np

    exact = cells.info.engine_type.lstrip("!") in _EXACT_TYPES
    values = sorted_values(cells, cells.name if exact else f"{cells.name}::DOUBLE")
    if values.dtype.kind == "f":
        values = values[: np.searchsorted(values, np.nan, side="left")]
    found = ColumnDetails(
        cells.info.name,
        cells.info.type,
        cells.rows,
        cells.looked_at,
        blanks=cells.looked_at - len(values),
        distinct=count_different(values),
        top=tuple((value, count) for value, count in most_frequent(values, MOST_TOP)),
    )
    finite = _finite(values)
    if not len(finite):
        return found
    edges = edges_of(finite, whole=cells.info.type == "whole")
    return replace(
        found,
        quantiles=tuple((share, _plain(finite, share)) for share in SHARES),
        edges=edges,
        bins=counts_between(finite, edges),
        numbers=_facts(finite, infinite=len(values) - len(finite)),
    )


def _facts(values: Array, *, infinite: int) -> NumberFacts:
    import numpy as np

    mean, deviation, skew = _moments(values)
    below_zero, up_to_zero = (int(np.searchsorted(values, 0, side=side)) for side in ("left", "right"))
    return NumberFacts(
        mean=mean,
        deviation=deviation,
        skew=skew,
        zeros=up_to_zero - below_zero,
        negative=below_zero,
        infinite=infinite,
        outliers=_outliers(values, mean, deviation),
    )


def _outliers(values: Array, mean: float, deviation: float | None) -> Outliers:
    """Beyond the fences of Tukey (1977); where half of the values are alike, beyond three deviations."""
    import numpy as np

    quarter, three = quantile(values, 0.25), quantile(values, 0.75)
    if three > quarter:
        reach = _FENCE * (three - quarter)
        below, above = quarter - reach, three + reach
        rule = "more than 1.5 interquartile ranges beyond the quartiles"
    else:
        reach = _DEVIATIONS * (deviation or 0.0)
        below, above = mean - reach, mean + reach
        rule = "more than 3 standard deviations from the mean"
    slack = 1e-12 * max(abs(below), abs(above))
    low = int(np.searchsorted(values, below - slack, side="left"))
    high = len(values) - int(np.searchsorted(values, above + slack, side="right"))
    return Outliers(low + high, below, above, rule)


def _moments(values: Array) -> tuple[float, float | None, float | None]:
    """Mean, deviation (n - 1) and skew (G1); scaled, so that no power overflows."""
    import numpy as np

    scale = max(abs(float(values[0])), abs(float(values[-1]))) or 1.0
    count = len(values)
    mean = sum(float((part / scale).sum()) for part in _parts(values)) / count
    second = third = 0.0
    for part in _parts(values):
        away = part / scale - mean
        squares = away * away
        second += float(squares.sum())
        third += float(np.dot(squares, away))
    deviation = math.sqrt(second / (count - 1)) if count > 1 else None
    skew = None
    if count > 2 and deviation is not None and deviation > 1e-13:
        g1 = (third / count) / (second / count) ** 1.5
        skew = g1 * math.sqrt(count * (count - 1)) / (count - 2)
    return mean * scale, None if deviation is None else deviation * scale, skew


def _parts(values: Array) -> list[Array]:
    """Doubles, a piece that fits the processor's cache at a time."""
    import numpy as np

    return [values[at : at + _CHUNK].astype(np.float64) for at in range(0, len(values), _CHUNK)]


def _finite(values: Array) -> Array:
    import numpy as np

    if values.dtype.kind != "f":
        return values
    first, last = np.searchsorted(values, -np.inf, "right"), np.searchsorted(values, np.inf, "left")
    part: Array = values[first:last]
    return part


def _plain(values: Array, share: float) -> float | int:
    """The ends as they are, so that long whole numbers keep all digits."""
    if share in (0.0, 1.0):
        end: float | int = values[0 if share == 0.0 else -1].item()
        return end
    return quantile(values, share)
