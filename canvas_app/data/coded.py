"""Columns as numbers, blanks as not-a-number, for what reckons with rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_app.data.schema import ColumnInfo, ColumnType

if TYPE_CHECKING:
    import numpy
    import pyarrow

MOST_CODES = 250
"""Categories that keep a code of their own; the rarer ones share the last, as trees take no more."""


@dataclass(frozen=True)
class Coded:
    """A column of a sample: numbers and times as they are, categories by their rank, most frequent 0."""

    name: str
    type: ColumnType
    values: numpy.ndarray[Any, Any]
    """Doubles; not-a-number where blank."""
    labels: tuple[str, ...] = ()
    """Of categories: the words of the codes."""
    distinct: int = 0

    @property
    def categorical(self) -> bool:
        """Whether the numbers are codes."""
        return self.type in ("text", "switch")

    @property
    def codes(self) -> numpy.ndarray[Any, Any]:
        """The values with all rare categories under one code."""
        import numpy as np

        return np.minimum(self.values, MOST_CODES - 1) if self.categorical else self.values


def coded(columns: Sequence[ColumnInfo], table: pyarrow.Table) -> Mapping[str, Coded]:
    """The columns of a sample, which come in the same order in both."""
    arrays = table.columns[: len(columns)] if columns else []
    return {info.name: _coded(info, array) for info, array in zip(columns, arrays, strict=True)}


def _coded(info: ColumnInfo, array: Any) -> Coded:
    import numpy as np
    import pyarrow as pa

    if info.type in ("text", "switch"):
        return _categories(info, array.cast(pa.string()))
    if info.type == "time":
        values = _seconds(array)
    else:
        values = array.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False).astype(float)
    values = np.where(np.abs(values) < 1e90, values, np.nan)
    return Coded(info.name, info.type, values, distinct=len(np.unique(values[~np.isnan(values)])))


def _categories(info: ColumnInfo, texts: Any) -> Coded:
    import numpy as np
    import pyarrow.compute as pc

    counted = pc.value_counts(texts).to_pylist()
    ranked = sorted(
        (item for item in counted if item["values"] not in (None, "")),
        key=lambda item: (-item["counts"], item["values"]),
    )
    labels = tuple(str(item["values"]) for item in ranked)
    ranks = {label: float(rank) for rank, label in enumerate(labels)}
    values = np.array([ranks.get(text, np.nan) for text in texts.to_pylist()], dtype=float)
    return Coded(info.name, info.type, values, labels, len(labels))


def _seconds(array: Any) -> numpy.ndarray[Any, Any]:
    import numpy as np
    import pyarrow as pa

    if pa.types.is_time(array.type):
        whole = array.cast(pa.time64("us")).cast(pa.int64())
    else:
        whole = array.cast(pa.timestamp("us")).cast(pa.int64())
    values = whole.to_numpy(zero_copy_only=False).astype(float)
    return np.asarray(values / 1e6)
