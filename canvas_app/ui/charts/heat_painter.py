"""Paints a number per pair of names as half a matrix; each name stands where its row meets its column."""

from __future__ import annotations

from canvas_app.base.figure import Heat
from canvas_app.ui.charts.palette import Palette, blend, readable_on
from canvas_app.ui.charts.sheet import Boxes, Sheet

CELL = 34.0
LEAST = 15.0
GAP = 2.0
_NUMBERS_FROM = 28.0
"""Width of a cell from which its number is written."""
_NAMES = 130.0

BETWEEN = " × "
"""Between the names of a pair, where it is pointed at."""


def heat_height(marks: Heat) -> float:
    """A row per name, lower ones where there are many."""
    count = max(1, len(marks.names))
    return count * max(LEAST, min(CELL, 640 / count)) + 8


def paint_heat(sheet: Sheet, marks: Heat, colours: Palette, *, selected: str = "") -> Boxes:
    """What rises together in the accent, what falls in red, stronger for more."""
    count = max(1, len(marks.names))
    room = min(_NAMES, sheet.width * 0.25)
    height = (sheet.height - 8) / count
    width = min(max(LEAST, (sheet.width - 2 * room) / count), 3 * height)
    boxes: Boxes = {}
    for row, name in enumerate(marks.names):
        y = 4 + row * height
        small = 12 if height >= 18 else 10
        middle = y + height / 2
        sheet.text(room - 8, middle, name, colour=colours.muted, size=small, align="right", room=room - 10)
        for column, value in enumerate(marks.values[row][:row]):
            place = (room + column * width, y, width, height)
            pair = f"{marks.names[column]}{BETWEEN}{name}"
            boxes[pair] = place
            _paint_cell(sheet, place, value, colours, chosen=pair == selected)
        start = room + row * width + 6
        rest = max(20.0, sheet.width - start)
        sheet.text(start, middle, name, colour=colours.text, size=small, weight=500, room=rest)
    return boxes


def _paint_cell(
    sheet: Sheet,
    place: tuple[float, float, float, float],
    value: float | None,
    colours: Palette,
    *,
    chosen: bool,
) -> None:
    x, y, width, height = place
    if chosen:
        sheet.bar(place, colour=colours.text, radius=5)
    inner = (x + GAP / 2 + chosen, y + GAP / 2 + chosen, width - GAP - 2 * chosen, height - GAP - 2 * chosen)
    if value is None:
        sheet.bar(inner, colour=colours.track, radius=4)
        return
    tint = colours.accent if value >= 0 else colours.bad
    ground = blend(tint, colours.panel, 0.06 + 0.9 * abs(value))
    sheet.bar(inner, colour=ground, radius=4)
    if width >= _NUMBERS_FROM and height >= 16:
        words = f"{value:.2f}".replace("-", "−")
        sheet.text(x + width / 2, y + height / 2, words, colour=readable_on(ground), size=10, align="center")
