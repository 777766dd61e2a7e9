"""Paints plots: one panel or several on the same axes, with the colours named above."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import FuncFormatter, MaxNLocator

from canvas_app.base.figure import Axis, Blocks, Boxes, Curves, Density, Layer, Plot
from canvas_app.ui.charts.axes import in_our_type, quieten, tick
from canvas_app.ui.charts.layers import paint_layer
from canvas_app.ui.charts.palette import Palette
from canvas_app.ui.charts.sheet import Boxes as Places
from canvas_app.ui.charts.sheet import Sheet

BELOW, ABOVE, RIGHT = 42.0, 10.0, 14.0
KEY, TITLE = 26.0, 22.0
BETWEEN = 14.0
"""Below a row of panels, before the titles of the next."""
GAP = 18.0
DAY = 86_400.0
_LEFT = 58.0
_NAME = 26.0
"""Height of a category."""


def plot_height(plot: Plot) -> float:
    """As much as its categories need, or what is usual; several panels need less each."""
    rows = -(-len(plot.panels) // _across(plot))
    each = max(120.0 if rows > 1 else 240.0, _NAME * len(plot.y.names))
    titles = TITLE + BETWEEN if len(plot.panels) > 1 else 0.0
    return rows * (each + titles + ABOVE) + BELOW + (KEY if plot.series else 0.0)


def paint_plot(sheet: Sheet, plot: Plot, colours: Palette) -> Places:
    """The key, then the panels in rows; axes are named once."""
    top = KEY if plot.series else 0.0
    if plot.series:
        _paint_key(sheet, plot, colours)
    left = _left(sheet, plot)
    across = _across(plot)
    down = -(-len(plot.panels) // across)
    width = (sheet.width - left - RIGHT - GAP * (across - 1)) / across
    titles = TITLE if len(plot.panels) > 1 else 0.0
    between = BETWEEN if titles else 0.0
    height = (sheet.height - top - BELOW) / down - titles - ABOVE - between
    limits = _limits(plot)
    for at, panel in enumerate(plot.panels):
        x = left + (at % across) * (width + GAP)
        y = top + (at // across) * (height + titles + ABOVE + between)
        if titles:
            name = panel.title or "blank"
            sheet.text(x, y + TITLE / 2, name, colour=colours.text, size=12, weight=600, room=width)
        axes = sheet.axes((x, y + titles + ABOVE, width, max(20.0, height)))
        _dress(axes, plot, colours, limits, width=width)
        paint_layer(axes, panel.layer, colours, _scales(plot))
        last = at + across >= len(plot.panels)
        axes.tick_params(labelbottom=last, labelleft=at % across == 0)
    middle = left + (sheet.width - left - RIGHT) / 2
    room = sheet.width - left
    sheet.text(
        middle, sheet.height - 9, plot.x.label, colour=colours.muted, size=11, align="center", room=room
    )
    return {}


def _paint_key(sheet: Sheet, plot: Plot, colours: Palette) -> None:
    """What the colours mean: each name after a mark of its colour, as far as there is room."""
    label = _short(plot.series_label)
    sheet.text(0, 10, label, colour=colours.muted, size=12)
    place = sheet.measure(label, size=12) + 14 if label else 0.0
    room = (sheet.width - place) / max(1, len(plot.series)) - 32
    for at, name in enumerate(plot.series):
        sheet.bar((place, 5, 10, 10), colour=colours.sequence[at % len(colours.sequence)], radius=3)
        words = name or "blank"
        sheet.text(place + 16, 10, words, colour=colours.text, size=12, room=room)
        place += 16 + min(room, sheet.measure(words, size=12)) + 16


def _dress(axes: Any, plot: Plot, colours: Palette, limits: tuple[Any, Any], *, width: float) -> None:
    lying = bool(plot.y.names)
    dense = any(isinstance(panel.layer, Density) for panel in plot.panels)
    quieten(axes, colours, grid="none" if dense else "x" if lying else "y")
    axes.set_xlim(*limits[0])
    axes.set_ylim(*limits[1])
    _mark(axes.xaxis, plot.x, 3 if lying or width < 320 else 5)
    if lying:
        axes.set_yticks(range(len(plot.y.names)), [_short(name) for name in plot.y.names])
    else:
        _mark(axes.yaxis, plot.y, 3)
        axes.set_ylabel("")
    in_our_type(axes)


def _mark(side: Any, axis: Axis, most: int) -> None:
    """At most four lines, or a few more words along the foot; moments in the units of the calendar."""
    if axis.time:
        locator: Any = AutoDateLocator(minticks=2, maxticks=most)  # type: ignore[no-untyped-call]  # matplotlib
        side.set_major_locator(locator)
        words: Any = ConciseDateFormatter(locator, show_offset=False)  # type: ignore[no-untyped-call]  # likewise
        side.set_major_formatter(words)
        return
    side.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
    side.set_major_formatter(FuncFormatter(lambda value, _place: tick(value)))


def _scales(plot: Plot) -> tuple[float, float]:
    """What a place on an axis is divided by: matplotlib counts days."""
    return (DAY if plot.x.time else 1.0, DAY if plot.y.time else 1.0)


def _limits(plot: Plot) -> tuple[tuple[float, float], tuple[float, float]]:
    """The ends of both axes, the same for all panels."""
    scales = _scales(plot)
    x = _room([value / scales[0] for panel in plot.panels for value in _across_of(panel.layer)])
    if plot.y.names:
        return _from_zero(plot, x, side=0), (len(plot.y.names) - 0.5, -0.5)
    y = _room([value / scales[1] for panel in plot.panels for value in _up_of(panel.layer)])
    return x, _from_zero(plot, y, side=1)


def _from_zero(plot: Plot, ends: tuple[float, float], *, side: int) -> tuple[float, float]:
    """Blocks stand on zero, without room below."""
    if not any(isinstance(panel.layer, Blocks) for panel in plot.panels):
        return ends
    values = [value for panel in plot.panels for value in (_across_of, _up_of)[side](panel.layer)]
    low, high = min([0.0, *values]), max([0.0, *values])
    space = (high - low) * (0.16 if side == 0 else 0.06) or 1.0
    return (low - space if low < 0 else 0.0), (high + space if high > 0 or low == 0 else 0.0)


def _room(values: list[float]) -> tuple[float, float]:
    """The ends with a little around them."""
    finite = [value for value in values if math.isfinite(value)]
    if not finite:
        return (0.0, 1.0)
    low, high = min(finite), max(finite)
    space = (high - low) * 0.03 or abs(high) * 0.05 or 1.0
    return low - space, high + space


def _across_of(layer: Layer) -> Iterable[float]:
    match layer:
        case Boxes():
            return [end for box in layer.ends for end in box]
        case Blocks() | Curves():
            return [value for part in layer.x for value in part]
        case _:
            return layer.x


def _up_of(layer: Layer) -> Iterable[float]:
    match layer:
        case Boxes():
            return layer.places
        case Blocks() | Curves():
            return [value for part in layer.y for value in part]
        case _:
            return layer.y


def _across(plot: Plot) -> int:
    """How many panels stand beside each other."""
    count = len(plot.panels)
    return 1 if count <= 1 else 2 if count <= 4 else 3


def _left(sheet: Sheet, plot: Plot) -> float:
    if not plot.y.names:
        return _LEFT
    widest = max(sheet.measure(_short(name), size=11) for name in plot.y.names)
    return min(sheet.width * 0.4, widest + 16)


def _short(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:27]}…"
