"""Keeps the chosen table up to date with its source: looks at it, reads it again, finds it where it moved."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMenu, QMessageBox, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.ui.data.source_line import SourceLine
from canvas_app.ui.data.versions_dialog import VersionsDialog

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.engine import Engine
    from canvas_app.data.freshness import Freshness
    from canvas_app.data.refresh_job import Refreshed
    from canvas_app.data.relink_job import Relinked
    from canvas_app.project.session import Session
    from canvas_app.ui.bridge import PreviewLane

_FEW = 4
_QUESTION = "how the source of the chosen table stands"


class Renewals(QObject):
    """What the buttons of a ``SourceLine`` do; it says how that went."""

    told = Signal(str)
    """What happened, in words."""
    failed = Signal(object)
    """A ``CanvasError``, or the outcome of a job."""
    open_wanted = Signal(str)
    """The key of a version whose rows shall be looked at."""

    def __init__(
        self, page: QWidget, line: SourceLine, lane: PreviewLane, session: Callable[[], Session]
    ) -> None:
        super().__init__(page)
        self._page, self._line, self._lane, self._session = page, line, lane, session
        self._dataset: Dataset | None = None
        self.dialog: VersionsDialog | None = None
        self.question: QMessageBox | None = None
        self.menu = QMenu("Where the file is", page)
        self.menu.addAction("Choose the file").triggered.connect(self._ask_for_file)
        self.menu.addAction("Search a folder").triggered.connect(self._ask_for_folder)
        line.refresh_wanted.connect(self.refresh)
        line.find_wanted.connect(self._ask_where)
        line.versions_wanted.connect(self.show_versions)

    def show(self, dataset: Dataset) -> None:
        """Show the source of a table, and look how it stands."""
        from canvas_app.data.freshness import freshness
        from canvas_app.project.versions import newest_of

        newest = newest_of(self._session().project.datasets, dataset.key)
        self._dataset = dataset
        self._line.show_dataset(dataset, newest.version if newest is not None else dataset.version)
        self._lane.forget(_QUESTION)
        if newest is not None and newest.key != dataset.key:
            return

        def work(engine: Engine) -> Freshness:
            del engine
            return freshness(dataset.source)

        self._lane.ask(_QUESTION, work, self._line.show_freshness, self.failed.emit)

    def refresh(self) -> None:
        """Read the source again."""
        from canvas_app.project.renewal import refresh

        dataset = self._dataset
        if dataset is not None:
            self._begin(partial(refresh, self._session(), dataset.key, done=self._refreshed))

    def find(self, place: str) -> None:
        """Look there for the file that was moved."""
        from canvas_app.project.renewal import relink

        dataset = self._dataset
        if dataset is not None and place:
            found = partial(self._found, Path(place))
            self._begin(partial(relink, self._session(), dataset.key, Path(place), done=found))

    def show_versions(self) -> None:
        """Open the list of versions of the table."""
        if self._dataset is None:
            return
        self.dialog = VersionsDialog(self._page, self._session(), self._dataset.name)
        self.dialog.open_wanted.connect(self.open_wanted)
        self.dialog.open()

    def _begin(self, start: Callable[..., object]) -> None:
        self._line.refresh.setEnabled(False)
        try:
            start(failed=self._ended, stopped=lambda: self._line.refresh.setEnabled(True))
        except CanvasError as error:
            self._ended(error)

    def _ended(self, trouble: object) -> None:
        self._line.refresh.setEnabled(True)
        self.failed.emit(trouble)

    def _refreshed(self, came: Refreshed) -> None:
        self._line.refresh.setEnabled(True)
        words = came.words()
        more = ("Versions shows more.",) if len(words) > _FEW else ()
        self.told.emit(" ".join((*words[:_FEW], *more)))
        if came.dataset is None and self._dataset is not None:
            self.show(self._dataset)

    def _found(self, place: Path, found: Relinked) -> None:
        self._line.refresh.setEnabled(True)
        if found.facts is not None:
            self.told.emit(found.words)
        elif place.is_file() and self._dataset is not None:
            self._offer(place, found.words, self._dataset)
        else:
            self.failed.emit(CanvasError(found.words, hint="Choose another place, or the file itself."))

    def _offer(self, place: Path, words: str, dataset: Dataset) -> None:
        """A different file is read only if the person says so, and becomes the next version."""
        box = QMessageBox(self._page)
        box.setWindowTitle("A different file")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"{words}\n\nIt can become the next version of {dataset.name}; this one stays as it is.")
        box.setDefaultButton(box.addButton("Leave it", QMessageBox.ButtonRole.RejectRole))
        bring = box.addButton("Import as next version", QMessageBox.ButtonRole.AcceptRole)
        bring.clicked.connect(partial(self._bring, place, dataset.name))
        self.question = box
        box.open()

    def _bring(self, place: Path, name: str) -> None:
        from canvas_app.data.source import source_for

        try:
            self._session().import_source(source_for(place.absolute()), name=name, failed=self.failed.emit)
        except CanvasError as error:
            self.failed.emit(error)

    def _ask_where(self) -> None:
        place = self._line.find_file
        self.menu.popup(place.mapToGlobal(place.rect().bottomLeft()))

    def _nearest(self) -> str:
        """The folder in which the file lay, or the nearest one around it that is still there."""
        values = self._dataset.source.get("values", {}) if self._dataset is not None else {}
        path = Path(str(values.get("path") or next(iter(values.get("paths", ())), "")))
        return next((str(place) for place in path.parents if place.is_dir()), "")

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self._page, "Where the file is now", self._nearest())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.find)
        dialog.open()

    def _ask_for_folder(self) -> None:
        dialog = QFileDialog(self._page, "A folder to search for the file", self._nearest())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.find)
        dialog.open()
