"""The features of a model: what was learned from its training rows, applied to any rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from .columns import EncodedColumn, View, dump_column, load_column
from .errors import BundleError

FORMAT = 1
"""Of ``encoder.json``; a newer one is refused."""


@dataclass(frozen=True)
class Encoder:
    """Fitted columns, and how a model looks at them; columns that are not here are left out."""

    columns: tuple[EncodedColumn, ...]
    view: View = "trees"

    def matrix(self, table: Any) -> np.ndarray:
        """The features of a ``pyarrow.Table``: (rows, width) of 32-bit floats, blanks as NaN for trees."""
        out = np.empty((table.num_rows, self.width), dtype=np.float32)
        at = 0
        for view in self._views:
            for item in self.columns:
                width = item.width(view)
                item.write(table.column(item.name), view, out[:, at : at + width])
                at += width
        return out

    def seen_as(self, view: View) -> Encoder:
        """The same facts, looked at in another way."""
        return replace(self, view=view)

    @cached_property
    def width(self) -> int:
        """How many features there are."""
        return len(self.origin)

    @cached_property
    def origin(self) -> tuple[str, ...]:
        """The column that each feature was made from."""
        return tuple(
            item.name for view in self._views for item in self.columns for _ in range(item.width(view))
        )

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Neutral names of the features, since learners stumble over brackets, commas and quotes."""
        return tuple(f"f{at}" for at in range(self.width))

    @property
    def _views(self) -> tuple[View, ...]:
        return ("trees", "linear") if self.view == "both" else (self.view,)

    def to_json(self) -> dict[str, Any]:
        """The encoder as ``encoder.json`` holds it."""
        return {
            "format": FORMAT,
            "view": self.view,
            "columns": [dump_column(item) for item in self.columns],
            "features": {"names": list(self.names), "origin": list(self.origin)},
        }

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Encoder:
        """The encoder from what ``to_json`` gave; raises ``BundleError`` when it can't be read."""
        if saved.get("format", FORMAT) > FORMAT:
            raise BundleError("encoder.json is of a newer format.", "Use a newer version of the application.")
        try:
            return cls(tuple(load_column(item) for item in saved["columns"]), saved["view"])
        except (KeyError, TypeError, ValueError) as error:
            raise BundleError("encoder.json can't be read.", "Export the bundle again.") from error
