"""What the editors of numbers share: a spin box within the field's bounds, with its unit."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QWidget

from canvas_app.ui.forms.editor import Around, Editor
from canvas_app.ui.forms.spin import NumberSpin, WholeSpin


class SpinEditor(Editor):
    """One spin box; a kind of number makes it, and says its range and its step."""

    def make_spin(self) -> WholeSpin | NumberSpin:
        """The spin box with its range and its step."""
        raise NotImplementedError

    def build_up(self) -> None:
        """The spin box, told of the field."""
        self.spin = self.make_spin()
        self.spin.setSuffix(f" {self.field.unit}" if self.field.unit else "")
        self.spin.setAccessibleDescription(self.field.help)
        self.spin.valueChanged.connect(self.tell)
        self.column.addWidget(self.spin)

    def fill(self, value: Any, around: Around) -> None:
        """Show the number, as near as the spin box can come to it, without telling that as an edit."""
        del around
        if self.spin.value() != value:
            with QSignalBlocker(self.spin):
                self.spin.setValue(min(max(value, self.spin.minimum()), self.spin.maximum()))

    def main(self) -> QWidget:
        """The spin box."""
        return self.spin
