"""Which part of the canvas is seen and how large: zoom, pan, fit, and the dotted ground beneath."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QNativeGestureEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView

from canvas_app.ui import theme
from canvas_app.ui.canvas.ground import Ground
from canvas_app.ui.canvas.scene import FlowScene

LEAST_ZOOM, MOST_ZOOM = 0.1, 4.0
LEGIBLE = 0.75
"""A flow never opens smaller than this: its words can't be read then."""
_AROUND = 32
"""What is left free around a flow that is shown whole."""


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

    def fit(self) -> None:
        """Show the whole flow; never larger than 100 %."""
        area = self.graph.extent()
        if area.isEmpty():
            self.zoom_to(1.0)
            self.centerOn(0, 0)
            return
        area = area.adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        room = self.viewport().rect()
        zoom = min(1.0, room.width() / area.width(), room.height() / area.height())
        self.zoom_to(zoom)
        self.centerOn(area.center())
        self.moved.emit()

    def open_up(self) -> None:
        """Show the whole flow as far as it can be read, else the start of it."""
        self.fit()
        if self.zoom >= LEGIBLE:
            return
        self.zoom_to(LEGIBLE)
        area, seen = self.graph.extent(), self.seen
        across, down = seen.width() / 2 - _AROUND, seen.height() / 2 - _AROUND
        wide, high = area.width() > 2 * across, area.height() > 2 * down
        self.centerOn(
            area.left() + max(across, 0.0) if wide else area.center().x(),
            area.top() + max(down, 0.0) if high else area.center().y(),
        )
        self.moved.emit()

    def reveal(self, node: str) -> None:
        """Bring a node into sight, if it isn't."""
        if node in self.graph.nodes:
            area = self.graph.nodes[node].place()
            if not self.seen.contains(area):
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
