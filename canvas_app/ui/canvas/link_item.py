"""A link on the canvas: a smooth curve between two ports."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from canvas_app.flow.flow import Link
from canvas_app.ui import theme
from canvas_app.ui.canvas.node_item import NodeItem

REACH = 10.0
"""How near, in canvas units, the pointer must come to a link."""


def curve(start: QPointF, end: QPointF) -> QPainterPath:
    """A cubic curve that leaves to the right and arrives from the left."""
    across = end.x() - start.x()
    pull = max(24.0, abs(across) / 2) if across >= 0 else max(60.0, min(220.0, -across))
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(pull, 0), end - QPointF(pull, 0), end)
    return path


class LinkItem(QGraphicsPathItem):
    """The curve of one link; it follows its two nodes."""

    def __init__(self, link: Link, source: NodeItem, target: NodeItem) -> None:
        super().__init__()
        self.link = link
        self._source = source
        self._target = target
        self._look = "plain"
        self.setZValue(-1)
        self.follow()
        self.repaint_anew()

    def follow(self) -> None:
        """Draw the curve anew after a node has moved."""
        self.setPath(curve(self._source.output_at(), self._target.input_at(self.link.port)))

    def mark(self, look: str) -> None:
        """``plain``, ``chosen`` (selected or pointed at), ``welcome`` (a step can be dropped here)."""
        if look != self._look:
            self._look = look
            self.repaint_anew()

    @property
    def look(self) -> str:
        """How it is marked."""
        return self._look

    def repaint_anew(self) -> None:
        """Take the colours of the theme that is on."""
        self.setPen(link_pen(self._look))

    def near(self, at: QPointF, reach: float = REACH) -> bool:
        """Whether the pointer is on the link, or as good as."""
        box = QRectF(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
        if not self.boundingRect().intersects(box):
            return False
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * reach)
        return stroker.createStroke(self.path()).contains(at)

    def middle(self) -> QPointF:
        """The middle of the curve."""
        return self.path().pointAtPercent(0.5)


def link_pen(look: str) -> QPen:
    """The pen of a link that is marked so."""
    tokens = theme.current()
    colours = {"plain": tokens.faint, "chosen": tokens.accent, "welcome": tokens.accent}
    widths = {"plain": 1.7, "chosen": 2.4, "welcome": 4.0}
    pen = QPen(QColor(colours[look]), widths[look])
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
