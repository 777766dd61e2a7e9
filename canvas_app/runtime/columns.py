"""One kind of column each: what was learned about it, and the features that it gives to a model."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from . import cells
from .words import Vocabulary

View = Literal["trees", "linear", "both"]
"""trees: one number per column, blanks as NaN; linear: centred, filled in, one switch per category; both:
the features for trees, then those for linear models (see ``Encoder``; a column itself knows but two)."""

MOST = float(np.finfo(np.float32).max)
"""What lies beyond is taken for this: in 32 bits it would be infinite, which learners refuse."""


@dataclass(frozen=True)
class NumberColumn:
    """Numbers and switches as they are; for linear models centred, with a switch for blanks."""

    name: str
    median: float
    mean: float
    scale: float
    blanks: bool
    """Whether blanks were seen while learning."""
    offset: float = 0.0
    """Taken off first, where values are large beside their differences (32 bits hold 7 digits)."""
    kind: ClassVar[str] = "number"

    def width(self, view: View) -> int:
        """How many features it gives."""
        return 1 + self.blanks if view == "linear" else 1

    def write(self, column: Any, view: View, out: np.ndarray) -> None:
        """Fill its features, of shape (rows, width)."""
        values = cells.numbers(column)
        if view == "trees":
            out[:, 0] = np.clip(values - self.offset, -MOST, MOST)
            return
        _write_centred(values, self, out)


@dataclass(frozen=True)
class TimeColumn:
    """Times as days since 1970, and those of their parts that vary."""

    name: str
    parts: tuple[str, ...]
    """Of: days, year, month, day, weekday, hour."""
    numbers: tuple[NumberColumn, ...]
    """What was measured of each part."""
    kind: ClassVar[str] = "time"

    def width(self, view: View) -> int:
        """How many features it gives."""
        return sum(item.width(view) for item in self.numbers)

    def write(self, column: Any, view: View, out: np.ndarray) -> None:
        """Fill its features, of shape (rows, width)."""
        at = 0
        days = cells.days(column)
        for part, item in zip(self.parts, self.numbers, strict=True):
            values = part_of(days, part)
            if view == "trees":
                out[:, at] = values - item.offset
            else:
                _write_centred(values, item, out[:, at : at + item.width(view)])
            at += item.width(view)


@dataclass(frozen=True)
class CategoryColumn:
    """Texts of a few kinds: a fixed list of values, with one place for all others."""

    name: str
    values: tuple[str, ...]
    """Known values, the most frequent first."""
    codes: tuple[float, ...]
    """What trees see for each."""
    other: float
    """What trees see for every other value."""
    shown: int
    """How many of the values have a switch of their own for linear models."""
    kind: ClassVar[str] = "category"

    def width(self, view: View) -> int:
        """How many features it gives: for linear models also one for other values, and one for blanks."""
        return self.shown + 2 if view == "linear" else 1

    def write(self, column: Any, view: View, out: np.ndarray) -> None:
        """Fill its features, of shape (rows, width)."""
        places = self._places(column)
        if view == "trees":
            out[:, 0] = self._table[places]
            return
        out[:] = 0
        columns = np.where(places >= 0, np.minimum(places, self.shown), self.shown + 1)
        out[np.arange(len(columns)), columns] = 1

    def _places(self, column: Any) -> np.ndarray:
        """Where each value stands in the list; one further for other values, -1 for blanks."""
        last = len(self.values)
        if len(column) <= cells.FEW and pa.types.is_string(column.type):
            found = [-1 if cell is None else self._at.get(cell, last) for cell in column.to_pylist()]
            return np.array(found, dtype=np.int64)
        words = cells.texts(column)
        places = np.array(pc.index_in(words, value_set=self._known).fill_null(last), dtype=np.int64)
        places[np.asarray(pc.is_null(words))] = -1
        return places

    @cached_property
    def _known(self) -> Any:
        return pa.array(self.values, pa.string())

    @cached_property
    def _at(self) -> dict[str, int]:
        return {value: at for at, value in enumerate(self.values)}

    @cached_property
    def _table(self) -> np.ndarray:
        return np.array([*self.codes, self.other, np.nan])


@dataclass(frozen=True)
class TextColumn:
    """Sentences as weighted words; trees see a few directions through them, and how long they are."""

    name: str
    words: tuple[str, ...]
    pairs: tuple[int, ...]
    weights: tuple[float, ...]
    directions: tuple[tuple[float, ...], ...] = field(repr=False)
    """One row per word or pair, one column per direction (truncated SVD)."""
    kind: ClassVar[str] = "text"

    def width(self, view: View) -> int:
        """How many features it gives."""
        return len(self.weights) if view == "linear" else self._directions.shape[1] + 1

    def write(self, column: Any, view: View, out: np.ndarray) -> None:
        """Fill its features, of shape (rows, width)."""
        out[:] = 0
        for start in range(0, len(column), 10_000):
            piece = column.slice(start, 10_000)
            self._write(piece, view, out[start : start + len(piece)])

    def _write(self, column: Any, view: View, out: np.ndarray) -> None:
        rows, features, weights = self._vocabulary.weigh(column)
        if view == "linear":
            out[rows, features] = weights
            return
        if len(rows):
            starts = np.flatnonzero(np.diff(rows, prepend=-1))
            parts = self._directions[features] * weights[:, None]
            out[rows[starts], :-1] = np.add.reduceat(parts, starts, axis=0)
        length = pc.utf8_length(cells.texts(column)).fill_null(0)
        out[:, -1] = np.log1p(np.asarray(length, dtype=np.float64))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return Vocabulary(list(self.words), list(self.pairs), list(self.weights))

    @cached_property
    def _directions(self) -> np.ndarray:
        return np.array(self.directions, dtype=np.float64).reshape(len(self.weights), -1)


EncodedColumn = NumberColumn | TimeColumn | CategoryColumn | TextColumn


def dump_column(column: EncodedColumn) -> dict[str, Any]:
    """What was learned about a column, as JSON can hold it."""
    return {"kind": column.kind, **asdict(column)}


def load_column(saved: Mapping[str, Any]) -> EncodedColumn:
    """The column from what ``dump_column`` gave."""
    facts = {name: _frozen(value) for name, value in saved.items() if name != "kind"}
    match saved["kind"]:
        case "number":
            return NumberColumn(**facts)
        case "time":
            return TimeColumn(**{**facts, "numbers": tuple(NumberColumn(**n) for n in saved["numbers"])})
        case "category":
            return CategoryColumn(**facts)
        case "text":
            return TextColumn(**facts)
        case kind:
            raise ValueError(f"no kind of column is called {kind!r}")


def part_of(days: np.ndarray, part: str) -> np.ndarray:
    """A part of times that are given as days since 1970; blanks stay NaN."""
    if part == "days":
        return days
    blank = np.isnan(days)
    whole = np.floor(np.where(blank, 0.0, days))
    dates = whole.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    ways: dict[str, Callable[[], Any]] = {
        "year": lambda: dates.astype("datetime64[Y]").astype(np.int64) + 1970,
        "month": lambda: months.astype(np.int64) % 12 + 1,
        "day": lambda: (dates - months).astype(np.int64) + 1,
        "weekday": lambda: (whole.astype(np.int64) + 3) % 7,
        "hour": lambda: np.floor((np.where(blank, 0.0, days) - whole) * 24 + 1e-9),
    }
    return np.where(blank, np.nan, ways[part]())


def _write_centred(values: np.ndarray, item: NumberColumn, out: np.ndarray) -> None:
    blank = np.isnan(values)
    filled = np.where(blank, item.median, values)
    with np.errstate(over="ignore"):  # what is too far off is cut off all the same
        out[:, 0] = np.clip((filled - item.mean) / item.scale, -20, 20)
    if item.blanks:
        out[:, 1] = blank


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
