"""Select a node by a click; all that is left of dragging it where one may only look."""

from __future__ import annotations

from PySide6.QtCore import QPointF

from canvas_app.flow.flow import NodeId
from canvas_app.ui.canvas.gestures.gesture import Gesture, Pointer, Stage

SLOP = 4.0
"""Movements up to here are a click by a hand that shakes."""


class ChooseNode(Gesture):
    """The node, or with Shift or Ctrl it in addition to the others; whoever drags it is told why it stays."""

    follows_edge = False

    def __init__(self, stage: Stage, node: NodeId) -> None:
        super().__init__(stage)
        self._node = node
        self._start = QPointF()
        self._adding = False

    def looking(self) -> Gesture:
        """It edits nothing."""
        return self

    def begin(self, pointer: Pointer) -> None:
        """Select the node; of several that are selected it may be one."""
        desk = self.stage.desk
        self._start, self._adding = pointer.at, pointer.adding
        if pointer.adding:
            desk.toggle(self._node)
        elif self._node not in desk.selected:
            desk.select((self._node,))

    def move(self, pointer: Pointer) -> None:
        """A drag moves nothing, and says why."""
        if self.dragged(pointer):
            self.stage.hint(self.stage.desk.locked)

    def end(self, pointer: Pointer) -> None:
        """It was a click on this node alone."""
        del pointer
        if not self._adding:
            self.stage.desk.select((self._node,))

    def dragged(self, pointer: Pointer) -> bool:
        """Whether the pointer has left the place where the button went down."""
        return (pointer.at - self._start).manhattanLength() >= SLOP
