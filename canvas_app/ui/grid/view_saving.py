"""Saves what a grid shows as a file: asks where, writes in a worker, tells how it ended."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from canvas_app.jobs.job import Done, Stopped
from canvas_app.ui.grid.glimpse import counted
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.grid.save_dialog import SaveDialog

if TYPE_CHECKING:
    from canvas_app.flow.save_view_job import SavedView, View
    from canvas_app.jobs.job import Outcome
    from canvas_app.ui.bridge import UiPool


class ViewSaving(QObject):
    """Puts *Save as* into the bar of a grid."""

    def __init__(self, grid: TableGrid, runner: UiPool, say: Callable[..., None]) -> None:
        """``say`` shows words, with their severity, or an outcome that is not ``Done``."""
        super().__init__(grid)
        self._grid = grid
        self._runner = runner
        self._say = say
        self._place = Path()
        self.dialog: SaveDialog | None = None
        """The dialog, while it is open."""
        grid.save_wanted.connect(self._ask)

    def offer(self, place: Path) -> None:
        """What is shown can be saved; ``place`` is the file that is proposed, without its suffix."""
        self._place = place
        self._grid.bar.save.show()

    def _ask(self) -> None:
        grid = self._grid
        columns = len(grid.view.arrangement.seen())
        self.dialog = dialog = SaveDialog(grid.window(), self._place, grid.model.rowCount(), columns)
        dialog.accepted.connect(self._save)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _save(self) -> None:
        if self.dialog is not None:
            target, guarded = str(self.dialog.path()), self.dialog.guard.isChecked()
            self._grid.ask_view(lambda view: self._submit(view, target, guarded))

    def _submit(self, view: View, target: str, guarded: bool) -> None:
        from canvas_app.flow.save_view_job import SaveViewJob

        self._runner.submit(SaveViewJob(view, target, guarded), outcome=self._ended)

    def _ended(self, outcome: Outcome[SavedView]) -> None:
        if isinstance(outcome, Done):
            saved = outcome.value
            words = [f"Saved {counted(saved.rows, 'row')} to {saved.path}.", *saved.notes]
            self._say(" ".join(words), "note")
        elif isinstance(outcome, Stopped):
            self._say("Saving was stopped; no file was written.", "note")
        else:
            self._say(outcome)

    def _closed(self, result: Any) -> None:
        del result
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
