"""A picture as data: what to draw and the numbers behind it; no toolkit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cell = str | float | int | bool | None


@dataclass(frozen=True)
class Bars:
    """One bar per label, longest meaning most; shares are written at their ends."""

    labels: tuple[str, ...]
    values: tuple[float, ...]
    texts: tuple[str, ...] = ()
    kind: Literal["bars"] = "bars"


@dataclass(frozen=True)
class Points:
    """One dot per row, with a smoothed line through them where there is one."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    x_label: str
    y_label: str
    line_x: tuple[float, ...] = ()
    line_y: tuple[float, ...] = ()
    diagonal: bool = False
    x_ticks: tuple[str, ...] = ()
    """For a text column: the names of the positions 0, 1, 2... on the x axis."""
    kind: Literal["points"] = "points"


@dataclass(frozen=True)
class Matrix:
    """Counts by row and column, each with its share of its row."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    row_label: str = "was"
    column_label: str = "said"
    kind: Literal["matrix"] = "matrix"


@dataclass(frozen=True)
class Waterfall:
    """From the average answer to this row's, one contribution per bar."""

    start_label: str
    start: float
    labels: tuple[str, ...]
    steps: tuple[float, ...]
    end_label: str
    end: float
    kind: Literal["waterfall"] = "waterfall"


Marks = Bars | Points | Matrix | Waterfall


@dataclass(frozen=True)
class Figure:
    """A picture with its words and its numbers.

    ``header`` and ``rows`` are the numbers behind it, for the CSV and for people who can't see it.
    ``reading`` says in words what can be read off it.
    """

    title: str
    subtitle: str
    marks: Marks
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    reading: str = ""
