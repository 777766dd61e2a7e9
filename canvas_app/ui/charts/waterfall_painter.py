"""Paints the way from the average answer to one row's: a bar per column, each where the last ended."""

from __future__ import annotations

from dataclasses import dataclass

from canvas_app.base.figure import Waterfall
from canvas_app.base.numerals import step as step_words
from canvas_app.ui.charts.palette import Palette
from canvas_app.ui.charts.sheet import Align, Boxes, Sheet

ROW = 25.0
THICKNESS = 12.0


@dataclass(frozen=True)
class _Bar:
    label: str
    start: float
    end: float
    colour: str
    text: str
    strong: bool = False


def waterfall_height(marks: Waterfall) -> float:
    """One row per column, one for the average and one for the answer; on a lower sheet, lower rows."""
    return (len(marks.labels) + 2) * ROW


def paint_waterfall(sheet: Sheet, marks: Waterfall, colours: Palette) -> Boxes:
    """Grey for the average, accent for what lifts, red for what pulls down, pink for the answer."""
    low, high = _range(marks)
    bars = _bars(marks, colours, ground=min(max(0.0, low), high))
    names = max(sheet.measure(bar.label) for bar in bars)
    left = min(names + 20, sheet.width * 0.42)
    texts = max(sheet.measure(bar.text, size=11) for bar in bars) + 14
    scale = max(20.0, sheet.width - left - 2 * texts) / ((high - low) or 1.0)

    def place(value: float) -> float:
        return left + texts + (value - low) * scale

    if low <= 0 <= high:
        sheet.rule((place(0), 0.0), (place(0), sheet.height), colour=colours.line)
    row = min(ROW, sheet.height / len(bars))
    for at, bar in enumerate(bars):
        middle = (at + 0.5) * row
        begin, end = sorted((place(bar.start), place(bar.end)))
        weight = 500 if bar.strong else 400
        sheet.text(0, middle, bar.label, colour=colours.text, weight=weight, room=left - 10)
        box = (begin, middle - THICKNESS / 2, max(2.0, end - begin), THICKNESS)
        sheet.bar(box, colour=bar.colour, radius=3)
        rightwards = bar.end >= bar.start
        x = end + 6 if rightwards else begin - 6
        align: Align = "left" if rightwards else "right"
        sheet.text(x, middle, bar.text, colour=colours.muted, size=11, align=align)
    return {}


def _bars(marks: Waterfall, colours: Palette, *, ground: float) -> list[_Bar]:
    bars = [_Bar(marks.start_label, ground, marks.start, colours.still, "")]
    level, largest = marks.start, max(map(abs, marks.steps), default=0.0)
    for label, step in zip(marks.labels, marks.steps, strict=True):
        colour = colours.good if step >= 0 else colours.bad
        bars.append(_Bar(label, level, level + step, colour, step_words(step, largest)))
        level += step
    return [*bars, _Bar(marks.end_label, ground, marks.end, colours.curve, "", strong=True)]


def _range(marks: Waterfall) -> tuple[float, float]:
    """From zero, unless all happens far from it: then from a little before the steps."""
    levels = [marks.start]
    for step in marks.steps:
        levels.append(levels[-1] + step)
    levels.append(marks.end)
    low, high = min(levels), max(levels)
    span = high - low
    if low > 2 * span > 0:
        return low - 0.2 * span, high
    if high < -2 * span < 0:
        return low, high + 0.2 * span
    return min(low, 0.0), max(high, 0.0)
