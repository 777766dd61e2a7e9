"""Brings tables into the project: from files, the clipboard, a database, or the samples."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from canvas_app.base.errors import CanvasError

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.samples import Sample
    from canvas_app.data.source import Source
    from canvas_app.project.session import Session
    from canvas_app.ui.bridge import PreviewLane, UiPool
    from canvas_app.ui.data.together import Together

_FEW = 3


class Bringing(QObject):
    """What is brought in by the person's hands; it says how that went."""

    begun = Signal()
    """Something is on its way: what was said before is over."""
    told = Signal(str)
    """What happened, in words."""
    failed = Signal(object)
    """A ``CanvasError``, or the outcome of a job."""

    def __init__(
        self, page: QWidget, runner: UiPool, lane: PreviewLane, session: Callable[[], Session]
    ) -> None:
        super().__init__(page)
        self._page, self._runner, self._lane, self._session = page, runner, lane, session
        self.question: Together | None = None

    def ask_together(self, paths: list[Path]) -> None:
        """Import files, each as a table; those that look alike as one, if the person wants that."""
        from canvas_app.ui.data.together import Together, are_alike

        if not are_alike(paths):
            self.bring(paths)
            return
        self.question = Together(self._page, paths, partial(self._bring_alike, paths))
        self.question.open()

    def bring(self, paths: list[Path]) -> None:
        """Import files, each as a table."""
        self.begun.emit()
        for path in paths:
            self._begin(partial(self._session().import_file, path))

    def bring_source(self, source: Source, name: str = "") -> None:
        """Import what a source reads, under its own name or the one given."""
        self.begun.emit()
        self._begin(partial(self._session().import_source, source, name=name))

    def bring_sample(self, sample: Sample) -> None:
        """Import a table that comes with the application."""
        self.begun.emit()
        self._begin(partial(self._session().import_file, sample.path, name=sample.name))

    def bring_pasted(self, plain: str, html: str) -> None:
        """Import the table that is on the clipboard."""
        from canvas_app.data.pasted import table_text
        from canvas_app.data.sources.clipboard_table import ClipboardTable

        self.begun.emit()
        try:
            source = ClipboardTable(text=table_text(plain, html))
        except CanvasError as error:
            self.failed.emit(error)
            return
        self._begin(partial(self._session().import_source, source))

    def ask_database(self) -> None:
        """Ask which table of which database is to be imported."""
        from canvas_app.ui.data.database_dialog import DatabaseDialog

        dialog = DatabaseDialog(self._page, self._runner, self._lane)
        dialog.import_wanted.connect(self.bring_source)
        dialog.open()

    def _bring_alike(self, paths: list[Path], together: bool) -> None:
        from canvas_app.data.sources.several_files import SeveralFiles

        if together:
            self.bring_source(SeveralFiles(paths=tuple(str(path.absolute()) for path in paths)))
        else:
            self.bring(paths)

    def _begin(self, start: Callable[..., Any]) -> None:
        try:
            start(done=self._came, failed=self.failed.emit)
        except CanvasError as error:
            self.failed.emit(error)

    def _came(self, dataset: Dataset) -> None:
        """Tell that a table of this name was there before, and what is different now."""
        if dataset.version > 1:
            changes = dataset.changes.words()[:_FEW] if dataset.changes else ()
            said = f"A table {dataset.name} was there already, so this is its version {dataset.version}."
            self.told.emit(" ".join((said, *changes)))
