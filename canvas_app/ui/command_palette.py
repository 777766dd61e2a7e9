"""Ctrl+K: type a few letters of anything, and be there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from canvas_app.ui import theme
from canvas_app.ui.controls import label
from canvas_app.ui.entries import Entry, rank
from canvas_app.ui.theme.icons import icon

_GROUP = Qt.ItemDataRole.UserRole + 1


class CommandPalette(QDialog):
    """A search line over the list of what fits; Return does the first."""

    def __init__(self, parent: QWidget, entries: Sequence[Entry]) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setWindowTitle("Search everything")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._entries = entries
        self._found: tuple[Entry, ...] = ()
        self.line = QLineEdit()
        self.line.setPlaceholderText("Search pages, actions, steps, columns and models")
        self.line.setAccessibleName("Search everything")
        self.line.textEdited.connect(self._search)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName("Found")
        self.list.setProperty("plain", True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setIconSize(QSize(16, 16))
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self.list.itemClicked.connect(lambda item: self._do(self.list.row(item)))
        self._nothing = label("Nothing is called so. Try other words.", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        for part in (self.line, self._nothing, self.list):
            column.addWidget(part)
        self.resize(580, 420)
        self._search("")

    def open_over(self, widget: QWidget) -> None:
        """Open in the upper middle of a widget."""
        corner = widget.mapToGlobal(widget.rect().topLeft())
        self.move(corner.x() + (widget.width() - self.width()) // 2, corner.y() + 64)
        self.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the arrows walk the list while one types."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
            if event.key() in steps:
                row = self.list.currentRow() + steps[Qt.Key(event.key())]
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, row)))
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._do(self.list.currentRow())
                return True
        return super().eventFilter(watched, event)

    def _search(self, words: str) -> None:
        self._found = rank(words, self._entries)
        self.list.clear()
        for entry in self._found:
            item = QListWidgetItem(icon(entry.symbol), entry.title, self.list)
            item.setData(_GROUP, entry.group)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title}, {entry.group}")
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(self._found))
        self._nothing.setVisible(not self._found)

    def _do(self, row: int) -> None:
        if 0 <= row < len(self._found):
            entry = self._found[row]
            self.close()
            entry.act()


class _EntryDelegate(QStyledItemDelegate):
    """Draws the group at the right of the title."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Qt asks for it."""
        super().paint(painter, option, index)
        tokens = theme.current()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect.adjusted(0, 0, -12, 0)
        painter.save()
        painter.setPen(QColor(tokens.accent if selected else tokens.muted))
        font = painter.font()
        font.setPixelSize(tokens.secondary)
        painter.setFont(font)
        painter.drawText(
            rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(index.data(_GROUP))
        )
        painter.restore()
