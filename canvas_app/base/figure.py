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


@dataclass(frozen=True)
class Heat:
    """A number from -1 to 1 for each pair of names, strongest at both ends; None where there is none."""

    names: tuple[str, ...]
    values: tuple[tuple[float | None, ...], ...]
    """Row by row: the first has no pair, the second one, and so on."""
    kind: Literal["heat"] = "heat"


@dataclass(frozen=True)
class Axis:
    """What lies along one side of a plot: numbers, moments in seconds since 1970, or names at 0, 1, 2..."""

    label: str
    names: tuple[str, ...] = ()
    time: bool = False


@dataclass(frozen=True)
class Blocks:
    """Rectangles by their corners, each of a series; a text may stand at the far end of each."""

    series: tuple[int, ...]
    x: tuple[tuple[float, float], ...]
    y: tuple[tuple[float, float], ...]
    texts: tuple[str, ...] = ()
    kind: Literal["blocks"] = "blocks"


@dataclass(frozen=True)
class Boxes:
    """Lying boxes: the place, then lower end, quartiles and upper end of what is no outlier."""

    series: tuple[int, ...]
    places: tuple[float, ...]
    ends: tuple[tuple[float, float, float, float, float], ...]
    thickness: float = 0.6
    kind: Literal["boxes"] = "boxes"


@dataclass(frozen=True)
class Dots:
    """A dot per row."""

    series: tuple[int, ...]
    x: tuple[float, ...]
    y: tuple[float, ...]
    kind: Literal["dots"] = "dots"


@dataclass(frozen=True)
class Curves:
    """A line per series, through its points in their order."""

    series: tuple[int, ...]
    x: tuple[tuple[float, ...], ...]
    y: tuple[tuple[float, ...], ...]
    kind: Literal["curves"] = "curves"


@dataclass(frozen=True)
class Density:
    """Rows per field of a grid, row by row from below."""

    x: tuple[float, ...]
    """Borders, one more than there are fields."""
    y: tuple[float, ...]
    counts: tuple[tuple[int, ...], ...]
    kind: Literal["density"] = "density"


Layer = Blocks | Boxes | Dots | Curves | Density


@dataclass(frozen=True)
class Panel:
    """One of several small plots beside each other, on the same axes."""

    title: str
    layer: Layer


@dataclass(frozen=True)
class Plot:
    """Marks between two axes, in one panel or in several; each series has a colour and a name."""

    x: Axis
    y: Axis
    panels: tuple[Panel, ...]
    series: tuple[str, ...] = ()
    """The names of the series; none where there is only one."""
    series_label: str = ""
    """What the series are parted by."""
    kind: Literal["plot"] = "plot"


Marks = Bars | Points | Matrix | Waterfall | Heat | Plot


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
