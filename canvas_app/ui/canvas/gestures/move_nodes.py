"""Drag nodes elsewhere; an unlinked one that is let go on a link goes between its ends."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from canvas_app.flow import edits
from canvas_app.flow.flow import Link, NodeId
from canvas_app.ui.canvas.gestures.gesture import Gesture, Pointer, Stage
from canvas_app.ui.canvas.link_item import REACH
from canvas_app.ui.canvas.room import move_between

_SLOP = 4.0
"""Movements up to here are a click by a hand that shakes."""


class MoveNodes(Gesture):
    """All selected nodes move together, and one undo brings them back."""

    def __init__(self, stage: Stage, node: NodeId) -> None:
        super().__init__(stage)
        self._node = node
        self._start = QPointF()
        self._from: dict[NodeId, QPointF] = {}
        self._moving = False
        self._adding = False
        self._link: Link | None = None

    def begin(self, pointer: Pointer) -> None:
        """Select the node; a click on one of several selected ones still moves them all."""
        desk = self.stage.desk
        self._adding = pointer.adding
        if pointer.adding:
            desk.toggle(self._node)
        elif self._node not in desk.selected:
            desk.select((self._node,))
        self._start = pointer.at
        self._from = {node: self.stage.graph.nodes[node].pos() for node in desk.selected}

    def move(self, pointer: Pointer) -> None:
        """Let the cards follow; the flow is told at the end."""
        by = pointer.at - self._start
        if not self._moving and by.manhattanLength() < _SLOP:
            return
        self._moving = True
        for node, start in self._from.items():
            self.stage.graph.put(node, start + by)
        self._link = self._link_below()
        self.stage.graph.mark_link(self._link)

    def end(self, pointer: Pointer) -> None:
        """One edit for all of them; without a movement it was a click on this node."""
        del pointer
        self.stage.graph.mark_link(None)
        if not self._moving:
            if not self._adding:
                self.stage.desk.select((self._node,))
            return
        items = self.stage.graph.nodes
        places = {node: (items[node].x(), items[node].y()) for node in self._from}
        if self._link is None:
            word = "node" if len(places) == 1 else f"{len(places)} nodes"
            self.stage.desk.edit(f"Move {word}", edits.move_nodes, places)
            return
        title = self.stage.desk.flow[self._node].title
        self.stage.desk.edit(f"Insert {title}", move_between, places, self._link, self._node)

    def cancel(self) -> None:
        """Put the cards back."""
        self.stage.graph.mark_link(None)
        for node, start in self._from.items():
            self.stage.graph.put(node, start)

    def _link_below(self) -> Link | None:
        flow = self.stage.desk.flow
        spec = flow[self._node].unit.spec
        alone = len(self._from) == 1 and not flow.inputs(self._node) and not flow.outputs(self._node)
        if not alone or not spec.inputs or not spec.output:
            return None
        middle = self.stage.graph.nodes[self._node].place().center()
        links = self.stage.graph.links.items()
        return next((link for link, item in links if item.near(middle, 2 * REACH)), None)
