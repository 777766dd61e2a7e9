"""The whole flow in small, with what is seen of it; dragging in it moves the view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from canvas_app.ui import theme
from canvas_app.ui.canvas.view import FlowView

SIZE = QSize(148, 82)


class Minimap(QWidget):
    """Coloured blocks for nodes, a frame for what is seen."""

    def __init__(self, view: FlowView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setFixedSize(SIZE)
        self.setAccessibleName("Map of the flow")
        self.setToolTip("Map of the flow: drag to move the view")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        view.moved.connect(self.update)
        view.graph.changed.connect(self._follow)

    def _follow(self, *_: object) -> None:
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the blocks and the frame."""
        del event
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QColor(tokens.panel)
        ground.setAlpha(235)
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)
        scale, origin = self._scale()
        painter.setPen(Qt.PenStyle.NoPen)
        for item in self._view.graph.nodes.values():
            colour = QColor(tokens.group(item.face.group))
            colour.setAlpha(255 if item.chosen else 150)
            painter.setBrush(colour)
            place = item.place()
            corner = QPointF(origin.x() + place.x() * scale, origin.y() + place.y() * scale)
            block = QRectF(corner.x(), corner.y(), place.width() * scale, place.height() * scale)
            painter.drawRoundedRect(block, min(2.0, block.height() / 3), min(2.0, block.height() / 3))
        seen = self._seen()
        frame = QRectF(
            origin.x() + seen.x() * scale,
            origin.y() + seen.y() * scale,
            seen.width() * scale,
            seen.height() * scale,
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(tokens.accent), 1.2))
        painter.drawRoundedRect(frame.intersected(QRectF(self.rect()).adjusted(3, 3, -3, -3)), 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look there."""
        self._look(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self._look(event)

    def _look(self, event: QMouseEvent) -> None:
        scale, origin = self._scale()
        at = (event.position() - origin) / scale
        self._view.centerOn(at)
        self._view.moved.emit()

    def _seen(self) -> QRectF:
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()

    def _scale(self) -> tuple[float, QPointF]:
        area = self._view.graph.extent().united(self._seen())
        room = QRectF(self.rect()).adjusted(7, 7, -7, -7)
        scale = min(room.width() / max(1.0, area.width()), room.height() / max(1.0, area.height()))
        return scale, room.center() - area.center() * scale
