"""Select what an area touches."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF

from canvas_app.flow.flow import NodeId
from canvas_app.ui.canvas.gestures.gesture import Gesture, Pointer


class RubberBand(Gesture):
    """A rectangle from where the button went down; Shift or Ctrl keeps what was selected."""

    _start = QPointF()
    _kept: tuple[NodeId, ...] = ()
    _before: tuple[NodeId, ...] = ()

    def looking(self) -> Gesture:
        """It edits nothing."""
        return self

    def begin(self, pointer: Pointer) -> None:
        """Let go of the selection, unless it is added to."""
        self._start = pointer.at
        self._before = self.stage.desk.selected
        self._kept = self._before if pointer.adding else ()
        self.stage.desk.select(self._kept)

    def move(self, pointer: Pointer) -> None:
        """Select what the band touches now."""
        area = QRectF(self._start, pointer.at).normalized()
        self.stage.graph.draw_band(area)
        self.stage.desk.select((*self._kept, *self.stage.graph.within(area)))

    def end(self, pointer: Pointer) -> None:
        """Take the band away."""
        del pointer
        self.stage.graph.draw_band(None)

    def cancel(self) -> None:
        """Select again what was selected."""
        self.stage.graph.draw_band(None)
        self.stage.desk.select(self._before)
