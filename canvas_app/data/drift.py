"""How differently a column is spread in two lots of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from canvas_app.data.coded import Coded

if TYPE_CHECKING:
    import numpy

CLEAR = 0.25
"""The stability index from which two lots clearly differ."""
_BINS = 10
_LEAST = 1e-4
"""A share of nothing counts as this much, since its logarithm has no end."""
_TOP = 30


def stability(first: Coded, second: Coded) -> float:
    """The population stability index: below 0.1 alike, above 0.25 clearly different.

    The sum over parts of (p - q) ln(p / q); parts are tenths of the first lot, or its 30 most frequent
    categories, with blanks and whatever else as parts of their own.
    """
    import numpy as np

    shares = _of_categories(first, second) if first.categorical else _of_numbers(first.values, second.values)
    before, after = (np.maximum(part / max(1, part.sum()), _LEAST) for part in shares)
    return float(((after - before) * np.log(after / before)).sum())


def _of_numbers(
    first: numpy.ndarray[Any, Any], second: numpy.ndarray[Any, Any]
) -> tuple[numpy.ndarray[Any, Any], numpy.ndarray[Any, Any]]:
    import numpy as np

    known = first[~np.isnan(first)]
    inner = np.unique(np.quantile(known, np.linspace(0, 1, _BINS + 1)[1:-1])) if len(known) else np.array([])

    def count(values: numpy.ndarray[Any, Any]) -> numpy.ndarray[Any, Any]:
        there = values[~np.isnan(values)]
        counted = np.bincount(np.searchsorted(inner, there, side="left"), minlength=len(inner) + 1)
        return np.append(counted, len(values) - len(there)).astype(float)

    return count(first), count(second)


def _of_categories(first: Coded, second: Coded) -> tuple[numpy.ndarray[Any, Any], numpy.ndarray[Any, Any]]:
    import numpy as np

    kept = first.labels[:_TOP]

    def count(column: Coded) -> numpy.ndarray[Any, Any]:
        known = column.values[~np.isnan(column.values)].astype(int)
        by_code = np.bincount(known, minlength=len(column.labels))
        by_label = dict(zip(column.labels, by_code, strict=False))
        counted = [float(by_label.get(label, 0)) for label in kept]
        return np.array([*counted, len(known) - sum(counted), len(column.values) - len(known)])

    return count(first), count(second)
