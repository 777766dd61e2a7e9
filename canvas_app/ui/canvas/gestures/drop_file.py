"""Drop files from the system: each is imported, and stands on the canvas as a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from canvas_app.ui.canvas.gestures.gesture import Gesture, Pointer, Stage


class DropFile(Gesture):
    """One file or several; they come below each other where they were dropped."""

    def __init__(self, stage: Stage, paths: Sequence[Path]) -> None:
        super().__init__(stage)
        self._paths = tuple(paths)

    def begin(self, pointer: Pointer) -> None:
        """Say what would happen."""
        del pointer
        self.stage.hint("Import and add as a table")

    def end(self, pointer: Pointer) -> None:
        """Import them."""
        self.stage.hint("")
        self.stage.desk.import_files(self._paths, (pointer.at.x(), pointer.at.y()))

    def cancel(self) -> None:
        """Say nothing any more."""
        self.stage.hint("")
