"""Which part of the canvas is seen and how large: zoom, pan, fit, and the dotted ground beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QNativeGestureEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView

from canvas_app.ui import theme
from canvas_app.ui.canvas.ground import Ground
from canvas_app.ui.canvas.scene import FlowScene

LEAST_ZOOM, MOST_ZOOM = 0.1, 4.0
LEGIBLE = 0.6
"""A flow never opens smaller than this: its words can't be read then."""
_AROUND = 24
"""What is left free around a flow that is shown whole."""
_CLOSE = 0.8
"""How much smaller everything may become when the view follows something; else it moves only."""

Look = tuple[float, QPointF]
"""A zoom, and the place in the middle of what is seen."""


class Sight(QGraphicsView):
    """A view of the flow's items that can be zoomed and panned; it knows of no edit and no selection."""

    zoomed = Signal(float)
    moved = Signal()
    """Another part of the canvas is seen."""

    def __init__(self, graph: FlowScene) -> None:
        super().__init__(graph)
        self.graph = graph
        self.touched = False
        """Whether a person has chosen what is seen; until then the whole flow is."""
        self._ground = Ground()
        self._way: tuple[Look, Look] = ((1.0, QPointF()), (1.0, QPointF()))
        self._flight = QVariantAnimation(self)
        self._flight.setStartValue(0.0)
        self._flight.setEndValue(1.0)
        self._flight.valueChanged.connect(self._fly)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        theme.changed.connect(self.viewport().update)

    @property
    def zoom(self) -> float:
        """1 is 100 %."""
        return self.transform().m11()

    @property
    def seen(self) -> QRectF:
        """The part of the canvas that is seen."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def centre(self) -> QPointF:
        """The middle of what is seen, on the canvas."""
        return self.mapToScene(self.viewport().rect().center())

    def pan(self, by: QPoint) -> None:
        """Move the canvas by pixels of the view."""
        self.stay()
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() - by.x())
        down.setValue(down.value() - by.y())

    def zoom_to(self, zoom: float, around: QPoint | None = None) -> None:
        """Zoom so that what is under a point of the view stays there."""
        zoom = min(MOST_ZOOM, max(LEAST_ZOOM, zoom))
        point = around or self.viewport().rect().center()
        before = self.mapToScene(point)
        self.setTransform(self.transform().fromScale(zoom, zoom))
        after = self.mapFromScene(before)
        self.pan(point - after)
        self.zoomed.emit(zoom)
        self.moved.emit()

    def stay(self) -> None:
        """Go no further: a hand decides what is seen now."""
        self._flight.stop()

    def fit(self) -> None:
        """Show the whole flow; never larger than 100 %."""
        self._look_at(self._whole())

    def show_all(self) -> None:
        """Go to where the whole flow is seen as far as it can be read, else to its start."""
        self._go(self._opened())

    def open_up(self) -> None:
        """Show the whole flow as far as it can be read, else the start of it."""
        self._look_at(self._opened())

    def follow(self, nodes: Sequence[str]) -> None:
        """Go to nodes that were made or moved, if they aren't all in sight; what was made comes first."""
        area, seen = self.graph.extent(nodes), self.seen
        if seen.contains(area):
            return
        if not self.touched:
            self.show_all()
            return
        least = min(self.zoom, max(LEGIBLE, _CLOSE * self.zoom))
        for wanted in (self.graph.extent(), area):
            zoom = min(self.zoom, self._zoom_for(wanted))
            if zoom >= least:
                self._go((zoom, self._nearest(wanted, zoom)))
                return
        self._go((self.zoom, self._nearest(self.graph.extent(nodes[:1]), self.zoom)))

    def reveal(self, node: str) -> None:
        """Bring a node into sight, if it isn't."""
        if node in self.graph.nodes:
            area = self.graph.nodes[node].place()
            if not self.seen.contains(area):
                self.stay()
                self.ensureVisible(area, 60, 60)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl zooms at the pointer; without it the canvas scrolls."""
        self.touched = True
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            factor = 1.0015 ** event.angleDelta().y()
            self.zoom_to(self.zoom * factor, event.position().toPoint())
        else:
            by = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 2
            sideways = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.pan(QPoint(by.y(), by.x()) if sideways and not by.x() else by)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Pinching zooms."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_to(self.zoom * (1 + event.value()), event.position().toPoint())
            return True
        return bool(super().viewportEvent(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Until a person has chosen what is seen, it is the whole flow, or its start."""
        super().resizeEvent(event)
        if not self.touched:
            self.open_up()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Another part is seen."""
        super().scrollContentsBy(dx, dy)
        self.moved.emit()

    def drawBackground(self, painter: QPainter, rect: QRectF | object) -> None:
        """The dotted ground."""
        del rect
        self._ground.paint(painter, self.viewport().size())

    def _whole(self) -> Look:
        area = self.graph.extent()
        if area.isEmpty():
            return 1.0, QPointF()
        return max(LEAST_ZOOM, min(1.0, self._zoom_for(area))), area.center()

    def _opened(self) -> Look:
        zoom, centre = self._whole()
        if zoom >= LEGIBLE:
            return zoom, centre
        area, room = self.graph.extent(), self._room(LEGIBLE)
        wide, high = area.width() > room.width(), area.height() > room.height()
        across = area.left() + room.width() / 2 if wide else centre.x()
        return LEGIBLE, QPointF(across, area.top() + room.height() / 2 if high else centre.y())

    def _room(self, zoom: float) -> QSizeF:
        """What can be seen at a zoom, without the border that is left free."""
        size = QSizeF(self.viewport().size()) / zoom
        return QSizeF(max(1.0, size.width() - 2 * _AROUND), max(1.0, size.height() - 2 * _AROUND))

    def _zoom_for(self, area: QRectF) -> float:
        room = self.viewport().rect()
        return min(room.width() / (area.width() + 2 * _AROUND), room.height() / (area.height() + 2 * _AROUND))

    def _nearest(self, area: QRectF, zoom: float) -> QPointF:
        """The middle nearest to where one looks now from which all of an area is seen."""
        centre, room = self.centre(), self._room(zoom)
        half = QPointF(room.width() / 2, room.height() / 2)
        least, most = area.bottomRight() - half, area.topLeft() + half
        return QPointF(
            min(max(centre.x(), least.x()), most.x()),
            min(max(centre.y(), least.y()), most.y()),
        )

    def _go(self, look: Look) -> None:
        """Go there in a short movement, or at once where nothing shall move."""
        self.stay()
        length = theme.current().motion_ms
        if not length or not self.isVisible():
            self._look_at(look)
            return
        self._way = (self.zoom, self.centre()), look
        self._flight.setDuration(length)
        self._flight.start()

    def _fly(self, done: float) -> None:
        (zoom, centre), (to_zoom, to_centre) = self._way
        part = 1 - (1 - done) ** 3
        self._show(zoom + (to_zoom - zoom) * part, centre + (to_centre - centre) * part)

    def _look_at(self, look: Look) -> None:
        self.stay()
        self._show(*look)

    def _show(self, zoom: float, centre: QPointF) -> None:
        if zoom != self.zoom:
            self.setTransform(self.transform().fromScale(zoom, zoom))
            self.zoomed.emit(zoom)
        self.centerOn(centre)
        self.moved.emit()
