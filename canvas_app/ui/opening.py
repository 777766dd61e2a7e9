"""Opens, makes and closes projects, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from canvas_app.base.errors import CanvasError
from canvas_app.ui.new_project import free_folder, usual_place

if TYPE_CHECKING:
    from canvas_app.project.session import Session
    from canvas_app.ui.bridge import UiPool


class Opening(QObject):
    """Holds the session of the project that is open."""

    opened = Signal()
    """Another project is open, or none any more."""
    failed = Signal(object)
    """A project can't be opened or made: the ``CanvasError``."""

    def __init__(self, runner: UiPool) -> None:
        super().__init__()
        self._runner = runner
        self.session: Session | None = None

    def open(self, folder: Path) -> bool:
        """Open the project in a folder; one that another window holds is opened for looking only."""
        from canvas_app.project.session import Session

        return self._take(lambda: Session.open(folder, self._runner))

    def create(self, folder: Path, name: str) -> bool:
        """Make a project in a folder that is not there yet, and open it."""
        from canvas_app.project.session import Session

        return self._take(lambda: Session.create(folder, name, self._runner))

    def create_for(self, file: Path) -> bool:
        """Make a project named after a file, in the usual place."""
        name = file.name.split(".")[0].replace("_", " ").strip().capitalize() or "Untitled"
        folder = free_folder(name, usual_place())
        return self.create(folder, folder.name)

    def close(self) -> None:
        """Close what is open; every edit is on the disk afterwards."""
        try:
            closed = self.let_go()
        except CanvasError as error:
            self.failed.emit(error)
            return
        if closed:
            self.opened.emit()

    def let_go(self) -> bool:
        """Close the session without telling; whether there was one.

        Raises ``CanvasError``, and keeps it open, if edits can't be written.
        """
        if self.session is None:
            return False
        self.session.close()
        self.session = None
        return True

    def abandon(self) -> None:
        """Close the session even if its last edits can't be written."""
        if self.session is not None:
            self.session.abandon()
            self.session = None

    def _take(self, make: Callable[[], Session]) -> bool:
        before = self.session.folder if self.session is not None else None
        try:
            self.let_go()
            self.session = make()
        except CanvasError as error:
            self._back_to(before)
            self.failed.emit(error)
            return False
        self.opened.emit()
        return True

    def _back_to(self, folder: Path | None) -> None:
        from canvas_app.project.session import Session

        if self.session is None and folder is not None:
            self.session = Session.open(folder, self._runner)
            self.opened.emit()
