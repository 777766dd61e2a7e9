"""Paints a figure as a picture of a given size: the same on the screen, on paper and in files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from canvas_app.base.figure import Bars, Figure, Heat, Matrix, Plot, Points, Waterfall
from canvas_app.ui.charts.bars_painter import bars_height, paint_bars
from canvas_app.ui.charts.heat_painter import heat_height, paint_heat
from canvas_app.ui.charts.matrix_painter import matrix_height, paint_matrix
from canvas_app.ui.charts.palette import Palette
from canvas_app.ui.charts.plot_painter import paint_plot, plot_height
from canvas_app.ui.charts.points_painter import paint_points, points_height
from canvas_app.ui.charts.sheet import Boxes, Sheet
from canvas_app.ui.charts.waterfall_painter import paint_waterfall, waterfall_height


@dataclass(frozen=True)
class Region:
    """A place that can be pointed at: its name, and x, y, width, height in pixels."""

    name: str
    box: tuple[float, float, float, float]

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        left, top, width, height = self.box
        return left <= x < left + width and top <= y < top + height


@dataclass(frozen=True)
class Painted:
    """The picture on its sheet, and what on it can be pointed at."""

    sheet: Sheet
    regions: tuple[Region, ...] = ()


def paint(
    figure: Figure,
    colours: Palette,
    *,
    width: float,
    height: float | None = None,
    ratio: float = 1.0,
    selected: str = "",
) -> Painted:
    """Paint the marks alone, at ``ratio`` device pixels per pixel; titles are the frame's matter."""
    sheet = Sheet(width, height or natural_height(figure), ground=colours.panel, ratio=ratio)
    boxes = paint_marks(sheet, figure, colours, selected=selected)
    return Painted(sheet, tuple(Region(name, box) for name, box in boxes.items()))


def natural_height(figure: Figure) -> float:
    """The height in pixels at which the marks stand comfortably."""
    return float(_HEIGHTS[figure.marks.kind](figure.marks))


def paint_marks(sheet: Sheet, figure: Figure, colours: Palette, *, selected: str = "") -> Boxes:
    """Paint the marks over the whole sheet; the answer is where each name stands."""
    match figure.marks:
        case Bars():
            return paint_bars(sheet, figure.marks, colours, selected=selected)
        case Points():
            return paint_points(sheet, figure.marks, colours)
        case Matrix():
            return paint_matrix(sheet, figure.marks, colours)
        case Waterfall():
            return paint_waterfall(sheet, figure.marks, colours)
        case Heat():
            return paint_heat(sheet, figure.marks, colours, selected=selected)
        case Plot():
            return paint_plot(sheet, figure.marks, colours)


_HEIGHTS: dict[str, Callable[[Any], float]] = {
    "bars": bars_height,
    "points": points_height,
    "matrix": matrix_height,
    "waterfall": waterfall_height,
    "heat": heat_height,
    "plot": plot_height,
}
