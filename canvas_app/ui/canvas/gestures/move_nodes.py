"""Drag nodes elsewhere; an unlinked one that is let go on a link goes between its ends."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from canvas_app.flow import edits
from canvas_app.flow.flow import Link, NodeId
from canvas_app.ui.canvas.gestures.choose_node import ChooseNode
from canvas_app.ui.canvas.gestures.gesture import Gesture, Pointer, Stage
from canvas_app.ui.canvas.link_item import REACH
from canvas_app.ui.canvas.room import move_between


class MoveNodes(ChooseNode):
    """All selected nodes move together, and one undo brings them back."""

    follows_edge = True

    def __init__(self, stage: Stage, node: NodeId) -> None:
        super().__init__(stage, node)
        self._from: dict[NodeId, QPointF] = {}
        self._moving = False
        self._link: Link | None = None

    def looking(self) -> Gesture:
        """Choosing the node is all that is left."""
        return ChooseNode(self.stage, self._node)

    def begin(self, pointer: Pointer) -> None:
        """Select the node; a click on one of several selected ones still moves them all."""
        super().begin(pointer)
        self._from = {node: self.stage.graph.nodes[node].pos() for node in self.stage.desk.selected}

    def move(self, pointer: Pointer) -> None:
        """Let the cards follow; the flow is told at the end."""
        if not self._moving and not self.dragged(pointer):
            return
        self._moving = True
        by = pointer.at - self._start
        for node, start in self._from.items():
            self.stage.graph.put(node, start + by)
        self._link = self._link_below()
        self.stage.graph.mark_link(self._link)

    def end(self, pointer: Pointer) -> None:
        """One edit for all of them; without a movement it was a click on this node."""
        self.stage.graph.mark_link(None)
        if not self._moving:
            super().end(pointer)
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
