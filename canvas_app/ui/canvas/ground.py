"""The dotted ground of the canvas; its dots thin out where the zoom would crowd them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from canvas_app.ui import theme

STEP = 24.0
"""Between the dots, in canvas units at 100 %."""
_NEAREST = 14.0
"""Between the dots, in pixels at least."""


class Ground:
    """Draws the dots, and keeps them from one picture to the next."""

    def __init__(self) -> None:
        self._size = (0.0, 0, 0)
        self._dots = QPolygonF()

    def paint(self, painter: QPainter, area: QRectF, zoom: float) -> None:
        """Draw the part that is seen."""
        tokens = theme.current()
        painter.fillRect(area, QColor(tokens.ground))
        step = STEP
        while step * zoom < _NEAREST:
            step *= 2
        left, top = step * (area.left() // step), step * (area.top() // step)
        self._make(step, int(area.width() / step) + 2, int(area.height() / step) + 2)
        painter.setPen(_pen())
        painter.translate(left, top)
        painter.drawPoints(self._dots)
        painter.translate(-left, -top)

    def _make(self, step: float, across: int, down: int) -> None:
        if (step, across, down) != self._size:
            self._size = (step, across, down)
            self._dots = QPolygonF([QPointF(x * step, y * step) for x in range(across) for y in range(down)])


def _pen() -> QPen:
    dot = QColor(theme.current().strong_line)
    dot.setAlpha(130)
    pen = QPen(dot, 1.7)
    pen.setCosmetic(True)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
