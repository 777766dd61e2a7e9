"""Paints a matrix of counts: what is right in the accent, what is wrong in red, stronger for more."""

from __future__ import annotations

from canvas_app.base.figure import Matrix
from canvas_app.base.numerals import number, share
from canvas_app.ui.charts.palette import Palette, blend, readable_on
from canvas_app.ui.charts.sheet import Boxes, Sheet

HEAD = 26.0
GAP = 4.0


def matrix_height(marks: Matrix) -> float:
    """Tall cells for few classes, low ones for many."""
    rows = max(1, len(marks.rows))
    return HEAD + rows * (66.0 if rows <= 3 else 44.0 if rows <= 6 else 30.0)


def paint_matrix(sheet: Sheet, marks: Matrix, colours: Palette) -> Boxes:
    """A cell per pair, with its count and, where there is room, its share of the row."""
    rows, columns = len(marks.rows), len(marks.columns)
    names = [f"{marks.row_label} {name}" for name in marks.rows]
    left = min(12 + max((sheet.measure(name, size=12) for name in names), default=0.0), sheet.width * 0.3)
    cell = ((sheet.width - left) / max(columns, 1), (sheet.height - HEAD) / max(rows, 1))
    for at, name in enumerate(marks.columns):
        place = left + cell[0] * (at + 0.5)
        words = f"{marks.column_label} {name}" if columns <= 4 else name
        sheet.text(place, HEAD / 2, words, colour=colours.muted, size=12, align="center", room=cell[0] - 6)
    for at, name in enumerate(names):
        middle = HEAD + cell[1] * (at + 0.5)
        sheet.text(left - 12, middle, name, colour=colours.muted, size=12, align="right", room=left - 12)
        _paint_row(sheet, marks, colours, at=at, origin=(left, HEAD), cell=cell)
    return {}


def _paint_row(
    sheet: Sheet,
    marks: Matrix,
    colours: Palette,
    *,
    at: int,
    origin: tuple[float, float],
    cell: tuple[float, float],
) -> None:
    total = sum(marks.counts[at])
    for column, count in enumerate(marks.counts[at]):
        part = count / total if total else 0.0
        right = marks.rows[at] == marks.columns[column]
        ground = _tint(colours, part, right=right)
        x, y = origin[0] + cell[0] * column, origin[1] + cell[1] * at
        box = (x + GAP / 2, y + GAP / 2, cell[0] - GAP, cell[1] - GAP)
        sheet.bar(box, colour=ground, radius=8)
        _paint_count(sheet, box, (number(count), share(part)), ground)


def _tint(colours: Palette, part: float, *, right: bool) -> str:
    if right:
        return blend(colours.accent, colours.panel, 0.10 + 0.62 * part)
    return blend(colours.bad, colours.panel, 0.05 + 0.55 * part if part else 0.04)


def _paint_count(
    sheet: Sheet, box: tuple[float, float, float, float], texts: tuple[str, str], ground: str
) -> None:
    x, y, width, height = box
    ink = readable_on(ground)
    middle = x + width / 2
    if height < 52 or width < 52:
        size = 13 if width >= 40 else 10
        sheet.text(middle, y + height / 2, texts[0], colour=ink, size=size, weight=500, align="center")
        return
    sheet.text(middle, y + height / 2 - 9, texts[0], colour=ink, size=16, weight=600, align="center")
    softer = blend(ink, ground, 0.85)
    sheet.text(middle, y + height / 2 + 12, texts[1], colour=softer, size=11, align="center")
