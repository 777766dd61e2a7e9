"""Takes a whole number, with its unit."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from canvas_app.ui.forms.editor import Around, Editor, EditorSpec
from canvas_app.ui.forms.spin import WholeSpin

_LOWEST, _HIGHEST = -(2**31), 2**31 - 1


class WholeEditor(Editor):
    """A spin box for whole numbers between the field's bounds."""

    spec = EditorSpec(kind="whole", title="Whole number")

    def build_up(self) -> None:
        """One spin box."""
        field = self.field
        self.spin = WholeSpin()
        self.spin.setRange(
            _LOWEST if field.ge is None else int(field.ge), _HIGHEST if field.le is None else int(field.le)
        )
        self.spin.setSingleStep(int(field.step or 1))
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
