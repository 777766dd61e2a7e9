"""A combo box whose list can be searched, and which the mouse wheel does not change by accident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

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
        self._list: _PickList | None = None
        self.activated.connect(lambda index: self.picked.emit(self.itemData(index)))

    def offer(self, choices: Sequence[Choice], value: str) -> None:
        """Offer choices and show one; a value that is not among them is shown as missing."""
        known = any(choice.value == value for choice in choices)
        missing = "" if known or not value else value
        if tuple(choices) != self._choices or missing != self._missing:
            self._choices, self._missing = tuple(choices), missing
            self.clear()
            for choice in choices:
                self.addItem(
                    icon(choice.symbol) if choice.symbol else icon("ph.dot"), choice.words, choice.value
                )
                if not choice.symbol:
                    self.setItemIcon(self.count() - 1, type(self.itemIcon(0))())
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
        self._list = _PickList(self)
        self._list.open_below()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page that is scrolled."""
        event.ignore()


class _PickList(QFrame):
    """The open list: a search line above the items which contain it."""

    def __init__(self, combo: SearchCombo) -> None:
        super().__init__(combo, Qt.WindowType.Popup)
        self.setObjectName("floating")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._combo = combo
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search")
        self._search.setAccessibleName("Search in the list")
        self._search.textEdited.connect(self._filter)
        self._search.installEventFilter(self)
        self._items = QListWidget()
        self._items.setAccessibleName("Choices")
        self._items.setProperty("plain", True)
        self._items.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._items.setIconSize(QSize(14, 14))
        self._items.itemClicked.connect(self._pick)
        for place in range(combo.count()):
            item = QListWidgetItem(combo.itemIcon(place), combo.itemText(place), self._items)
            item.setData(Qt.ItemDataRole.UserRole, place)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self._search)
        column.addWidget(self._items)

    def open_below(self) -> None:
        """Show it under the combo box, or above where there is no room."""
        height = min(340, 60 + 30 * self._combo.count())
        self.resize(max(220, self._combo.width()), height)
        place = self._combo.mapToGlobal(QPoint(0, self._combo.height() + 2))
        if place.y() + height > self._combo.screen().availableGeometry().bottom():
            place = self._combo.mapToGlobal(QPoint(0, -height - 2))
        self.move(place)
        self._items.setCurrentRow(max(0, self._combo.currentIndex()))
        self.show()
        self._search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows walk the list while the search line has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._walk(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._items.currentItem():
                self._pick(self._items.currentItem())
                return True
        return super().eventFilter(watched, event)

    def _filter(self, text: str) -> None:
        shown = []
        for place in range(self._items.count()):
            item = self._items.item(place)
            item.setHidden(text.lower() not in item.text().lower())
            shown += [] if item.isHidden() else [item]
        if shown:
            self._items.setCurrentItem(shown[0])

    def _walk(self, by: int) -> None:
        place = self._items.currentRow() + by
        while 0 <= place < self._items.count() and self._items.item(place).isHidden():
            place += by
        if 0 <= place < self._items.count():
            self._items.setCurrentRow(place)

    def _pick(self, item: QListWidgetItem) -> None:
        place = item.data(Qt.ItemDataRole.UserRole)
        self.close()
        self._combo.setCurrentIndex(place)
        self._combo.activated.emit(place)
