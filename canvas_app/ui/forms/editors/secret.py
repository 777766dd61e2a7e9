"""Takes a secret, hidden while it is typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from canvas_app.ui.controls import icon_button, row
from canvas_app.ui.forms.editor import Around, Editor, EditorSpec


class SecretEditor(Editor):
    """A line of dots with a button that shows them."""

    spec = EditorSpec(kind="secret", title="Secret")

    def build_up(self) -> None:
        """A line and a button that shows what it holds."""
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textEdited.connect(self.tell)
        self._eye = icon_button(f"Show {self.field.label}", "ph.eye", look="secondary")
        self._eye.setCheckable(True)
        self._eye.toggled.connect(self._reveal)
        self.column.addLayout(row(self.line, self._eye))

    def fill(self, value: Any, around: Around) -> None:
        """Show that there is one."""
        del around
        if self.line.text() != value:
            self.line.setText(value)

    def main(self) -> QWidget:
        """The line."""
        return self.line

    def _reveal(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
