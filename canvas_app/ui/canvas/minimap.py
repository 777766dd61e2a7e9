"""The whole flow in small, with what is seen of it; dragging in it moves the view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
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
        self._blocks: dict[tuple[str, int], QPainterPath] | None = None
        self._extent = QRectF()
        view.moved.connect(self.update)
        for signal in (view.graph.shown, view.desk.selection_changed):
            signal.connect(self._draw_anew)

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
        blocks = self._drawn()
        scale, origin = self._scale()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.save()
        painter.translate(origin)
        painter.scale(scale, scale)
        for (group, alpha), path in blocks.items():
            colour = QColor(tokens.group(group))
            colour.setAlpha(alpha)
            painter.fillPath(path, colour)
        painter.restore()
        seen = self._view.seen
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

    def _draw_anew(self) -> None:
        self._blocks = None
        self.update()

    def _drawn(self) -> dict[tuple[str, int], QPainterPath]:
        """The nodes as few large shapes, made when a node has changed and not for every picture."""
        if self._blocks is None:
            self._extent = self._view.graph.extent()
            self._blocks = {}
            for item in self._view.graph.nodes.values():
                look = (item.face.group, 255 if item.chosen else 150)
                path = self._blocks.setdefault(look, QPainterPath())
                path.addRoundedRect(item.place(), 12, 12)
        return self._blocks

    def _look(self, event: QMouseEvent) -> None:
        scale, origin = self._scale()
        at = (event.position() - origin) / scale
        self._view.centerOn(at)
        self._view.moved.emit()

    def _scale(self) -> tuple[float, QPointF]:
        area = self._extent.united(self._view.seen)
        room = QRectF(self.rect()).adjusted(7, 7, -7, -7)
        scale = min(room.width() / max(1.0, area.width()), room.height() / max(1.0, area.height()))
        return scale, room.center() - area.center() * scale
