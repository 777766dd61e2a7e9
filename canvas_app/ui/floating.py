"""A list with a search line that lies over the window until one has chosen, or looks elsewhere.

It is a child of the window rather than a window of its own: screen readers see it, and no window manager
takes the keyboard away from it.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QVBoxLayout, QWidget

_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
_PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
"""The focus comes back from these."""


class Floating(QFrame):
    """The search line keeps the focus; the arrows walk the list below it."""

    def __init__(self, over: QWidget, name: str, hint: str) -> None:
        super().__init__(over.window())
        self.setObjectName("floating")
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._window = over.window()
        self._before = self._window.focusWidget()
        self.line = QLineEdit()
        self.line.setPlaceholderText(hint)
        self.line.setAccessibleName(hint)
        self.line.textEdited.connect(self.search)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setProperty("plain", True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(16, 16))
        self.list.itemClicked.connect(lambda item: self._choose(self.list.row(item)))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(8, 8, 8, 8)
        self.column.addWidget(self.line)
        self.column.addWidget(self.list)

    def search(self, words: str) -> None:
        """Show what fits the words."""
        raise NotImplementedError

    def pick(self, row: int) -> None:
        """Do what the row stands for; the list is closed by then."""
        raise NotImplementedError

    def open_at(self, place: QPoint) -> None:
        """Show it at a place of the screen, moved inside the window where it would stick out."""
        window = self._window
        inside = window.mapFromGlobal(place)
        x = max(4, min(inside.x(), window.width() - self.width() - 4))
        y = max(4, min(inside.y(), window.height() - self.height() - 4))
        self.move(x, y)
        self.show()
        self.raise_()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys that walk, choose and close; looking elsewhere closes too."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take(Qt.Key(event.key())) or super().eventFilter(watched, event)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in _PASSING:
            self.close()
        return super().eventFilter(watched, event)

    def _take(self, key: Qt.Key) -> bool:
        if key in _STEPS:
            self._walk(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentRow())
        elif key == Qt.Key.Key_Escape:
            self._go_back()
        return key in (*_STEPS, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)

    def _walk(self, by: int) -> None:
        shown = [row for row in range(self.list.count()) if not self.list.isRowHidden(row)]
        if shown:
            here = shown.index(self.list.currentRow()) if self.list.currentRow() in shown else 0
            self.list.setCurrentRow(shown[max(0, min(len(shown) - 1, here + by))])

    def _choose(self, row: int) -> None:
        if 0 <= row < self.list.count() and not self.list.isRowHidden(row):
            self._go_back()
            self.pick(row)

    def _go_back(self) -> None:
        self.close()
        if self._before is not None:
            self._before.setFocus()
