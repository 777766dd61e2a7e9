"""Ctrl+K: type a few letters of anything, and be there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from canvas_app.ui import theme
from canvas_app.ui.controls import label
from canvas_app.ui.entries import Entry, rank
from canvas_app.ui.floating import Floating
from canvas_app.ui.theme.icons import icon

_WIDTH = 580
_MOST_SHOWN = 12
_GROUP = Qt.ItemDataRole.UserRole + 1


class CommandPalette(Floating):
    """A search line over the list of what fits; Return does the first."""

    def __init__(self, over: QWidget, entries: Sequence[Entry]) -> None:
        super().__init__(over, "Found", "Search pages, actions, steps, columns and models")
        self._entries = entries
        self._found: tuple[Entry, ...] = ()
        self.list.setItemDelegate(_EntryDelegate(self.list))
        self._nothing = label("Nothing is called so. Try other words.", "muted")
        self.column.addWidget(self._nothing)
        self.setFixedWidth(_WIDTH)
        self.search("")

    def open_over(self, widget: QWidget) -> None:
        """Open in the upper middle of a widget."""
        self.open_at(widget.mapToGlobal(QPoint((widget.width() - self.width()) // 2, 64)))

    def search(self, words: str) -> None:
        """Show what fits the words, the best on top."""
        self._found = rank(words, self._entries)
        self.list.clear()
        for entry in self._found:
            item = QListWidgetItem(icon(entry.symbol), entry.title, self.list)
            item.setData(_GROUP, entry.group)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{entry.title}, {entry.group}")
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(self._found))
        self.list.setFixedHeight(min(len(self._found), _MOST_SHOWN) * max(1, self.list.sizeHintForRow(0)) + 4)
        self._nothing.setVisible(not self._found)
        self.adjustSize()

    def pick(self, row: int) -> None:
        """Do it."""
        self._found[row].act()


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
