"""Rows to prove a bundle with: drawn by chance from what the contract says, so none is a real one."""

from __future__ import annotations

import random
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from canvas_app.runtime.contract import Contract, InputColumn

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 20
_BLANK_SHARE = 0.05


def draw_examples(contract: Contract, seed: int = 0) -> pa.Table:
    """The same rows for the same contract; the first is the typical row, a few cells are blank."""
    import pyarrow as pa

    chance = random.Random(seed)
    rows = [{item.name: _typical(item) for item in contract.columns}]
    rows += [{item.name: _cell(item, chance) for item in contract.columns} for _ in range(ROWS - 1)]
    types = [pa.field(item.name, _arrow_type(item)) for item in contract.columns]
    arrays = [pa.array([row[field.name] for row in rows], field.type) for field in types]
    return pa.Table.from_arrays(arrays, schema=pa.schema(types))


def _cell(item: InputColumn, chance: random.Random) -> Any:
    if chance.random() < _BLANK_SHARE:
        return None
    if item.categories:
        return _as_type(item, chance.choice(item.categories))
    if item.type == "switch":
        return chance.random() < 0.5
    if item.type in ("number", "whole") and item.low is not None and item.high is not None:
        drawn = chance.uniform(item.low, item.high)
        return round(drawn) if item.type == "whole" else float(f"{drawn:.6g}")
    return _typical(item)


def _typical(item: InputColumn) -> Any:
    return None if item.typical is None else _as_type(item, item.typical)


def _as_type(item: InputColumn, value: Any) -> Any:
    """The value as Python holds the column's type; times stay as they are written."""
    if item.type == "whole":
        return round(float(value))
    if item.type == "number":
        return float(value)
    if item.type == "switch":
        return value if isinstance(value, bool) else str(value).lower() == "true"
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _arrow_type(item: InputColumn) -> pa.DataType:
    import pyarrow as pa

    types = {"number": pa.float64(), "whole": pa.int64(), "switch": pa.bool_()}
    return types.get(item.type, pa.string())
