"""Draw a link from a port to another; on empty ground one is offered the steps that fit."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from canvas_app.base.errors import EditError, Where
from canvas_app.flow import edits
from canvas_app.flow.flow import NodeId
from canvas_app.ui.canvas.gestures.gesture import Gesture, Pointer, Search, Stage
from canvas_app.ui.canvas.link_item import curve


class DrawLink(Gesture):
    """From an output forward, or from an input backward; what can't take the link fades and says why."""

    def __init__(self, stage: Stage, node: NodeId, side: str, port: int) -> None:
        super().__init__(stage)
        self._node = node
        self._side = side
        self._port = port
        self._refusals: dict[NodeId, EditError] = {}

    def begin(self, pointer: Pointer) -> None:
        """Let step back all that the link can't go to."""
        flow = self.stage.desk.flow
        for node in flow:
            refusal = self._refusal(node.id)
            if refusal is not None:
                self._refusals[node.id] = refusal
        self.stage.graph.fade({*self._refusals} - {self._node})
        self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        """The link follows the pointer, and snaps to a port that takes it."""
        graph = self.stage.graph
        over = graph.hit(pointer.at).node
        start = self._anchor()
        end = pointer.at
        refusal = self._refusals.get(over) if over is not None and over != self._node else None
        if over is not None and over not in self._refusals:
            side, port = self._goal(over, pointer)
            item = graph.nodes[over]
            end = item.output_at() if side == "out" else item.input_at(port)
            graph.mark_port(over, side, port)
        else:
            graph.mark_port(self._node, self._side, self._port)
        graph.draw_link(curve(start, end) if self._side == "out" else curve(end, start))
        self.stage.hint(str(refusal) if refusal else "")

    def end(self, pointer: Pointer) -> None:
        """Link, say why not, or offer what fits."""
        over = self.stage.graph.hit(pointer.at).node
        self.cancel()
        if over == self._node:
            return
        if over is None:
            self.stage.search(Search(pointer.at, side=self._side, node=self._node, port=self._port))
        elif over in self._refusals:
            self.stage.desk.refuse(self._refusals[over])
        elif self._side == "out":
            _, port = self._goal(over, pointer)
            self.stage.desk.link_nodes(self._node, over, port)
        else:
            self.stage.desk.link_nodes(over, self._node, self._port)

    def cancel(self) -> None:
        """Take the drawn link away; everything steps forward again."""
        graph = self.stage.graph
        graph.draw_link(None)
        graph.fade(())
        graph.mark_port(None)
        self.stage.hint("")

    def _anchor(self) -> QPointF:
        item = self.stage.graph.nodes[self._node]
        return item.output_at() if self._side == "out" else item.input_at(self._port)

    def _refusal(self, other: NodeId) -> EditError | None:
        flow = self.stage.desk.flow
        if other == self._node:
            return EditError("A node can't be linked to itself.", hint="Choose another.", where=Where(other))
        if self._side == "out":
            return edits.why_not(flow, self._node, other)
        return edits.why_not(flow, other, self._node, self._port)

    def _goal(self, over: NodeId, pointer: Pointer) -> tuple[str, int]:
        """The port of another node that the link would take: the nearest free one, or the one pointed at."""
        if self._side == "in":
            return "out", 0
        item = self.stage.graph.nodes[over]
        near = item.port_near(pointer.at)
        if near is not None and near[0] == "in":
            return near
        taken = {link.port for link in self.stage.desk.flow.inputs(over)}
        ports = range(max(1, len(item.face.inputs)))
        return "in", next((port for port in ports if port not in taken), 0)
