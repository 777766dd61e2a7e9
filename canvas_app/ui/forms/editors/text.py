"""Takes a line of text."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from canvas_app.ui.forms.editor import Around, Editor, EditorSpec


class TextEditor(Editor):
    """One line."""

    spec = EditorSpec(kind="text", title="Text")

    def build_up(self) -> None:
        """One line edit."""
        self.line = QLineEdit()
        self.line.setAccessibleDescription(self.field.help)
        self.line.textEdited.connect(self.tell)
        self.column.addWidget(self.line)

    def fill(self, value: Any, around: Around) -> None:
        """Show the text."""
        del around
        if self.line.text() != value:
            self.line.setText(value)

    def main(self) -> QWidget:
        """The line."""
        return self.line
