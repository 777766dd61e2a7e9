"""Where files are dropped, browsed for, or taken from the samples."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from canvas_app.data.samples import SAMPLES, Sample
from canvas_app.data.source import suffixes
from canvas_app.ui.controls import button, label
from canvas_app.ui.theme.icons import icon
from canvas_app.ui.theme.style import restyle


class DropArea(QFrame):
    """A dashed card that takes files, and lights up when some are held over it."""

    brought = Signal(object)
    """Told the paths of the files that shall be imported."""
    sample_wanted = Signal(object)
    """Told the ``Sample`` that shall be imported."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "drop")
        self.setAcceptDrops(True)
        self.browse = button("Browse", self.ask_for_files)
        self.browse.setAccessibleDescription("Choose files to import")
        self.samples = button("Sample data", self._show_samples)
        self.samples.setAccessibleDescription("Import a table that comes with the application")
        self.menu = QMenu("Sample data", self)
        self.menu.setToolTipsVisible(True)
        for sample in SAMPLES:
            self._add_sample(sample)
        self._lay_out()

    def ask_for_files(self) -> None:
        """Open the file dialog; nothing waits for it."""
        dialog = QFileDialog(self, "Import files")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        endings = " ".join(f"*{suffix}" for suffix in suffixes())
        dialog.setNameFilters([f"Tables ({endings})", "All files (*)"])
        dialog.filesSelected.connect(self.bring)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def bring(self, names: list[str]) -> None:
        """Import these files."""
        self.brought.emit([Path(name) for name in names])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and show it."""
        if _files(event.mimeData()):
            event.acceptProposedAction()
            restyle(self, over="true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        restyle(self, over="false")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Import them."""
        restyle(self, over="false")
        event.acceptProposedAction()
        self.bring(_files(event.mimeData()))

    def _show_samples(self) -> None:
        self.menu.popup(self.samples.mapToGlobal(self.samples.rect().bottomLeft()))

    def _add_sample(self, sample: Sample) -> None:
        action = self.menu.addAction(icon("ph.table"), sample.title)
        action.setToolTip(f"{sample.description} {sample.licence}.")
        action.triggered.connect(partial(self.sample_wanted.emit, sample))

    def _lay_out(self) -> None:
        mark = QWidget()
        picture = label()
        picture.setPixmap(icon("ph.download-simple", "accent").pixmap(26, 26))
        inside = QVBoxLayout(mark)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(picture)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label("Drop files here", "strong"))
        words.addWidget(label("CSV or Parquet, of any size; text may be packed as .gz or .zst", "secondary"))
        line = QHBoxLayout(self)
        line.setContentsMargins(24, 24, 22, 24)
        line.setSpacing(16)
        line.addWidget(mark)
        line.addLayout(words, 1)
        line.addWidget(self.browse)
        line.addWidget(self.samples)


def _files(data: QMimeData) -> list[str]:
    return [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
