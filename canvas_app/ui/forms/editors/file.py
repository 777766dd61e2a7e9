"""Names a file."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from canvas_app.ui.controls import button, row
from canvas_app.ui.forms.editor import Around, Editor, EditorSpec


class FileEditor(Editor):
    """A line for the path, and a button that browses for it."""

    spec = EditorSpec(kind="file", title="File")

    def build_up(self) -> None:
        """A line and a button."""
        self.line = QLineEdit()
        self.line.setAccessibleDescription(self.field.help)
        self.line.textEdited.connect(self.tell)
        self._browse = button("Browse", self._choose)
        self._browse.setAccessibleDescription(self.field.label)
        self.column.addLayout(row(self.line, self._browse))

    def fill(self, value: Any, around: Around) -> None:
        """Show the path."""
        del around
        if self.line.text() != value:
            self.line.setText(value)

    def main(self) -> QWidget:
        """The line."""
        return self.line

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.field.label, self.line.text())
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Choose")
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.line.setText(path)
        self.edited.emit(path)
