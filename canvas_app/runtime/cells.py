"""Cells of an Arrow column as plain arrays: numbers with NaN for blanks, or texts."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

FEW = 16
"""Rows up to which going cell by cell is faster than asking Arrow."""


def numbers(column: Any) -> np.ndarray:
    """The column as 64-bit floats of its own; blanks and infinities are NaN, switches 0 and 1."""
    if len(column) <= FEW:
        values = np.array([_number(cell) for cell in column.to_pylist()], dtype=np.float64)
    elif kinds.is_boolean(column.type):
        values = np.array(pc.cast(column, pa.int8()).to_numpy(zero_copy_only=False), dtype=np.float64)
    elif kinds.is_null(column.type):
        return np.full(len(column), np.nan)
    else:
        values = np.array(pc.cast(_plain(column), pa.float64(), safe=False), dtype=np.float64)
    return np.where(np.isfinite(values), values, np.nan)


def infinities(column: Any) -> int:
    """How many cells of a number column are infinite."""
    if not kinds.is_floating(column.type):
        return 0
    return int(pc.sum(pc.is_inf(column)).as_py() or 0)


def texts(column: Any) -> Any:
    """The column as an Arrow array of texts; what isn't text is written as Arrow writes it."""
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):  # of several pieces that can't be one
        whole = pa.concat_arrays(whole.chunks)
    if kinds.is_string(whole.type):
        return whole
    if kinds.is_nested(whole.type) or kinds.is_binary(whole.type):
        return pa.array([None if cell is None else str(cell) for cell in whole.to_pylist()], pa.string())
    return pc.cast(whole, pa.string())


def days(column: Any) -> np.ndarray:
    """Times as days since 1970 with fractions (of times of day: since midnight); blanks are NaN."""
    kind = column.type
    if kinds.is_time(kind):
        unit = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}[kind.unit]
        whole = pc.cast(column, pa.int32() if kind.bit_width == 32 else pa.int64())
        return numbers(pc.cast(whole, pa.float64())) / (unit * 86_400)
    if kinds.is_timestamp(kind) or kinds.is_date(kind):
        moments = pc.cast(pc.cast(column, pa.timestamp("us"), safe=False), pa.int64())
        return numbers(pc.cast(moments, pa.float64(), safe=False)) / 86_400e6
    return np.full(len(column), np.nan)


def _number(cell: Any) -> float:
    try:
        return np.nan if cell is None else float(cell)
    except (TypeError, ValueError, OverflowError):
        return float("nan")


def _plain(column: Any) -> Any:
    if kinds.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    if kinds.is_string(column.type) or kinds.is_temporal(column.type) or kinds.is_nested(column.type):
        return pa.array([_number(cell) for cell in column.to_pylist()], pa.float64())
    return column
