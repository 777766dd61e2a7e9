"""A flow at the size of a stamp: its nodes in the colours of their groups, and its links."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from canvas_app.project.recent import Sketch
from canvas_app.ui import theme

_WIDTH, _HEIGHT = 190.0, 50.0
"""The size of a node in canvas units."""
_LARGEST = 0.2


class FlowThumbnail(QWidget):
    """Draws a flow to fit; an empty one is only the dotted ground."""

    def __init__(self, sketch: Sketch, height: int = 96) -> None:
        super().__init__()
        self._sketch = sketch
        self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the links, then the nodes."""
        del event
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.ground))
        painter.drawRoundedRect(QRectF(self.rect()), 7, 7)
        self._draw_dots(painter, QColor(tokens.line))
        if self._sketch.nodes:
            self._draw_flow(painter)

    def _draw_dots(self, painter: QPainter, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1.4))
        for x in range(10, self.width() - 4, 16):
            for y in range(10, self.height() - 4, 16):
                painter.drawPoint(x, y)

    def _draw_flow(self, painter: QPainter) -> None:
        tokens = theme.current()
        boxes = self._boxes()
        painter.setPen(QPen(QColor(tokens.strong_line), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for source, target in self._sketch.links:
            painter.drawPath(_curve(boxes[source], boxes[target]))
        painter.setPen(Qt.PenStyle.NoPen)
        for box, (_, _, group) in zip(boxes, self._sketch.nodes, strict=True):
            painter.setBrush(QColor(tokens.group(group)))
            painter.drawRoundedRect(box, 2.5, 2.5)

    def _boxes(self) -> list[QRectF]:
        across = [x for x, _, _ in self._sketch.nodes]
        down = [y for _, y, _ in self._sketch.nodes]
        width, height = max(across) - min(across) + _WIDTH, max(down) - min(down) + _HEIGHT
        inside = QRectF(self.rect()).adjusted(14, 12, -14, -12)
        scale = min(inside.width() / width, inside.height() / height, _LARGEST)
        left = inside.center().x() - width * scale / 2
        top = inside.center().y() - height * scale / 2
        return [
            QRectF(
                left + (x - min(across)) * scale,
                top + (y - min(down)) * scale,
                _WIDTH * scale,
                _HEIGHT * scale,
            )
            for x, y in zip(across, down, strict=True)
        ]


def _curve(source: QRectF, target: QRectF) -> QPainterPath:
    start = QPointF(source.right(), source.center().y())
    end = QPointF(target.left(), target.center().y())
    middle = (start.x() + end.x()) / 2
    path = QPainterPath(start)
    path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
    return path
