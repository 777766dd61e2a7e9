"""Objects become columns: nested fields as text, or each part as a column of its own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from canvas_app.base.errors import CanvasError
from canvas_app.data.json.reader import is_deep
from canvas_app.data.loose_rows import BATCH, LooseRows

_CELLS = 2_000_000
"""Cells that are kept in memory at once."""

Item = dict[str, Any]


class JsonRows:
    """Takes objects and writes them down in batches."""

    def __init__(self, loose: LooseRows, shown: str, *, flatten: bool) -> None:
        """``shown`` is the file's name in messages."""
        self.nested: list[str] = []
        """Columns that hold nested values as text."""
        self._loose = loose
        self._shown = shown
        self._flatten = flatten
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()

    def take(self, rows: Iterable[Item]) -> Iterator[int]:
        """Write all rows; gives, after each batch, how many there are so far."""
        batch: list[Item] = []
        keys: dict[str, None] = {}
        for row in rows:
            item = dict(self._flat(row)) if self._flatten else row
            batch.append(item)
            keys.update(dict.fromkeys(item))
            if len(batch) >= BATCH or len(batch) * len(keys) > _CELLS:
                yield self._write(batch, keys)
                batch, keys = [], {}
        if batch:
            yield self._write(batch, keys)

    def _write(self, batch: list[Item], keys: Iterable[str]) -> int:
        columns = {self._name(key): self._column(key, [row.get(key) for row in batch]) for key in keys}
        self._loose.add(columns or {"value": [None] * len(batch)})
        return self._loose.rows

    def _column(self, key: str, values: list[Any]) -> list[Any]:
        if not {dict, list} & set(map(type, values)):
            return values
        if self._name(key) not in self.nested:
            self.nested.append(self._name(key))
        return [self._text(value) if isinstance(value, dict | list) else value for value in values]

    def _text(self, value: Any) -> str:
        self._require_shallow(value)
        return json.dumps(value, ensure_ascii=False)

    def _flat(self, row: Item, path: str = "") -> Iterator[tuple[str, Any]]:
        for name, value in row.items():
            at = f"{path}.{name}" if path else name
            if isinstance(value, dict) and value:
                self._require_shallow(value)
                yield from self._flat(value, at)
            else:
                yield at, value

    def _require_shallow(self, value: Any) -> None:
        if is_deep(value):
            raise CanvasError(
                f"{self._shown} is nested more than 64 levels deep.",
                hint="Write it again with flat rows: such depth is no table.",
            )

    def _name(self, key: str) -> str:
        """The name of a field's column: neither empty, nor different from another in capitals alone."""
        if key not in self._names:
            name = key or f"column_{len(self._names) + 1}"
            count = 2
            while name.lower() in self._taken:
                name, count = f"{key}_{count}", count + 1
            self._taken.add(name.lower())
            self._names[key] = name
        return self._names[key]
