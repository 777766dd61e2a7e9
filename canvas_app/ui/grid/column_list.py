"""The columns of a table below each other: type, name, and what is in each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from canvas_app.data.schema import Schema
from canvas_app.ui import theme
from canvas_app.ui.grid.cell_text import short
from canvas_app.ui.grid.glimpse import BADGES, caption_of, font_of, paint_badge, paint_glimpse, words_about

if TYPE_CHECKING:
    from canvas_app.data.profile import ColumnProfile

Index = QModelIndex | QPersistentModelIndex

_HEIGHT = 44
_PICTURE = 128
_BADGE_ROOM = 46


class ColumnListModel(QAbstractListModel):
    """Columns, and their profiles as far as they are known."""

    def __init__(self) -> None:
        super().__init__()
        self.schema = Schema()
        self.profiles: dict[str, ColumnProfile] = {}

    def start(self, schema: Schema, profiles: Iterable[ColumnProfile] = ()) -> None:
        """Show other columns."""
        self.beginResetModel()
        self.schema = schema
        self.profiles = {item.name: item for item in profiles}
        self.endResetModel()

    def learn(self, profiles: Iterable[ColumnProfile]) -> None:
        """Some more profiles are known; what is chosen stays chosen."""
        self.profiles.update({item.name: item for item in profiles})
        if self.schema.columns:
            self.dataChanged.emit(self.index(0), self.index(len(self.schema) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.schema)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The name; and the whole in words, for screen readers."""
        info = self.schema.columns[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return short(info.name)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return words_about(info, self.profiles.get(info.name))
        return None


class ColumnList(QListView):
    """A list of columns with their pictures."""

    def __init__(self, name: str = "Columns") -> None:
        super().__init__()
        self.columns = ColumnListModel()
        self.setModel(self.columns)
        self.setItemDelegate(_ColumnDelegate(self))
        self.setUniformItemSizes(True)
        self.setProperty("plain", "true")
        self.setAccessibleName(name)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_columns(self, schema: Schema, profiles: Iterable[ColumnProfile] = ()) -> None:
        """Show these columns; without profiles at first, and again when they have come."""
        self.columns.start(schema, profiles)


class _ColumnDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines of words."""
        del option, index
        return QSize(200, round(_HEIGHT * theme.current().body / 13))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Badge and name at the left, the picture at the right, what it says below the name."""
        tokens = theme.current()
        model = index.model()
        assert isinstance(model, ColumnListModel)
        info = model.schema.columns[index.row()]
        profile = model.profiles.get(info.name)
        area: QRect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(tokens.accent_soft))
        painter.setPen(QColor(tokens.faint_line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        paint_badge(painter, area.left() + 2, area.top() + 6, BADGES[info.type])
        picture = QRect(area.right() - _PICTURE - 2, area.top() + 8, _PICTURE, area.height() - 15)
        if profile is not None:
            paint_glimpse(painter, picture, profile)
        room = picture.left() - area.left() - _BADGE_ROOM - 8
        line = QRect(area.left() + _BADGE_ROOM, area.top() + 5, room, tokens.body + 6)
        font = font_of(tokens.body, strong=True)
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        name = QFontMetrics(font).elidedText(index.data(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(font_of(tokens.caption))
        painter.setPen(QColor(tokens.muted))
        below = line.translated(0, tokens.body + 5)
        words = caption_of(profile) if profile is not None else ""
        painter.drawText(below, Qt.AlignmentFlag.AlignVCenter, words)
        painter.restore()
