"""The canvas's scene follows the frozen flow: only what changed by identity is touched."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem, QGraphicsRectItem, QGraphicsScene

from canvas_app.flow.flow import Flow, Link, NodeId
from canvas_app.ui import theme
from canvas_app.ui.canvas.face import Face
from canvas_app.ui.canvas.link_item import LinkItem, link_pen
from canvas_app.ui.canvas.node_item import PORT_REACH, NodeItem

_VAST = QRectF(-50_000, -50_000, 100_000, 100_000)
"""Large enough that a person can pan wherever they like."""
_TOUCHED = Qt.ItemSelectionMode.IntersectsItemBoundingRect


@dataclass(frozen=True)
class Hit:
    """What is under the pointer: a port of a node, a node, a link, or the ground."""

    node: NodeId | None = None
    side: str = ""
    """``in`` or ``out`` over a port."""
    port: int = 0
    link: Link | None = None


class FlowScene(QGraphicsScene):
    """Nodes and links as items; it holds no truth of its own."""

    shown = Signal()
    """The items follow another flow than before."""

    def __init__(self) -> None:
        super().__init__()
        self.setSceneRect(_VAST)
        self.flow = Flow()
        self.nodes: dict[NodeId, NodeItem] = {}
        self.links: dict[Link, LinkItem] = {}
        self._drawn = QGraphicsPathItem()
        self._drawn.setZValue(5)
        self._drawn.hide()
        self._band = QGraphicsRectItem()
        self._band.setZValue(6)
        self._band.hide()
        self.addItem(self._drawn)
        self.addItem(self._band)
        self._ways: dict[NodeId, tuple[QPointF, QPointF]] = {}
        self._glide = QVariantAnimation(self)
        self._glide.setStartValue(0.0)
        self._glide.setEndValue(1.0)
        self._glide.valueChanged.connect(self._step)
        theme.changed.connect(self._repaint_anew)

    def show_flow(self, flow: Flow, faces: Mapping[NodeId, Face]) -> tuple[NodeId, ...]:
        """Follow a flow; nodes and links that are the same are not touched.

        Tells the nodes that are new, and then those that stand elsewhere than they were seen.
        """
        self._glide.stop()
        before = {name: item.pos() for name, item in self.nodes.items()}
        touched = self._follow_nodes(flow, faces)
        self._follow_links(flow, touched)
        self.flow = flow
        self.shown.emit()
        moved = [name for name, place in before.items() if name in flow and self.nodes[name].pos() != place]
        return (*(name for name in self.nodes if name not in before), *moved)

    def choose(self, nodes: Collection[NodeId], link: Link | None = None) -> None:
        """Draw these nodes as selected, or one link."""
        for name, item in self.nodes.items():
            item.choose(name in nodes)
        for one, curve_item in self.links.items():
            curve_item.mark("chosen" if one == link else "plain")

    def hit(self, at: QPointF, reach: float = 8.0) -> Hit:
        """What is at a place; ports count before cards, cards before links."""
        wide = max(reach, PORT_REACH)
        near = self.items(QRectF(at.x() - wide, at.y() - wide, 2 * wide, 2 * wide), _TOUCHED)
        nodes = [item for item in near if isinstance(item, NodeItem)]
        for item in nodes:
            port = item.port_near(at)
            if port is not None:
                return Hit(item.node.id, *port)
        for item in nodes:
            if item.place().contains(at):
                return Hit(item.node.id)
        links = [item for item in near if isinstance(item, LinkItem)]
        return Hit(link=next((item.link for item in links if item.near(at, reach)), None))

    def within(self, area: QRectF) -> tuple[NodeId, ...]:
        """The nodes that an area touches, in the order of the flow."""
        return tuple(name for name, item in self.nodes.items() if item.place().intersects(area))

    def extent(self, nodes: Iterable[NodeId] | None = None) -> QRectF:
        """The area that the nodes (or all) take; empty where there are none."""
        area = QRectF()
        for name in self.nodes if nodes is None else nodes:
            area = area.united(self.nodes[name].place())
        return area

    def put(self, node: NodeId, at: QPointF) -> None:
        """Move a card while it is dragged; the flow is told at the end."""
        self.nodes[node].setPos(at)
        for link in (*self.flow.inputs(node), *self.flow.outputs(node)):
            self.links[link].follow()

    def fade(self, nodes: Collection[NodeId]) -> None:
        """Let these step back, and only these."""
        for name, item in self.nodes.items():
            item.fade(name in nodes)

    def mark_link(self, link: Link | None) -> None:
        """Show that a step can be dropped on that link, and on no other."""
        for one, item in self.links.items():
            if one == link:
                item.mark("welcome")
            elif item.look == "welcome":
                item.mark("plain")

    def mark_port(self, node: NodeId | None, side: str = "", port: int = 0) -> None:
        """Fill one port, and no other."""
        for name, item in self.nodes.items():
            item.mark_port(side if name == node else "", port)

    def draw_link(self, path: QPainterPath | None) -> None:
        """Show a link that is being drawn, or none."""
        self._drawn.setVisible(path is not None)
        if path is not None:
            self._drawn.setPen(link_pen("chosen"))
            self._drawn.setPath(path)

    def draw_band(self, area: QRectF | None) -> None:
        """Show the rubber band, or none."""
        self._band.setVisible(area is not None)
        if area is not None:
            soft = QColor(theme.current().accent)
            self._band.setPen(QPen(soft, 1, Qt.PenStyle.DashLine))
            soft.setAlpha(26)
            self._band.setBrush(soft)
            self._band.setRect(area)

    def glide(self, edit: Callable[[], object]) -> None:
        """Do an edit and let the nodes that it moves glide to their places."""
        before = {name: item.pos() for name, item in self.nodes.items()}
        edit()
        length = theme.current().motion_ms
        self._ways = {
            name: (start, self.nodes[name].pos())
            for name, start in before.items()
            if name in self.nodes and self.nodes[name].pos() != start
        }
        if length and self._ways:
            self._glide.setDuration(length)
            self._glide.start()

    def _step(self, done: float) -> None:
        for name, (start, end) in self._ways.items():
            self.put(name, start + (end - start) * (1 - (1 - done) ** 3))

    def _follow_nodes(self, flow: Flow, faces: Mapping[NodeId, Face]) -> set[NodeId]:
        touched = set()
        for name in [name for name in self.nodes if name not in flow]:
            self._remove_links_of(name)
            self.removeItem(self.nodes.pop(name))
        for node in flow:
            item = self.nodes.get(node.id)
            if item is None:
                self.nodes[node.id] = NodeItem(node, faces[node.id])
                self.addItem(self.nodes[node.id])
            elif item.out_of_date(node, faces[node.id]):
                item.show_node(node, faces[node.id])
                touched.add(node.id)
        return touched

    def _follow_links(self, flow: Flow, touched: set[NodeId]) -> None:
        if flow.links is not self.flow.links:
            for link in [link for link in self.links if link not in flow.links]:
                self.removeItem(self.links.pop(link))
            for link in flow.links:
                if link not in self.links:
                    item = LinkItem(link, self.nodes[link.source], self.nodes[link.target])
                    self.links[link] = item
                    self.addItem(item)
        for name in touched:
            for link in (*flow.inputs(name), *flow.outputs(name)):
                self.links[link].follow()

    def _remove_links_of(self, node: NodeId) -> None:
        for link in [link for link in self.links if node in (link.source, link.target)]:
            self.removeItem(self.links.pop(link))

    def _repaint_anew(self) -> None:
        for item in self.nodes.values():
            item.repaint_anew()
        for link in self.links.values():
            link.follow()
            link.repaint_anew()
