"""The whole flow in small, with what is seen of it; dragging in it moves the view."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from canvas_app.ui import theme
from canvas_app.ui.canvas.view import FlowView

SIZE = QSize(148, 82)
_CORNER = 12.0
"""The radius of a block, in canvas units."""
_GAP, _BELOW_BUTTON = 14, 46
"""How far from the borders it stands, and from the upper one, where the button that folds is."""
_REST = 150
"""Milliseconds without a movement after which it steps aside."""
_PALE = 0.25


class Minimap(QWidget):
    """Coloured blocks for nodes, a frame for what is seen."""

    def __init__(self, view: FlowView, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.setFixedSize(SIZE)
        self.setAccessibleName("Map of the flow")
        self.setToolTip("Map of the flow: drag to move the view")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._extent = QRectF()
        self._blocks: dict[tuple[str, int], list[QRectF]] = {}
        self._look: tuple[object, ...] = ()
        self._picture = QPixmap()
        self._pale = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST)
        self._rest.timeout.connect(self.step_aside)
        view.moved.connect(self._rest.start)
        view.graph.shown.connect(self._rest.start)
        view.moved.connect(self.update)
        for signal in (view.graph.shown, view.desk.selection_changed):
            signal.connect(self._draw_anew)
        self._draw_anew()

    @property
    def pale(self) -> bool:
        """Whether it lets nodes shine through, and clicks pass."""
        return self._pale

    def step_aside(self) -> None:
        """Stand in a corner at the left where no node is; pale, where it hides nodes and isn't needed."""
        graph, view = self._view.graph, self._view
        lower = QPoint(_GAP, view.height() - self.height() - _GAP)
        corners = (lower, QPoint(_GAP, _BELOW_BUTTON))
        free = [
            corner
            for corner in corners
            if not graph.within(view.mapToScene(QRect(corner, self.size())).boundingRect())
        ]
        self.move(free[0] if free else lower)
        self._pale = not free and view.seen.contains(graph.extent())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, self._pale)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the blocks and the frame."""
        del event
        scale, origin = self._scale()
        self._draw(scale, origin)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(_PALE if self._pale else 1.0)
        painter.drawPixmap(0, 0, self._picture)
        seen = self._view.seen
        frame = QRectF(origin + seen.topLeft() * scale, seen.size() * scale)
        painter.setPen(QPen(QColor(theme.current().accent), 1.2))
        painter.drawRoundedRect(frame.intersected(QRectF(self.rect()).adjusted(3, 3, -3, -3)), 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Look there."""
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        self._go(event)

    def _draw_anew(self) -> None:
        """Other nodes are shown or chosen: gather them, and not for every picture."""
        self._extent = self._view.graph.extent()
        self._blocks = {}
        for item in self._view.graph.nodes.values():
            look = (item.face.group, 255 if item.chosen else 150)
            self._blocks.setdefault(look, []).append(item.place())
        self._look = ()
        self.update()

    def _draw(self, scale: float, origin: QPointF) -> None:
        """Draw the ground and the blocks, unless the picture shows them so already."""
        ratio = self.devicePixelRatioF()
        look = (scale, origin.x(), origin.y(), ratio, theme.current())
        if look == self._look:
            return
        self._look = look
        self._picture = QPixmap(self.size() * ratio)
        self._picture.setDevicePixelRatio(ratio)
        self._picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        painter.translate(origin)
        painter.scale(scale, scale)
        self._paint_blocks(painter, scale)
        painter.end()

    def _paint_ground(self, painter: QPainter) -> None:
        tokens = theme.current()
        ground = QColor(tokens.panel)
        ground.setAlpha(235)
        painter.setBrush(ground)
        painter.setPen(QPen(QColor(tokens.line), 1))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 7, 7)

    def _paint_blocks(self, painter: QPainter, scale: float) -> None:
        """The nodes of one look together; they have round corners as far as that can be seen."""
        painter.setPen(Qt.PenStyle.NoPen)
        for (group, alpha), rects in self._blocks.items():
            colour = QColor(theme.current().group(group))
            colour.setAlpha(alpha)
            painter.setBrush(colour)
            if _CORNER * scale < 1:
                painter.drawRects(rects)
                continue
            for rect in rects:
                painter.drawRoundedRect(rect, _CORNER, _CORNER)

    def _go(self, event: QMouseEvent) -> None:
        scale, origin = self._scale()
        at = (event.position() - origin) / scale
        self._view.centerOn(at)
        self._view.moved.emit()

    def _scale(self) -> tuple[float, QPointF]:
        area = self._extent.united(self._view.seen)
        room = QRectF(self.rect()).adjusted(7, 7, -7, -7)
        scale = min(room.width() / max(1.0, area.width()), room.height() / max(1.0, area.height()))
        return scale, room.center() - area.center() * scale
