"""A row of words of which one is chosen, as one control."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton

from canvas_app.ui.forms.search_combo import Choice


class Segments(QFrame):
    """Two to four buttons in one frame; the arrow keys walk along them."""

    picked = Signal(str)
    """A person chose the one of that value."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("segments", True)
        self.setAccessibleName(name)
        self._name = name
        self._choices: tuple[Choice, ...] = ()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)

    def offer(self, choices: Sequence[Choice], value: str) -> None:
        """Offer these, and show that one."""
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._build()
        for choice, button in zip(self._choices, self._group.buttons(), strict=True):
            button.setChecked(choice.value == value)
            if choice.value == value:
                self.setFocusProxy(button)

    def _build(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.deleteLater()
        for choice in self._choices:
            button = QPushButton(choice.words)
            button.setCheckable(True)
            button.setProperty("look", "segment")
            button.setProperty("last", choice is self._choices[-1])
            button.setAccessibleDescription(self._name)
            button.clicked.connect(lambda _, value=choice.value: self.picked.emit(value))
            self._group.addButton(button)
            self._row.addWidget(button, 1)
