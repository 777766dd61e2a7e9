"""Learns from training rows how columns become features, and says which columns are left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_app.data.schema import ColumnType
from canvas_app.training.text_features import are_codes, is_text, learn_text

if TYPE_CHECKING:
    from canvas_app.runtime.columns import CategoryColumn, EncodedColumn, NumberColumn, TimeColumn
    from canvas_app.runtime.encode import Encoder

MOST_VALUES = 1_000
"""Known values per column; the others count as one."""
MOST_SWITCHES = 50
"""Values of a column that have a switch of their own in linear models."""
_PRIOR_ROWS = 10
"""Rows of the overall mean that are mixed into each value's mean (Micci-Barreca 2001)."""
_DIGITS = 2**20
"""From how many times its spread on a value loses too much in 32 bits."""
_FEWEST_FOR_IDS = 20


@dataclass(frozen=True)
class Fitted:
    """The features as learned, and what a person should know about them."""

    encoder: Encoder
    notes: tuple[str, ...]


class _LeftOut(Exception):
    """A column that can't help, and why."""


def fit_encoder(rows: Any, types: Mapping[str, ColumnType], target: Any) -> Fitted:
    """Learn the features of a ``pyarrow.Table`` of training rows.

    ``types`` are the columns' types on screen. ``target`` holds a number per row (of a category: its
    place), by whose mean values of text columns are put in order for trees.
    """
    from canvas_app.runtime.encode import Encoder

    columns: list[EncodedColumn] = []
    left_out: dict[str, list[str]] = {}
    notes: list[str] = []
    for name in rows.column_names:
        try:
            columns.append(_learn(name, types[name], rows.column(name), target, notes))
        except _LeftOut as reason:
            left_out.setdefault(str(reason), []).append(name)
    notes += [f"Left out, since {reason}: {', '.join(names)}." for reason, names in left_out.items()]
    return Fitted(Encoder(tuple(columns)), tuple(notes))


def _learn(name: str, kind: ColumnType, column: Any, target: Any, notes: list[str]) -> EncodedColumn:
    if column.null_count == len(column):
        raise _LeftOut("there is no value in it")
    if kind == "text":
        return _learn_words(name, column, target)
    if kind == "time":
        return _learn_time(name, column)
    if kind in ("number", "whole", "switch"):
        return _learn_numbers(name, kind, column, notes)
    raise _LeftOut("models can't read its type")


def _learn_numbers(name: str, kind: ColumnType, column: Any, notes: list[str]) -> NumberColumn:
    import numpy as np

    from canvas_app.runtime import cells

    infinite = cells.infinities(column)
    if infinite:
        notes.append(f"{infinite:,} infinite values of {name} in the training rows count as blank.")
    values = cells.numbers(column)
    known = values[~np.isnan(values)]
    if not len(known):
        raise _LeftOut("there is no value in it")
    if kind == "whole" and _names_rows(known, len(values)):
        raise _LeftOut("it only numbers the rows")
    return number_column(name, values)


def number_column(name: str, values: Any) -> NumberColumn:
    """What is learned about numbers with NaN for blanks; raises if they are all the same."""
    import numpy as np

    from canvas_app.runtime.columns import NumberColumn

    known = values[~np.isnan(values)]
    blanks = len(known) < len(values)
    low, high = float(known.min()), float(known.max())
    if low == high and not blanks:
        raise _LeftOut("it has the same value in every training row")
    median = float(np.median(known))
    spread = float(known.std()) or 1.0
    filled = np.where(np.isnan(values), median, values)
    large = max(abs(low), abs(high)) > _DIGITS * spread
    return NumberColumn(
        name=name,
        median=median,
        mean=float(filled.mean()),
        scale=float(filled.std()) or 1.0,
        blanks=blanks,
        offset=float(np.round(median)) if large else 0.0,
    )


def _names_rows(known: Any, rows: int) -> bool:
    """Whether whole numbers are all different, one per row, and stand close together, as row numbers do."""
    import numpy as np

    if len(known) < rows or rows < _FEWEST_FOR_IDS or known.max() - known.min() > 4 * rows:
        return False
    return len(np.unique(known)) == rows


def _learn_time(name: str, column: Any) -> TimeColumn:
    import numpy as np

    from canvas_app.runtime import cells
    from canvas_app.runtime.columns import TimeColumn, part_of

    days = cells.days(column)
    known = days[~np.isnan(days)]
    if not len(known):
        raise _LeftOut("there is no value in it")
    parts, numbers = [], []
    for part in ("days", "year", "month", "day", "weekday", "hour"):
        values = part_of(days, part)
        if len(np.unique(values[~np.isnan(values)])) > 1:
            parts.append(part)
            numbers.append(number_column(name, values))
    if not parts:
        raise _LeftOut("it has the same value in every training row")
    return TimeColumn(name, tuple(parts), tuple(numbers))


def _learn_words(name: str, column: Any, target: Any) -> EncodedColumn:
    import pyarrow.compute as pc

    from canvas_app.runtime import cells

    words = cells.texts(column)
    counted = pc.value_counts(words.drop_null())
    filled, distinct = len(words) - words.null_count, len(counted)
    if distinct == 1 and filled == len(words):
        raise _LeftOut("it has the same value in every training row")
    if distinct == filled >= _FEWEST_FOR_IDS and are_codes(words):
        raise _LeftOut("it has another value in every row")
    if is_text(words, distinct):
        found = learn_text(name, words)
        if found is not None:
            return found
    if distinct == filled and filled >= _FEWEST_FOR_IDS:
        raise _LeftOut("it has another value in every row")
    return _learn_categories(name, words, counted, target)


def _learn_categories(name: str, words: Any, counted: Any, target: Any) -> CategoryColumn:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from canvas_app.runtime.columns import CategoryColumn

    counts = counted.field("counts").to_numpy()
    values = np.array(counted.field("values").to_pylist(), dtype=object)
    order = np.lexsort((values, -counts))
    fewest = max(2, min(10, len(words) // 100))
    order = order[: max(1, min(MOST_VALUES, int((counts >= fewest).sum())))]
    known = [str(value) for value in values[order]]
    places = np.array(pc.index_in(words, value_set=pa.array(known, pa.string())).fill_null(len(known)))
    filled = ~np.asarray(pc.is_null(words))
    ranks = _ranked_by_target(places[filled], target[filled], len(known) + 1)
    return CategoryColumn(
        name=name,
        values=tuple(known),
        codes=tuple(ranks[:-1]),
        other=ranks[-1],
        shown=min(MOST_SWITCHES, len(known)),
    )


def _ranked_by_target(places: Any, target: Any, count: int) -> list[float]:
    """The rank of each value by the mean of the target, drawn towards the overall mean where rows are few."""
    import numpy as np

    rows = np.bincount(places, minlength=count)
    sums = np.bincount(places, weights=target, minlength=count)
    overall = float(target.mean()) if len(target) else 0.0
    means = (sums + _PRIOR_ROWS * overall) / (rows + _PRIOR_ROWS)
    ranks = np.empty(count)
    ranks[np.argsort(means, kind="stable")] = np.arange(count)
    return [float(rank) for rank in ranks]
