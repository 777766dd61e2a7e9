"""Takes a secret, hidden while it is typed."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from canvas_app.ui.controls import icon_button, row
from canvas_app.ui.forms.editor import EditorSpec
from canvas_app.ui.forms.line_editor import LineEditor


class SecretEditor(LineEditor):
    """A line of dots with a button that shows them."""

    spec = EditorSpec(kind="secret", title="Secret")

    def lay_out(self) -> None:
        """The line, and a button that shows what it holds."""
        self._reveal(False)
        eye = icon_button(f"Show {self.field.label}", "ph.eye", look="secondary")
        eye.setCheckable(True)
        eye.toggled.connect(self._reveal)
        self.column.addLayout(row(self.line, eye))

    def _reveal(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
