"""How wide columns are at first: as their names and first cells need, within bounds."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from canvas_app.data.schema import Schema
from canvas_app.ui.grid.model import RowsPage

_WIDEST = 240
_NARROWEST = (124, 164)
"""Pixels that a picture of numbers needs, and one of words."""
_BESIDE_NAME = 64
_MEASURED = 30
"""Rows that are measured."""


def first_widths(metrics: QFontMetrics, schema: Schema, first: RowsPage) -> list[int]:
    """The width of each column; where its cells are not here yet, the length of its name alone counts."""
    letter = metrics.averageCharWidth()
    widths = []
    for section, info in enumerate(schema):
        if section < len(first.texts):
            needed = metrics.horizontalAdvance(info.name[:40]) + _BESIDE_NAME
            texts = (text[:60] for text in first.texts[section][:_MEASURED] if text)
            needed = max(needed, max(map(metrics.horizontalAdvance, texts), default=0) + 24)
        else:
            needed = letter * len(info.name[:40]) + _BESIDE_NAME
        widths.append(min(max(needed, _NARROWEST[info.type == "text"]), _WIDEST))
    return widths
