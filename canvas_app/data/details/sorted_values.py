"""What can be read off values that are sorted: quantiles, different ones, and the most frequent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from canvas_app.data.engine import select

if TYPE_CHECKING:
    import numpy

    from canvas_app.data.details.column import Cells

    Array = numpy.ndarray[Any, Any]

SHARES = (0.0, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 1.0)


def sorted_values(cells: Cells, value: str, rest: str = "") -> Array:
    """What a piece of SQL gives for each cell, without blanks, smallest first and not-a-number last."""
    query = select(f"{value} AS v", cells.source, f"WHERE {cells.name} IS NOT NULL {rest}")
    found: Array = cells.raw.execute(query).to_arrow_table()["v"].to_numpy()
    if not found.flags.writeable:
        found = found.copy()
    found.sort()
    return found


def quantile(values: Array, share: float) -> float:
    """Between its neighbours in proportion (definition 7 of Hyndman and Fan, 1996)."""
    place = share * (len(values) - 1)
    below = int(place)
    low, high = float(values[below]), float(values[min(below + 1, len(values) - 1)])
    part = place - below
    return low * (1 - part) + high * part if part else low


def count_different(values: Array) -> int:
    """How many different values there are."""
    import numpy as np

    return int(np.count_nonzero(values[1:] != values[:-1])) + 1 if len(values) else 0


def most_frequent(values: Array, most: int) -> list[tuple[Any, int]]:
    """The values that come most often, the smaller first where equally often; none where all differ."""
    import numpy as np

    starts = np.flatnonzero(values[1:] != values[:-1]) + 1
    if not len(values) or len(starts) + 1 == len(values) > 1:
        return []
    starts = np.concatenate(([0], starts))
    counts = np.diff(starts, append=len(values))
    if len(counts) > most:
        least = np.partition(counts, -most)[-most]
        chosen = np.concatenate((np.flatnonzero(counts > least), np.flatnonzero(counts == least)[:most]))
    else:
        chosen = np.arange(len(counts))
    chosen = chosen[np.argsort(-counts[chosen], kind="stable")][:most]
    return [(values[starts[at]].item(), int(counts[at])) for at in chosen]
