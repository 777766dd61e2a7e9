"""A node on the canvas: a card with its icon, words, light and ports."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsRectItem, QStyleOptionGraphicsItem, QWidget

from canvas_app.flow.flow import Node
from canvas_app.ui import theme
from canvas_app.ui.canvas.card import HEIGHT, PAD, TILE, WIDTH, Card
from canvas_app.ui.canvas.face import LIGHT_COLOURS, Face
from canvas_app.ui.theme.icons import paint_icon

PORT_RADIUS = 4.5
PORT_REACH = 13.0
"""How near the pointer must come to a port; larger than the port looks, since hands shake."""

_TINY = 0.35
"""Below this zoom words can't be read and are not drawn."""


class NodeItem(QGraphicsRectItem):
    """The card of one node. It paints a ``Face``; what it means is decided elsewhere.

    Its rectangle holds ports and shadow too. Qt keeps it, so that no Python runs for nodes that are painted
    from their pictures.
    """

    def __init__(self, node: Node, face: Face) -> None:
        super().__init__()
        self.node = node
        self.face = face
        self._selected = False
        self._faded = False
        self._marked_port: tuple[str, int] | None = None
        self._lines: tuple[str, ...] = ()
        self._summary = ""
        self._height = 0.0
        self.setPen(Qt.PenStyle.NoPen)
        self._lay_out()
        self.setPos(node.x, node.y)
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def out_of_date(self, node: Node, face: Face) -> bool:
        """Whether it shows anything else, or stands elsewhere in the middle of a movement."""
        return node is not self.node or face != self.face or self.pos() != QPointF(node.x, node.y)

    def show_node(self, node: Node, face: Face) -> None:
        """Follow the flow; what looks the same is not painted again."""
        self.setPos(node.x, node.y)
        self.node = node
        if face != self.face:
            self.face = face
            self.repaint_anew()

    def repaint_anew(self) -> None:
        """Lay the words out and paint again, for instance in another theme."""
        self._lay_out()
        self.update()

    def choose(self, selected: bool) -> None:
        """Draw the border of a selected node, or no longer."""
        if selected != self._selected:
            self._selected = selected
            self.setZValue(1 if selected else 0)
            self.update()

    @property
    def chosen(self) -> bool:
        """Whether it is drawn as selected."""
        return self._selected

    def fade(self, faded: bool) -> None:
        """Step back while something is dragged that does not fit here."""
        if faded != self._faded:
            self._faded = faded
            self.setOpacity(0.35 if faded else 1.0)

    @property
    def faded(self) -> bool:
        """Whether it has stepped back."""
        return self._faded

    def mark_port(self, side: str = "", port: int = 0) -> None:
        """Fill one port (``in`` or ``out``), or none."""
        marked = (side, port) if side else None
        if marked != self._marked_port:
            self._marked_port = marked
            self.update()

    def card(self) -> QRectF:
        """The card in its own coordinates."""
        return QRectF(0, 0, WIDTH, self._height)

    def place(self) -> QRectF:
        """The card where it stands on the canvas."""
        return self.card().translated(self.pos())

    def output_at(self) -> QPointF:
        """Where links leave, on the canvas."""
        return self.pos() + QPointF(WIDTH, HEIGHT / 2)

    def input_at(self, port: int) -> QPointF:
        """Where links to a port arrive, on the canvas."""
        count = max(1, len(self.face.inputs))
        return self.pos() + QPointF(0, HEIGHT * (min(port, count - 1) + 1) / (count + 1))

    def port_near(self, at: QPointF) -> tuple[str, int] | None:
        """The port under the pointer, such as ``("in", 0)``."""
        if self.face.output and _distance(at, self.output_at()) <= PORT_REACH:
            return "out", 0
        near = [(_distance(at, self.input_at(port)), port) for port in range(len(self.face.inputs))]
        distance, port = min(near, default=(PORT_REACH + 1, 0))
        return ("in", port) if distance <= PORT_REACH else None

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Draw the card."""
        del widget
        if option.levelOfDetailFromTransform(painter.worldTransform()) < _TINY:
            self._paint_tiny(painter)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._looks().paint(painter)
        painter.setOpacity(0.45 if self.face.skipped else 1.0)
        self._paint_words(painter)
        painter.setOpacity(1.0)
        self._paint_light(painter)
        self._paint_ports(painter)

    def _lay_out(self) -> None:
        room = WIDTH - 2 * PAD - TILE - 10 - 12
        metrics, small = typefaces().title_metrics, typefaces().summary_metrics
        self._lines = _two_lines(self.face.title, metrics, room)
        self._summary = small.elidedText(self.face.summary, Qt.TextElideMode.ElideRight, room + 12)
        words = metrics.height() * len(self._lines) + (small.height() + 1 if self._summary else 0)
        bar = 9.0 if self.face.share is not None else 0.0
        self._height = max(HEIGHT, round(words + bar + 18))
        self.setRect(self._looks().bounds)

    def _looks(self) -> Card:
        face = self.face
        return Card(self._height, face.group, face.icon, self._selected, face.skipped)

    def _paint_tiny(self, painter: QPainter) -> None:
        """From far away: a card with its group's colour, and whether it has a problem."""
        tokens = theme.current()
        chosen = tokens.accent if self._selected else tokens.line
        troubled = self.face.light in ("problem", "warning")
        painter.setPen(
            QPen(QColor(tokens.bad if troubled else chosen), 4 if self._selected or troubled else 2)
        )
        painter.setBrush(QColor(tokens.raised))
        painter.drawRect(self.card())
        tile = QRectF(PAD, PAD, TILE, self._height - 2 * PAD)
        painter.fillRect(tile, QColor(tokens.group(self.face.group)))

    def _paint_words(self, painter: QPainter) -> None:
        tokens = theme.current()
        left = PAD + TILE + 10
        faces = typefaces()
        metrics, small = faces.title_metrics, faces.summary_metrics
        bar = 9.0 if self.face.share is not None else 0.0
        words = metrics.height() * len(self._lines) + (small.height() + 1 if self._summary else 0) + bar
        top = (self._height - words) / 2
        painter.setFont(faces.title)
        painter.setPen(QColor(tokens.text))
        for line in self._lines:
            painter.drawText(QPointF(left, top + metrics.ascent()), line)
            top += metrics.height()
        painter.setFont(faces.summary)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(QPointF(left, top + 1 + small.ascent()), self._summary)
        if self.face.share is not None:
            self._paint_bar(painter, left, top + small.height() + 5)

    def _paint_bar(self, painter: QPainter, left: float, top: float) -> None:
        tokens = theme.current()
        bar = QRectF(left, top, WIDTH - left - PAD, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.chip))
        painter.drawRoundedRect(bar, 2.5, 2.5)
        painter.setBrush(QColor(tokens.group(self.face.group)))
        painter.drawRoundedRect(
            QRectF(bar.topLeft(), bar.bottomRight()).adjusted(
                0, 0, -bar.width() * (1 - (self.face.share or 0)), 0
            ),
            2.5,
            2.5,
        )

    def _paint_light(self, painter: QPainter) -> None:
        """Each light has a shape of its own, since colour alone is not enough."""
        tokens = theme.current()
        colour = QColor(getattr(tokens, LIGHT_COLOURS[self.face.light]))
        centre = QPointF(WIDTH - 16, 15)
        if self.face.light in ("problem", "warning"):
            name = "ph.warning-circle" if self.face.light == "problem" else "ph.warning"
            box = QRect(round(centre.x()) - 7, round(centre.y()) - 7, 14, 14)
            paint_icon(painter, name, box, LIGHT_COLOURS[self.face.light])
            return
        hollow = self.face.light in ("stale", "unfinished") or self.face.skipped
        painter.setPen(QPen(colour, 1.6) if hollow else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if hollow else colour)
        if self.face.light == "working":
            painter.setPen(QPen(colour, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawArc(QRectF(centre.x() - 4.5, centre.y() - 4.5, 9, 9), 30 * 16, 260 * 16)
            return
        painter.drawEllipse(centre, 3.6, 3.6)

    def _paint_ports(self, painter: QPainter) -> None:
        tokens = theme.current()
        ports = [(("in", port), self.input_at(port) - self.pos()) for port in range(len(self.face.inputs))]
        ports += [(("out", 0), self.output_at() - self.pos())] if self.face.output else []
        for which, centre in ports:
            marked = which == self._marked_port
            painter.setPen(QPen(QColor(tokens.accent if marked else tokens.faint), 1.7))
            painter.setBrush(QColor(tokens.accent if marked else tokens.raised))
            grown = PORT_RADIUS + (1.5 if marked else 0)
            painter.drawEllipse(centre, grown, grown)


class Typefaces:
    """The fonts of a card with their measures; made once for all cards, since that takes long."""

    def __init__(self, family: str, body: int, caption: int) -> None:
        self.title = QFont(family)
        self.title.setPixelSize(body)
        self.title.setWeight(QFont.Weight.DemiBold)
        self.summary = QFont(family)
        self.summary.setPixelSize(caption)
        self.summary.setFeature(QFont.Tag.fromString("tnum"), 1)
        self.title_metrics = QFontMetricsF(self.title)
        self.summary_metrics = QFontMetricsF(self.summary)


@lru_cache(maxsize=2)
def _typefaces(family: str, body: int, caption: int) -> Typefaces:
    return Typefaces(family, body, caption)


def typefaces() -> Typefaces:
    """Those of the theme that is on."""
    tokens = theme.current()
    return _typefaces(tokens.family, tokens.body, tokens.caption)


def _two_lines(text: str, metrics: QFontMetricsF, room: float) -> tuple[str, ...]:
    """The text on one line, or broken at a word into two, the second cut off where needed."""
    if metrics.horizontalAdvance(text) <= room:
        return (text,)
    words = text.split(" ")
    first = words[0]
    while len(words) > 1 and metrics.horizontalAdvance(f"{first} {words[1]}") <= room:
        first = f"{first} {words.pop(1)}"
    rest = " ".join(words[1:])
    shown = [metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in (first, rest) if line]
    return tuple(shown)


def _distance(one: QPointF, other: QPointF) -> float:
    gap = one - other
    return float((gap.x() ** 2 + gap.y() ** 2) ** 0.5)
