"""Where files are dropped, browsed for, or taken from the samples."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu

from canvas_app.data.library_samples import LIBRARY_SAMPLES, LibrarySample
from canvas_app.data.samples import SAMPLES, Sample
from canvas_app.data.source import suffixes
from canvas_app.data.sources.library_sample import LibrarySampleTable
from canvas_app.ui.controls import button, folded
from canvas_app.ui.drop_card import DropCard
from canvas_app.ui.theme.icons import icon


class DropArea(DropCard):
    """Takes files that shall be imported."""

    brought = Signal(object)
    """Told the paths of the files that shall be imported."""
    pasted = Signal(str, str)
    """Told what is on the clipboard: as plain text, and as HTML."""
    database_wanted = Signal()
    sample_wanted = Signal(object)
    """Told the ``Sample`` that shall be imported."""
    source_wanted = Signal(object)
    """Told the source of a table that comes with a library."""

    def __init__(self) -> None:
        super().__init__("Drop files here", "CSV, Excel, Parquet, JSON and more, of any size")
        self.browse = self.add_button(button("Browse", self.ask_for_files))
        self.browse.setAccessibleDescription("Choose files to import")
        self.paste = self.add_button(button("Paste a table", self.paste_table))
        self.paste.setShortcut(QKeySequence.StandardKey.Paste)
        self.paste.setToolTip("Import cells copied from a spreadsheet or a web page (Ctrl+V)")
        self.paste.setAccessibleDescription("Import the table on the clipboard")
        self.database = self.add_button(button("Database", self.database_wanted.emit))
        self.database.setAccessibleDescription("Import a table of PostgreSQL, MySQL, MariaDB or SQL Server")
        self.samples = self.add_button(button("Sample data", self._show_samples))
        self.samples.setAccessibleDescription("Import a table that comes with the application")
        self.dropped.connect(self.brought)
        self.menu = QMenu("Sample data", self)
        self.menu.setToolTipsVisible(True)
        for sample in SAMPLES:
            self._add_sample(sample)
        self.menu.addSeparator()
        self.menu.addAction("From scikit-learn").setEnabled(False)
        for classic in LIBRARY_SAMPLES:
            self._add_classic(classic)

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

    def paste_table(self) -> None:
        """Import what is on the clipboard."""
        data = QGuiApplication.clipboard().mimeData()
        self.pasted.emit(data.text(), data.html())

    def _show_samples(self) -> None:
        self.menu.popup(self.samples.mapToGlobal(self.samples.rect().bottomLeft()))

    def _add_sample(self, sample: Sample) -> None:
        action = self.menu.addAction(icon("ph.table"), sample.title)
        action.setToolTip(f"{sample.description} {sample.licence}.")
        action.triggered.connect(partial(self.sample_wanted.emit, sample))

    def _add_classic(self, classic: LibrarySample) -> None:
        action = self.menu.addAction(icon("ph.table"), classic.title)
        action.setToolTip(folded(f"{classic.description} {classic.origin}."))
        source = LibrarySampleTable.read({"name": classic.name})
        action.triggered.connect(partial(self.source_wanted.emit, source))
