"""Turns something on or off."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from canvas_app.ui.forms.editor import Around, Editor, EditorSpec
from canvas_app.ui.switch import Switch


class SwitchEditor(Editor):
    """The field's words at the left, a switch at the right."""

    spec = EditorSpec(kind="switch", title="Switch", captioned=False)

    def build_up(self) -> None:
        """One switch."""
        self.switch = Switch(self.field.label)
        self.switch.clicked.connect(self.tell)
        self.column.addWidget(self.switch)

    def fill(self, value: Any, around: Around) -> None:
        """Show whether it is on."""
        del around
        self.switch.setChecked(bool(value))

    def main(self) -> QWidget:
        """The switch."""
        return self.switch
