"""A combo box whose list can be searched, and which the mouse wheel does not change by accident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QIcon, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListWidgetItem

from canvas_app.ui.floating import Floating
from canvas_app.ui.theme.icons import icon

_SEARCHED_FROM = 9


@dataclass(frozen=True)
class Choice:
    """One item: the value that it stands for, its words, and perhaps an icon."""

    value: str
    words: str
    symbol: str = ""


class SearchCombo(QComboBox):
    """Shows one of many; its list opens with a search line where it is long."""

    picked = Signal(str)
    """A person chose the item of that value."""

    def __init__(self, name: str, *, nothing: str = "Choose") -> None:
        super().__init__()
        self.setAccessibleDescription(name)
        self.setPlaceholderText(nothing)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self._choices: tuple[Choice, ...] = ()
        self._missing = ""
        self.activated.connect(lambda index: self.picked.emit(self.itemData(index)))

    def offer(self, choices: Sequence[Choice], value: str) -> None:
        """Offer choices and show one; a value that is not among them is shown as missing."""
        known = any(choice.value == value for choice in choices)
        missing = "" if known or not value else value
        if tuple(choices) != self._choices or missing != self._missing:
            self._choices, self._missing = tuple(choices), missing
            self.clear()
            for choice in choices:
                self.addItem(icon(choice.symbol) if choice.symbol else QIcon(), choice.words, choice.value)
            if missing:
                self.addItem(icon("ph.warning", "bad"), missing, missing)
        self.setCurrentIndex(self.findData(value) if value or known else -1)

    def value(self) -> str:
        """The value that is shown; empty when nothing is chosen."""
        return str(self.currentData() or "")

    def showPopup(self) -> None:
        """Open the list, with a search line where it is long."""
        if self.count() < _SEARCHED_FROM:
            super().showPopup()
            return
        _PickList(self).open_below()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page that is scrolled."""
        event.ignore()


class _PickList(Floating):
    """The open list: a search line above the items which contain it."""

    def __init__(self, combo: SearchCombo) -> None:
        super().__init__(combo, f"Choices of {combo.accessibleDescription()}", "Search in the list")
        self._combo = combo
        for place in range(combo.count()):
            QListWidgetItem(combo.itemIcon(place), combo.itemText(place), self.list)
        self.list.setCurrentRow(max(0, combo.currentIndex()))
        self.resize(max(220, combo.width()), min(340, 60 + 30 * combo.count()))

    def open_below(self) -> None:
        """Show it under the combo box."""
        self.open_at(self._combo.mapToGlobal(QPoint(0, self._combo.height() + 2)))

    def search(self, words: str) -> None:
        """Hide what does not contain the words."""
        shown = []
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(words.lower() not in item.text().lower())
            shown += [] if item.isHidden() else [item]
        if shown:
            self.list.setCurrentItem(shown[0])

    def pick(self, row: int) -> None:
        """Choose it as a click on an item of the short list does."""
        self._combo.setCurrentIndex(row)
        self._combo.activated.emit(row)
