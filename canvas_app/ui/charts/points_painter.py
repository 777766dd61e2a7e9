"""Paints dots and the line through them, with quiet axes."""

from __future__ import annotations

from typing import Any

from matplotlib.ticker import FuncFormatter, MaxNLocator

from canvas_app.base.figure import Points
from canvas_app.ui.charts.axes import in_our_type, quieten, tick
from canvas_app.ui.charts.palette import Palette, blend
from canvas_app.ui.charts.sheet import Boxes, Sheet, families

MARGIN_LEFT, MARGIN_RIGHT, MARGIN_TOP, MARGIN_BOTTOM = 58.0, 10.0, 10.0, 44.0


def points_height(marks: Points) -> float:
    """The same for all, so that cards line up."""
    del marks
    return 200.0


def paint_points(sheet: Sheet, marks: Points, colours: Palette) -> Boxes:
    """Dots in the accent, the line in pink, at most four grid lines, the axes named."""
    width = sheet.width - MARGIN_LEFT - MARGIN_RIGHT
    height = sheet.height - MARGIN_TOP - MARGIN_BOTTOM
    axes = sheet.axes((MARGIN_LEFT, MARGIN_TOP, width, height))
    _dress(axes, marks, colours)
    strength = _alpha(len(marks.x))
    axes.scatter(marks.x, marks.y, s=16, color=colours.accent, alpha=strength, linewidths=0, zorder=2)
    if marks.diagonal and marks.x:
        _diagonal(axes, marks, colours)
    if marks.x_ticks:
        _levels(axes, marks, colours)
    elif marks.line_x:
        axes.plot(marks.line_x, marks.line_y, color=colours.curve, linewidth=2.2, zorder=3)
    below = sheet.height - 10
    sheet.text(MARGIN_LEFT + width / 2, below, marks.x_label, colour=colours.muted, size=11, align="center")
    return {}


def _dress(axes: Any, marks: Points, colours: Palette) -> None:
    quieten(axes, colours, grid="y")
    axes.yaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 2.5, 5, 10], min_n_ticks=3))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _place: tick(value, sign=not marks.diagonal)))
    if marks.x_ticks:
        names = [_short(name, len(marks.x_ticks)) for name in marks.x_ticks]
        axes.set_xticks(range(len(names)), names)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _place: tick(value)))
    in_our_type(axes)
    axes.set_ylabel(marks.y_label, fontsize=11, color=colours.muted, labelpad=6, fontfamily=families())
    axes.yaxis.label.set_parse_math(False)


def _diagonal(axes: Any, marks: Points, colours: Palette) -> None:
    low, high = min(*marks.x, *marks.y), max(*marks.x, *marks.y)
    look = {"color": colours.curve, "linewidth": 1.6, "zorder": 1.5}
    axes.plot([low, high], [low, high], **look)


def _levels(axes: Any, marks: Points, colours: Palette) -> None:
    """The mean of each name as a short stroke."""
    starts = [x - 0.32 for x in marks.line_x]
    ends = [x + 0.32 for x in marks.line_x]
    axes.hlines(marks.line_y, starts, ends, color=colours.curve, linewidth=2.4, zorder=3)
    axes.set_xlim(-0.6, len(marks.x_ticks) - 0.4)
    axes.axhline(0, color=blend(colours.muted, colours.panel, 0.5), linewidth=0.8, zorder=1)


def _alpha(dots: int) -> float:
    return 0.55 if dots < 200 else 0.32 if dots < 900 else 0.22


def _short(name: str, names: int) -> str:
    room = max(4, 72 // names)
    return name if len(name) <= room else f"{name[: room - 1]}…"
