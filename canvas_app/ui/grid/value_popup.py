"""The values of a column with their rows, as a small list over the table; a click filters by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from canvas_app.ui import theme
from canvas_app.ui.controls import label
from canvas_app.ui.floating import Floating
from canvas_app.ui.grid.cell_text import percent, short, spaced
from canvas_app.ui.grid.glimpse import counted, font_of

if TYPE_CHECKING:
    from canvas_app.data.value_counts import ValueCounts

_WIDTH, _HEIGHT = 340, 380
_COUNT = Qt.ItemDataRole.UserRole
_SHARE = Qt.ItemDataRole.UserRole + 1
_BLANK = Qt.ItemDataRole.UserRole + 2


class ValuePopup(Floating):
    """Lists the most frequent values; typing looks for others, Enter or a click shows only their rows."""

    asked = Signal(str)
    """Values that hold a text are looked for."""
    chosen = Signal(object)
    """The value that the rows shall be filtered by; None for blank."""

    def __init__(self, over: QWidget, column: str) -> None:
        name = short(column, 60)
        super().__init__(over, f"Values of {name}", "Find a value")
        self._values: list[str | None] = []
        self._searched = ""
        self.words = label("counting …", "secondary", wrap=True)
        self.column.insertWidget(0, label(name, "strong", wrap=True))
        self.column.insertWidget(1, self.words)
        self.list.setItemDelegate(_BarDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedSize(QSize(_WIDTH, _HEIGHT))

    def show_counts(self, found: ValueCounts) -> None:
        """The counts have come."""
        self._values = [value for value, _ in found.values]
        self.list.clear()
        for value, count in found.values:
            words = "blank" if value is None else short(value)
            share = count / max(1, found.rows)
            item = QListWidgetItem(words)
            item.setData(_COUNT, count)
            item.setData(_SHARE, share)
            item.setData(_BLANK, value is None)
            spoken = f"{words}, {counted(count, 'row')}, {percent(share)}"
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.say(self._summary(found))

    def say(self, words: str) -> None:
        """Words above the list."""
        self.words.setText(words)

    def search(self, words: str) -> None:
        """Look for values that hold the words."""
        self._searched = words
        self.asked.emit(words)

    def pick(self, row: int) -> None:
        """Filter by the value."""
        if 0 <= row < len(self._values):
            self.chosen.emit(self._values[row])

    def _summary(self, found: ValueCounts) -> str:
        if not found.values:
            return "no value holds that" if self._searched else "no rows"
        words = f"{counted(found.distinct, 'different value')} in {counted(found.rows, 'row')}"
        if self._searched:
            words += f" · {spaced(f'{found.matching:,}')} fit"
        if found.matching > len(found.values):
            words += f" · the {len(found.values)} most frequent"
        return f"{words}. Click one to see its rows."


class _BarDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One line."""
        del option, index
        return QSize(100, theme.current().dense_control)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """The value at the left, its rows and their share at the right, a bar below both."""
        tokens = theme.current()
        area: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(QColor(tokens.hover))
            painter.drawRoundedRect(QRectF(area), tokens.chip_radius, tokens.chip_radius)
        inner = area.adjusted(8, 0, -8, 0)
        number = f"{spaced(f'{index.data(_COUNT):,}')}   {percent(index.data(_SHARE))}"
        font = font_of(tokens.secondary)
        room = inner.width() - QFontMetrics(font).horizontalAdvance(number) - 12
        bar = QRectF(inner.left(), inner.bottom() - 4, inner.width(), 3)
        painter.setBrush(QColor(tokens.chip))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        bar.setWidth(max(2.0, bar.width() * index.data(_SHARE)))
        painter.setBrush(QColor(tokens.accent))
        painter.drawRoundedRect(bar, 1.5, 1.5)
        line = inner.adjusted(0, 0, 0, -5)
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, number)
        font = font_of(tokens.body)
        font.setItalic(bool(index.data(_BLANK)))
        painter.setFont(font)
        painter.setPen(QColor(tokens.muted if index.data(_BLANK) else tokens.text))
        words = QFontMetrics(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()
