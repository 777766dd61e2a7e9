"""Takes a number, with its unit."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from canvas_app.ui.forms.editor import Around, Editor, EditorSpec
from canvas_app.ui.forms.spin import NumberSpin

_WIDEST = 1e15


class NumberEditor(Editor):
    """A spin box for any real number between the field's bounds."""

    spec = EditorSpec(kind="number", title="Number")

    def build_up(self) -> None:
        """One spin box."""
        field = self.field
        self.spin = NumberSpin()
        self.spin.setRange(
            _WIDEST * -1 if field.ge is None else field.ge, _WIDEST if field.le is None else field.le
        )
        self.spin.setSingleStep(field.step or 0.1)
        self.spin.setSuffix(f" {field.unit}" if field.unit else "")
        self.spin.setAccessibleDescription(field.help)
        self.spin.valueChanged.connect(self.tell)
        self.column.addWidget(self.spin)

    def fill(self, value: Any, around: Around) -> None:
        """Show the number."""
        del around
        if self.spin.value() != value:
            self.spin.setValue(value)

    def main(self) -> QWidget:
        """The spin box."""
        return self.spin
