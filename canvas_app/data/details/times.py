"""A column of dates or times in full: its range, its usual step, and where rows are missing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from canvas_app.base.words import counted
from canvas_app.data.details.bins import counts_between, edges_of
from canvas_app.data.details.column import MOST_TOP, Cells, ColumnDetails, Gap, TimeFacts
from canvas_app.data.details.sorted_values import (
    SHARES,
    count_different,
    most_frequent,
    quantile,
    sorted_values,
)
from canvas_app.data.engine import select

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, Any]

_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_GAPS = 10
_USUAL = 0.5
"""Share of the distances that must be alike for a step to be the usual one."""
_UNITS = (("week", 7 * 86_400), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1))


def time_details(cells: Cells) -> ColumnDetails:
    """Sort the moments, in microseconds, and read everything off them."""
    daily = _is_time_of_day(cells)
    moment = cells.name if daily else f"{cells.name}::TIMESTAMP"
    values = sorted_values(cells, f"epoch_us({moment})", "" if daily else f"AND isfinite({moment})")
    filled = int(cells.raw.execute(select(f"count({cells.name})", cells.source)).fetchall()[0][0])
    found = ColumnDetails(
        cells.info.name,
        cells.info.type,
        cells.rows,
        cells.looked_at,
        blanks=cells.looked_at - filled,
        distinct=count_different(values) + (filled > len(values)),
        top=tuple((_iso(value, cells), count) for value, count in most_frequent(values, MOST_TOP)),
    )
    if not len(values):
        return found
    edges = _edges(values)
    return replace(
        found,
        quantiles=tuple((share, _iso(round(quantile(values, share)), cells)) for share in SHARES),
        edges=edges,
        bins=counts_between(values / _SECOND, edges),
        times=None if daily else _facts(values, cells),
    )


def _facts(values: Array, cells: Cells) -> TimeFacts:
    """Look for a usual step between the moments themselves, else between their days."""
    import numpy as np

    moments = values[np.concatenate(([True], values[1:] != values[:-1]))]
    by_day = np.unique(moments // _DAY) * _DAY
    for kind in (_months(moments), moments, by_day):
        steps = np.diff(kind)
        if len(steps) < 2:
            continue
        distances, counts = np.unique(steps, return_counts=True)
        usual = int(distances[counts.argmax()])
        if counts.max() >= _USUAL * len(steps):
            at = moments if len(kind) == len(moments) else by_day
            return _of_step(at, steps, usual, cells, monthly=kind is not moments and kind is not by_day)
    return TimeFacts("", 0, _largest(moments, np.diff(moments), None, cells))


def _of_step(moments: Array, steps: Array, usual: int, cells: Cells, *, monthly: bool) -> TimeFacts:
    missing = steps // usual - 1
    words = counted(usual, "month") if monthly else _span(usual)
    return TimeFacts(words, int(missing[missing > 0].sum()), _largest(moments, steps, usual, cells))


def _largest(moments: Array, steps: Array, usual: int | None, cells: Cells) -> tuple[Gap, ...]:
    """The widest stretches, of those that are wider than usual."""
    import numpy as np

    order = np.argsort(-steps, kind="stable")[: _GAPS if usual else 3]
    wide = [int(at) for at in order if not usual or steps[at] >= 2 * usual]
    ends = [(_iso(moments[at], cells), _iso(moments[at + 1], cells)) for at in wide]
    missing = [int(steps[at] // usual) - 1 if usual else 0 for at in wide]
    return tuple(Gap(*both, lost) for both, lost in zip(ends, missing, strict=True))


def _months(moments: Array) -> Array:
    """The moments as months since 1970, where all are on the same day of theirs at midnight."""
    import numpy as np

    days = moments.astype("datetime64[us]")
    months = days.astype("datetime64[M]")
    inside = (days - months.astype("datetime64[us]")).astype(np.int64)
    even = len(inside) and bool((inside == inside[0]).all())
    return months.astype(np.int64) if even else np.empty(0, np.int64)


def _edges(values: Array) -> tuple[float, ...]:
    """Borders at whole days where all moments are midnights."""
    seconds = values / _SECOND
    if bool((values % _DAY == 0).all()):
        return tuple(edge * 86_400 for edge in edges_of(values // _DAY, whole=True))
    return edges_of(seconds, whole=False)


def _span(microseconds: int) -> str:
    """A distance in the largest unit that it is a multiple of."""
    seconds, rest = divmod(microseconds, _SECOND)
    if rest:
        return f"{microseconds / _SECOND:g} seconds"
    size, name = next((size, name) for name, size in _UNITS if seconds % size == 0)
    return counted(seconds // size, name)


def _is_time_of_day(cells: Cells) -> bool:
    return cells.info.engine_type.lstrip("!").startswith("time") and "stamp" not in cells.info.engine_type


def _iso(microseconds: int, cells: Cells) -> str:
    """As ISO 8601; midnights as dates, and of years that only the engine knows as well."""
    import numpy as np

    text = str(np.datetime64(int(microseconds), "us"))
    if _is_time_of_day(cells):
        return text[11:].removesuffix(".000000")
    return text[:-16] if text.endswith("T00:00:00.000000") else text.removesuffix(".000000")
