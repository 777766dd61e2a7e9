"""Drag the canvas about, with the middle button or while Space is held."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from canvas_app.ui.canvas.gestures.gesture import Gesture, Pointer


class Pan(Gesture):
    """The ground stays under the pointer."""

    follows_edge = False

    _last = QPoint()

    def looking(self) -> Gesture:
        """It edits nothing."""
        return self

    def begin(self, pointer: Pointer) -> None:
        """Take hold of the ground."""
        self._last = pointer.on_view

    def move(self, pointer: Pointer) -> None:
        """Pull it along."""
        self.stage.pan(pointer.on_view - self._last)
        self._last = pointer.on_view
