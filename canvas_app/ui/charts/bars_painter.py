"""Paints bars as a list: name, bar, share."""

from __future__ import annotations

from canvas_app.base.figure import Bars
from canvas_app.ui.charts.palette import Palette, blend
from canvas_app.ui.charts.sheet import Boxes, Sheet

ROW = 26.0
THICKNESS = 9.0
EDGE = 8.0
"""Left and right of the names, inside the tint of the chosen one."""


def bars_height(marks: Bars) -> float:
    """One row per bar; on a lower sheet, lower rows."""
    return max(1, len(marks.labels)) * ROW


def paint_bars(sheet: Sheet, marks: Bars, colours: Palette, *, selected: str = "") -> Boxes:
    """Names at the left, shares at the right, bars on a track between; weaker ones are paler."""
    texts = marks.texts or tuple(f"{value:g}" for value in marks.values)
    widest = max((sheet.measure(text, size=12) for text in texts), default=0.0)
    names = max((sheet.measure(name, weight=500) for name in marks.labels), default=0.0)
    left = EDGE + min(names + 20, sheet.width * 0.42)
    length = max(20.0, sheet.width - EDGE - widest - 16 - left)
    most = max((abs(value) for value in marks.values), default=0.0) or 1.0
    row = min(ROW, sheet.height / max(1, len(texts)))
    boxes: Boxes = {}
    for at, (name, value, text) in enumerate(zip(marks.labels, marks.values, texts, strict=True)):
        y = at * row
        boxes[name] = (0.0, y, sheet.width, row)
        if name == selected:
            sheet.bar(boxes[name], colour=colours.accent_soft, radius=6)
        share = abs(value) / most
        middle = y + row / 2
        sheet.text(EDGE, middle, name, colour=colours.text, weight=500, room=left - EDGE - 8)
        sheet.bar((left, middle - THICKNESS / 2, length, THICKNESS), colour=colours.track)
        strength = blend(colours.accent, colours.panel, 0.55 + 0.45 * share)
        if share > 0:
            sheet.bar((left, middle - THICKNESS / 2, max(3.0, length * share), THICKNESS), colour=strength)
        sheet.text(sheet.width - EDGE, middle, text, colour=colours.muted, size=12, align="right")
    return boxes
