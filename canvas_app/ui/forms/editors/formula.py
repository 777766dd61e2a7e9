"""Takes a formula, and completes columns and functions while it is typed."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from canvas_app.ui.controls import label
from canvas_app.ui.forms.editor import Around, Editor, EditorSpec
from canvas_app.ui.forms.formula_text import FormulaText


class FormulaEditor(Editor):
    """A few lines in the typeface of code, with what is wrong below."""

    spec = EditorSpec(kind="formula", title="Formula")

    def build_up(self) -> None:
        """The text, and a line about the function under the caret."""
        self.text = FormulaText(self.field.label)
        self.text.typed.connect(self.tell)
        self._about = label("", "caption", wrap=True)
        self._about.hide()
        self.text.function_reached.connect(self._tell_about)
        self.column.addWidget(self.text)
        self.column.addWidget(self._about)

    def fill(self, value: Any, around: Around) -> None:
        """Show the formula, and complete the columns that come in."""
        self.text.offer(around.columns(self.field))
        self.text.show_text(value)

    def main(self) -> QWidget:
        """The text."""
        return self.text

    def _tell_about(self, words: str) -> None:
        self._about.setText(words)
        self._about.setVisible(bool(words))
