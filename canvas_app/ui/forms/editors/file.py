"""Names a file."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog

from canvas_app.ui.controls import button, row
from canvas_app.ui.forms.editor import EditorSpec
from canvas_app.ui.forms.line_editor import LineEditor


class FileEditor(LineEditor):
    """A line for the path, and a button that browses for it."""

    spec = EditorSpec(kind="file", title="File")

    def lay_out(self) -> None:
        """The line and a button."""
        browse = button("Browse", self._choose)
        browse.setAccessibleDescription(self.field.label)
        self.column.addLayout(row(self.line, browse))

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.field.label, self.line.text())
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setLabelText(QFileDialog.DialogLabel.Accept, "Choose")
        dialog.fileSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, path: str) -> None:
        self.line.setText(path)
        self.edited.emit(path)
