"""The dotted ground of the canvas; its dots thin out where the zoom would crowd them."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF

from canvas_app.ui import theme

STEP = 24.0
"""Between the dots, in canvas units at 100 %."""
_NEAREST = 14.0
"""Between the dots, in pixels at least."""
_DOT = 1.7


class Ground:
    """Draws the dots once for a zoom, and shifts that picture while the canvas is panned."""

    def __init__(self) -> None:
        self._look: tuple[object, ...] = ()
        self._picture = QPixmap()

    def paint(self, painter: QPainter, room: QSize) -> None:
        """Draw what is seen; ``room`` is the size of the view, and the painter has its transform."""
        transform = painter.worldTransform()
        gap = gap_at(transform.m11())
        self._draw(room, gap, painter.device().devicePixelRatioF())
        painter.save()
        painter.resetTransform()
        painter.drawPixmap(QPointF(transform.dx() % gap - gap, transform.dy() % gap - gap), self._picture)
        painter.restore()

    def _draw(self, room: QSize, gap: float, ratio: float) -> None:
        """Draw all dots, one gap more than there is room for, unless the picture shows them already."""
        tokens = theme.current()
        look = (room.width(), room.height(), gap, ratio, tokens.ground, tokens.strong_line)
        if look == self._look:
            return
        self._look = look
        size = QSize(math.ceil(room.width() + gap) + 1, math.ceil(room.height() + gap) + 1)
        self._picture = _blank(size, ratio, QColor(tokens.ground))
        line = _line_of_dots(size.width(), gap, ratio)
        painter = QPainter(self._picture)
        for row in range(math.ceil(size.height() / gap) + 1):
            painter.drawPixmap(QPointF(0, row * gap - _DOT), line)
        painter.end()


def gap_at(zoom: float) -> float:
    """How many pixels lie between the dots at a zoom."""
    gap = STEP * zoom
    while gap < _NEAREST:
        gap *= 2
    return gap


def _line_of_dots(width: int, gap: float, ratio: float) -> QPixmap:
    made = _blank(QSize(width, math.ceil(2 * _DOT)), ratio, Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(theme.current().strong_line)
    colour.setAlpha(130)
    pen = QPen(colour, _DOT)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    painter.drawPoints(QPolygonF([QPointF(at * gap, _DOT) for at in range(math.ceil(width / gap) + 1)]))
    painter.end()
    return made


def _blank(size: QSize, ratio: float, colour: QColor | Qt.GlobalColor) -> QPixmap:
    made = QPixmap(size * ratio)
    made.setDevicePixelRatio(ratio)
    made.fill(colour)
    return made
