"""A search line on the canvas: type a few letters, press Return, and the step stands there, linked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from canvas_app.ui.controls import label
from canvas_app.ui.entries import Entry, rank
from canvas_app.ui.theme.icons import icon

_WIDTH, _HEIGHT = 280, 300


class QuickAdd(QFrame):
    """What fits, best first; Return takes the one that is marked, Esc none."""

    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("floating")
        self._around = parent
        self._entries: Sequence[Entry] = ()
        self._found: tuple[Entry, ...] = ()
        self.line = QLineEdit()
        self.line.setAccessibleName("Search a step to add")
        self.line.setPlaceholderText("Search a step to add")
        self.line.textChanged.connect(self._search)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Steps that fit")
        self.list.setProperty("plain", True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(16, 16))
        self.list.itemClicked.connect(lambda item: self._take(self.list.row(item)))
        self._nothing = label("Nothing fits these words. Try others.", "secondary", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(6)
        for part in (self.line, self._nothing, self.list):
            column.addWidget(part)
        self.hide()

    def open_at(self, place: QPoint, entries: Sequence[Entry], text: str = "") -> None:
        """Open at a place of the parent, with some text already typed."""
        self._entries = entries
        self.line.setText(text)
        self._search(text)
        room = self._around.size()
        self.resize(_WIDTH, min(_HEIGHT, max(160, room.height() - 16)))
        self._fit()
        x = max(8, min(place.x(), room.width() - self.width() - 8))
        y = max(8, min(place.y(), room.height() - self.height() - 8))
        self.move(x, y)
        self.show()
        self.raise_()
        self.line.setFocus()
        self.line.end(False)

    def put_away(self) -> None:
        """Close without adding."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk the list, Return takes, Esc and leaving close."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            if event.reason() not in (
                Qt.FocusReason.PopupFocusReason,
                Qt.FocusReason.ActiveWindowFocusReason,
            ):
                self.put_away()
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._press(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}
        if event.key() in steps:
            row = self.list.currentRow() + steps[Qt.Key(event.key())]
            self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.list.currentRow())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
            return True
        return False

    def _search(self, words: str) -> None:
        self._found = rank(words, self._entries)
        self.list.clear()
        for entry in self._found:
            item = QListWidgetItem(icon(entry.symbol, entry.group.lower()), entry.title, self.list)
            item.setToolTip(entry.group)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(self._found))
        self._nothing.setVisible(not self._found)
        self._fit()

    def _fit(self) -> None:
        """As many lines as there are, up to a handful."""
        lines = max(1, min(7, len(self._found)))
        line = self.list.sizeHintForRow(0) if self._found else 28
        self.list.setFixedHeight(lines * line + 10)
        self.adjustSize()
        self.resize(_WIDTH, self.sizeHint().height())

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._found):
            entry = self._found[row]
            self.put_away()
            entry.act()
