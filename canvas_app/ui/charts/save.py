"""Saves a figure as a picture (PNG, SVG, PDF) or as its numbers (CSV); needs no screen."""

from __future__ import annotations

import csv
import io
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from canvas_app.base.errors import CanvasError
from canvas_app.base.figure import Figure
from canvas_app.data.files import write_atomically
from canvas_app.ui.charts.palette import Theme

if TYPE_CHECKING:
    from canvas_app.ui.charts.sheet import Sheet

PICTURES = (".png", ".svg", ".pdf")
WIDTH = 760.0
EDGE = 24.0
SHARPNESS = 2.0
"""Device pixels per pixel in a PNG."""


def save_figure(figure: Figure, path: Path, theme: Theme = "light") -> None:
    """Save by the suffix; raises ``CanvasError`` for another one, or where the file can't be written."""
    suffix = path.suffix.lower()
    if suffix == ".csv":
        data = numbers_as_text(figure).encode("utf-8")
        write_atomically(path, lambda file: _write(file, data))
    elif suffix in PICTURES:
        sheet = whole_picture(figure, theme)
        look: dict[str, Any] = {"format": suffix[1:], "metadata": _metadata(figure, suffix)}
        write_atomically(path, lambda file: sheet.save(file, **look))
    else:
        raise CanvasError(
            f"{path.name} is no picture by its name.",
            hint="Use a name that ends in .png, .svg, .pdf or .csv.",
        )


def numbers_as_text(figure: Figure, delimiter: str = ",") -> str:
    """The numbers behind the figure, one row per line, under a header."""
    held = io.StringIO()
    writer = csv.writer(held, delimiter=delimiter, lineterminator="\n")
    writer.writerow(figure.header)
    writer.writerows(figure.rows)
    return held.getvalue()


def whole_picture(figure: Figure, theme: Theme) -> Sheet:
    """The picture for elsewhere: title, subtitle, marks, and what can be read off it."""
    from canvas_app.ui.charts.paint import natural_height, paint_marks
    from canvas_app.ui.charts.palette import palette
    from canvas_app.ui.charts.sheet import Sheet

    colours = palette(theme)
    lines = textwrap.wrap(figure.reading, 104)
    top, below = 72.0, 20.0 * len(lines) + (16.0 if lines else 0.0)
    marks = natural_height(figure)
    sheet = Sheet(WIDTH, top + marks + below + EDGE, ground=colours.panel, ratio=SHARPNESS)
    sheet.text(EDGE, 28, figure.title, colour=colours.text, size=16, weight=600, room=WIDTH - 2 * EDGE)
    sheet.text(EDGE, 50, figure.subtitle, colour=colours.muted, size=12, room=WIDTH - 2 * EDGE)
    paint_marks(sheet.inner((EDGE, top, WIDTH - 2 * EDGE, marks)), figure, colours)
    for at, line in enumerate(lines):
        sheet.text(EDGE, top + marks + 22 + 20 * at, line, colour=colours.muted)
    return sheet


def _metadata(figure: Figure, suffix: str) -> dict[str, Any]:
    """The title alone; no date, so that the same figure gives the same file."""
    if suffix == ".pdf":
        return {"Title": figure.title, "CreationDate": None}
    if suffix == ".svg":
        return {"Title": figure.title, "Date": None}
    return {"Title": figure.title}


def _write(file: BinaryIO, data: bytes) -> None:
    file.write(data)
