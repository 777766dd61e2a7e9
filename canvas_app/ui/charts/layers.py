"""Paints the marks between two axes: blocks, boxes, dots, curves, fields of a grid."""

from __future__ import annotations

import math
from typing import Any

from matplotlib.collections import PolyCollection
from matplotlib.colors import LinearSegmentedColormap

from canvas_app.base.figure import Blocks, Boxes, Curves, Density, Dots, Layer
from canvas_app.ui.charts.palette import Palette, blend
from canvas_app.ui.charts.sheet import families

MARKERS = ("o", "s", "^", "D", "v", "P", "X")
DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (2, 2)), (0, (7, 2, 2, 2)), (0, (4, 4)), (0, (1, 1)), "-")
"""Beside the colours, for whoever can't tell these apart."""

Scales = tuple[float, float]


def paint_layer(axes: Any, layer: Layer, colours: Palette, scales: Scales) -> None:
    """Paint one kind of marks; places are divided by the scales of the axes."""
    match layer:
        case Blocks():
            _blocks(axes, layer, colours, scales)
        case Boxes():
            _boxes(axes, layer, colours)
        case Dots():
            _dots(axes, layer, colours, scales)
        case Curves():
            _curves(axes, layer, colours, scales)
        case Density():
            _density(axes, layer, colours, scales)


def colour_of(colours: Palette, series: int) -> str:
    """The colour of a series."""
    return colours.sequence[series % len(colours.sequence)]


def _blocks(axes: Any, layer: Blocks, colours: Palette, scales: Scales) -> None:
    corners = [
        [(x[0], y[0]), (x[1], y[0]), (x[1], y[1]), (x[0], y[1])]
        for x, y in zip(_scaled(layer.x, scales[0]), _scaled(layer.y, scales[1]), strict=True)
    ]
    faces = [blend(colour_of(colours, series), colours.panel, 0.85) for series in layer.series]
    look: dict[str, Any] = {"edgecolors": colours.panel, "linewidths": 0.8, "zorder": 2}
    axes.add_collection(PolyCollection(corners, facecolors=faces, **look), autolim=False)
    for x, y, words in zip(layer.x, layer.y, layer.texts, strict=False):
        place = (x[1] / scales[0], (y[0] + y[1]) / 2)
        look = {"fontsize": 11, "color": colours.muted, "va": "center", "fontfamily": families()}
        side = "left" if x[1] >= 0 else "right"
        shift = (6 if x[1] >= 0 else -6, 0)
        axes.annotate(words, place, shift, textcoords="offset pixels", ha=side, parse_math=False, **look)


def _boxes(axes: Any, layer: Boxes, colours: Palette) -> None:
    half = layer.thickness / 2
    for series, place, (low, first, middle, third, high) in zip(
        layer.series, layer.places, layer.ends, strict=True
    ):
        colour = colour_of(colours, series)
        axes.hlines([place, place], [low, third], [first, high], color=colour, linewidth=1.4, zorder=2)
        face = blend(colour, colours.panel, 0.35)
        look = {"facecolor": face, "edgecolor": colour, "linewidth": 1.2, "zorder": 3}
        axes.barh(place, third - first, layer.thickness, left=first, **look)
        axes.vlines(middle, place - half, place + half, color=colours.text, linewidth=2, zorder=4)


def _dots(axes: Any, layer: Dots, colours: Palette, scales: Scales) -> None:
    alpha = 0.6 if len(layer.x) < 300 else 0.4 if len(layer.x) < 1500 else 0.28
    for series in sorted(set(layer.series)):
        here = [at for at, one in enumerate(layer.series) if one == series]
        x = [layer.x[at] / scales[0] for at in here]
        y = [layer.y[at] / scales[1] for at in here]
        look = {"color": colour_of(colours, series), "marker": MARKERS[series % len(MARKERS)]}
        axes.scatter(x, y, s=16, alpha=alpha, linewidths=0, zorder=2, **look)


def _curves(axes: Any, layer: Curves, colours: Palette, scales: Scales) -> None:
    for series, x, y in zip(layer.series, layer.x, layer.y, strict=True):
        places, heights = [value / scales[0] for value in x], [value / scales[1] for value in y]
        look = {"color": colour_of(colours, series), "linestyle": DASHES[series % len(DASHES)]}
        alone = {"marker": "o", "markersize": 4} if len(x) == 1 else {}
        axes.plot(places, heights, linewidth=1.8, zorder=2, **look, **alone)


def _density(axes: Any, layer: Density, colours: Palette, scales: Scales) -> None:
    """More is stronger, by the logarithm, since a few fields hold most of the rows."""
    shades = [colours.panel, blend(colours.accent, colours.panel, 0.35), colours.accent]
    ramp = LinearSegmentedColormap.from_list("rows", shades)
    values = [[math.log1p(count) if count else math.nan for count in line] for line in layer.counts]
    x, y = ([value / scale for value in side] for side, scale in zip((layer.x, layer.y), scales, strict=True))
    most = max((math.log1p(count) for line in layer.counts for count in line), default=1.0) or 1.0
    axes.pcolormesh(x, y, values, cmap=ramp, vmin=0, vmax=most, zorder=2)


def _scaled(parts: tuple[tuple[float, float], ...], scale: float) -> list[tuple[float, float]]:
    return [(low / scale, high / scale) for low, high in parts]
