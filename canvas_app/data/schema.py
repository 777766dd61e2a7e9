"""The columns of a table by name and type, in the words of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

ColumnType = Literal["number", "whole", "text", "time", "switch", "other"]
"""number: any real; whole: integers; text; time: dates, times and moments; switch: true or false."""


@dataclass(frozen=True)
class ColumnInfo:
    """One column: its name, its type on screen, and the engine's own word for the type."""

    name: str
    type: ColumnType
    engine_type: str

    def fits(self, accepts: str) -> bool:
        """Whether a field that accepts that type takes this column."""
        if accepts == "any":
            return True
        if accepts == "number":
            return self.type in ("number", "whole")
        return self.type == accepts


@dataclass(frozen=True)
class Schema:
    """The columns of a table in their order."""

    columns: tuple[ColumnInfo, ...] = ()

    def __iter__(self) -> Iterator[ColumnInfo]:
        return iter(self.columns)

    def __len__(self) -> int:
        return len(self.columns)

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def __getitem__(self, name: str) -> ColumnInfo:
        """The column of that name; raises ``KeyError``."""
        return self._by_name[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns in their order."""
        return tuple(column.name for column in self.columns)

    def that_fit(self, accepts: str) -> tuple[str, ...]:
        """The names of the columns which a field of that kind takes."""
        return tuple(column.name for column in self.columns if column.fits(accepts))

    @cached_property
    def _by_name(self) -> dict[str, ColumnInfo]:
        """Tables have up to 100,000 columns; of doubled names the first is meant."""
        return {column.name: column for column in reversed(self.columns)}
