"""What the editors of a line share: each keystroke is told, and the caret stays where it is."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from canvas_app.ui.forms.editor import Around, Editor


class LineEditor(Editor):
    """One line; a kind of text says what stands beside it."""

    def build_up(self) -> None:
        """The line, told of the field."""
        self.line = QLineEdit()
        self.line.setAccessibleDescription(self.field.help)
        self.line.textEdited.connect(self.tell)
        self.lay_out()

    def lay_out(self) -> None:
        """Put the line into the column."""
        self.column.addWidget(self.line)

    def fill(self, value: Any, around: Around) -> None:
        """Show the text."""
        del around
        if self.line.text() != value:
            self.line.setText(value)

    def main(self) -> QWidget:
        """The line."""
        return self.line
