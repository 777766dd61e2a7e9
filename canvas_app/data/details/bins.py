"""Borders of histograms at round numbers, so that a part of one can be named and chosen."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

FEWEST, MOST = 8, 64
_DIFFERENT = 1000
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def edges_of(values: numpy.ndarray[Any, Any], *, whole: bool) -> tuple[float, ...]:
    """Round borders around sorted finite values, as many as they are worth (Freedman and Diaconis, 1981).

    A part holds its lower border and not its upper one; whole numbers that are few stand mid in parts of 1.
    """
    import numpy as np

    if not len(values):
        return ()
    low, high = float(values[0]), float(values[-1])
    if not math.isfinite(high - low):
        return _around(low, high)
    grid = 1.0 if whole else _grid(values)
    if grid and high - low < (MOST - 0.5) * grid:
        return _tidy((np.arange(round((high - low) / grid) + 2) - 0.5) * grid + low)
    if not low < high:
        return _around(low, high)
    step = round_step(low, high, _parts(values))
    if grid:
        step = max(1, math.floor(step / grid + 1e-9)) * grid
    first = math.floor(low / step)
    count = math.floor(high / step) - first + 1
    edges = (first + np.arange(count + 1)) * step
    return _tidy(edges) if np.all(np.diff(edges) > 0) else _around(low, high)


def counts_between(values: numpy.ndarray[Any, Any], edges: tuple[float, ...]) -> tuple[int, ...]:
    """How many of sorted values lie in each part; what equals the last border belongs to the last part."""
    import numpy as np

    if not edges:
        return ()
    places = np.searchsorted(values, np.asarray(edges), side="left")
    places[-1] = len(values)
    return tuple(np.diff(places).tolist())


def values_of(edges: tuple[float, ...], low: float) -> tuple[float, ...]:
    """The one value that each part stands for, ``low`` being the smallest; none where parts are stretches."""
    if len(edges) < 2 or abs((edges[0] + edges[1]) / 2 - low) > 1e-9 * max(1.0, abs(low)):
        return ()
    return tuple(float(f"{(start + end) / 2:.12g}") for start, end in pairwise(edges))


def round_step(low: float, high: float, parts: float) -> float:
    """The smallest of 1, 2, 2.5 and 5 times a power of ten that makes about so many parts at most."""
    rough = (high - low) / parts
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))


def _parts(values: numpy.ndarray[Any, Any]) -> float:
    quarter, three = (float(values[int(share * (len(values) - 1))]) for share in (0.25, 0.75))
    width = 2 * (three - quarter) / len(values) ** (1 / 3)
    parts = (float(values[-1]) - float(values[0])) / width if width > 0 else MOST
    return min(MOST, max(FEWEST, parts))


def _grid(values: numpy.ndarray[Any, Any]) -> float:
    """The distance that all values are whole multiples of from each other, where they are few; else 0."""
    import numpy as np

    starts = np.flatnonzero(values[1:] != values[:-1]) + 1
    if not 1 <= len(starts) < _DIFFERENT:
        return 0.0
    away = values[starts].astype(float) - float(values[0])
    step = float(np.diff(away, prepend=0.0).min())
    if step <= 0:
        return 0.0
    places = away / step
    return step if bool((np.abs(places - np.round(places)) < 1e-6 * np.maximum(1, places)).all()) else 0.0


def _tidy(edges: numpy.ndarray[Any, Any]) -> tuple[float, ...]:
    """Without the dust of binary fractions."""
    return tuple(float(f"{edge:.12g}") for edge in edges.tolist())


def _around(low: float, high: float) -> tuple[float, ...]:
    """One part for all; of a single value a little around it."""
    if low < high:
        return (low, high)
    reach = max(0.5, abs(low) * 1e-6)
    return (low - reach, low + reach)
