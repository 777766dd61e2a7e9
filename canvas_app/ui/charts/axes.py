"""Quiet axes: no frame, few lines, ticks in our own type."""

from __future__ import annotations

from typing import Any, Literal

from canvas_app.base.numerals import number
from canvas_app.ui.charts.palette import Palette
from canvas_app.ui.charts.sheet import families


def quieten(axes: Any, colours: Palette, *, grid: Literal["x", "y", "none"]) -> None:
    """Take away all but the tick labels, and the hairlines of one direction."""
    axes.set_facecolor(colours.panel)
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0, pad=7, labelsize=11, colors=colours.muted)
    if grid != "none":
        axes.grid(visible=True, axis=grid, color=colours.line, linewidth=0.8, zorder=0)
    axes.set_axisbelow(True)


def in_our_type(axes: Any) -> None:
    """Set the tick labels in the type of the window, every sign of them as it is."""
    for words in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        words.set_fontfamily(families())
        words.set_parse_math(False)


def tick(value: float, *, sign: bool = False) -> str:
    """As short as the place allows, with a sign where effects are shown."""
    near = round(value, 10)
    words = number(near) if abs(near) >= 1000 else f"{near:.6g}".replace("-", "−")
    return f"+{words}" if sign and near > 0 else words
