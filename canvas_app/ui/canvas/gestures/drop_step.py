"""Drag a step from the palette: onto the ground, onto a link, or onto a node."""

from __future__ import annotations

from canvas_app.ui.canvas.gestures.gesture import Gesture, Pointer, Stage
from canvas_app.ui.canvas.link_item import REACH
from canvas_app.ui.canvas.offers import Offer
from canvas_app.ui.canvas.scene import Hit

MIME = "application/x-canvas-app-step"
"""How the palette names what is dragged; the data is the offer's key."""


class DropStep(Gesture):
    """On a link the step goes between, on a node it comes behind it, elsewhere it stands alone."""

    def __init__(self, stage: Stage, offer: Offer) -> None:
        super().__init__(stage)
        self._offer = offer

    def begin(self, pointer: Pointer) -> None:
        """The drag has come in."""
        self.move(pointer)

    def move(self, pointer: Pointer) -> None:
        """Show what would happen."""
        goal = self._goal(pointer)
        self.stage.graph.mark_link(goal.link)
        self.stage.graph.mark_port(goal.node, "out" if goal.node else "")

    def end(self, pointer: Pointer) -> None:
        """Put it there."""
        goal = self._goal(pointer)
        self.cancel()
        desk, unit = self.stage.desk, self._offer.unit
        if goal.link is not None:
            desk.add_on_link(goal.link, unit)
        elif goal.node is not None:
            desk.add_after(goal.node, unit)
        else:
            desk.add(unit, (pointer.at.x(), pointer.at.y()), self._offer.name)

    def cancel(self) -> None:
        """Show nothing any more."""
        self.stage.graph.mark_link(None)
        self.stage.graph.mark_port(None)

    def _goal(self, pointer: Pointer) -> Hit:
        """The link or the node that would take it; nothing for the ground."""
        hit = self.stage.graph.hit(pointer.at, 1.6 * REACH)
        spec = self._offer.unit.spec
        flow = self.stage.desk.flow
        if hit.link is not None and spec.inputs and spec.output:
            return Hit(link=hit.link)
        if hit.node is not None and spec.inputs and flow[hit.node].unit.spec.output:
            return Hit(hit.node)
        return Hit()
