"""A flow at the size of a stamp: its nodes in the colours of their groups, and its links."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from canvas_app.flow.flow import Flow
from canvas_app.ui import theme

_NODE = (190.0, 50.0)
"""Width and height of a node in canvas units."""


class FlowThumbnail(QWidget):
    """Draws a flow to fit; an empty one as a few dots."""

    def __init__(self, flow: Flow | None, height: int = 96) -> None:
        super().__init__()
        self._flow = flow
        self.setFixedHeight(height)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the links, then the nodes."""
        del event
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QPainterPath()
        ground.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.fillPath(ground, QColor(tokens.ground))
        self._draw_dots(painter, QColor(tokens.line))
        if self._flow is not None and self._flow.nodes:
            self._draw_flow(painter, self._flow)

    def _draw_dots(self, painter: QPainter, colour: QColor) -> None:
        painter.setPen(QPen(colour, 1.4))
        for x in range(10, self.width() - 4, 16):
            for y in range(10, self.height() - 4, 16):
                painter.drawPoint(x, y)

    def _draw_flow(self, painter: QPainter, flow: Flow) -> None:
        places = self._places(flow)
        painter.setPen(QPen(QColor(theme.current().strong_line), 1.2))
        for link in flow.links:
            start, end = places[link.source], places[link.target]
            painter.drawPath(_curve(_right(start), _left(end)))
        for node in flow:
            colour = QColor(theme.current().group(node.unit.spec.group))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawRoundedRect(places[node.id], 2.5, 2.5)

    def _places(self, flow: Flow) -> dict[str, QRectF]:
        left, top = min(node.x for node in flow), min(node.y for node in flow)
        width = max(node.x for node in flow) - left + _NODE[0]
        height = max(node.y for node in flow) - top + _NODE[1]
        inside = QRectF(self.rect()).adjusted(14, 12, -14, -12)
        scale = min(inside.width() / width, inside.height() / height, 0.16)
        x0 = inside.center().x() - width * scale / 2
        y0 = inside.center().y() - height * scale / 2
        return {
            node.id: QRectF(
                x0 + (node.x - left) * scale, y0 + (node.y - top) * scale, _NODE[0] * scale, _NODE[1] * scale
            )
            for node in flow
        }


def _right(box: QRectF) -> QPointF:
    return QPointF(box.right(), box.center().y())


def _left(box: QRectF) -> QPointF:
    return QPointF(box.left(), box.center().y())


def _curve(start: QPointF, end: QPointF) -> QPainterPath:
    path = QPainterPath(start)
    middle = (start.x() + end.x()) / 2
    path.cubicTo(QPointF(middle, start.y()), QPointF(middle, end.y()), end)
    return path
