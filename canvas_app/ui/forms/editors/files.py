"""Names several files."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from canvas_app.ui.controls import button, row
from canvas_app.ui.forms.editor import Around, Editor, EditorSpec


class FilesEditor(Editor):
    """A path in each line, of a file, a folder, or with stars for many; and a button that adds files."""

    spec = EditorSpec(kind="files", title="Files")

    def build_up(self) -> None:
        """The lines, and the button below."""
        self.lines = QPlainTextEdit()
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setTabChangesFocus(True)
        self.lines.setFixedHeight(96)
        self.lines.setAccessibleDescription(f"One path in each line. {self.field.help}".strip())
        self.lines.textChanged.connect(self._typed)
        self._value: tuple[str, ...] = ()
        browse = button("Add files", self._choose)
        browse.setAccessibleDescription(self.field.label)
        self.column.addWidget(self.lines)
        self.column.addLayout(row(browse, 1))

    def fill(self, value: Any, around: Around) -> None:
        """Show the paths."""
        del around
        if self._paths() != tuple(value):
            self._value = tuple(value)
            self.lines.setPlainText("\n".join(value))

    def main(self) -> QWidget:
        """The lines."""
        return self.lines

    def _paths(self) -> tuple[str, ...]:
        return tuple(line.strip() for line in self.lines.toPlainText().splitlines() if line.strip())

    def _typed(self) -> None:
        paths = self._paths()
        if paths != self._value:
            self._value = paths
            self.tell(paths)

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.field.label)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    def _chosen(self, paths: list[str]) -> None:
        self.lines.setPlainText("\n".join([*self._paths(), *paths]))
