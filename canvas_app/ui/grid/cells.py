"""How a cell is painted: tinted where a step changed it, faint where it is blank, pale while awaited."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from canvas_app.ui import theme
from canvas_app.ui.grid.model import TableModel

_EDGE = 9


class CellDelegate(QStyledItemDelegate):
    """Paints plain text only, and nothing that the style would have to lay out."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Ground, lines, text."""
        tokens = theme.current()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.fillRect(area, QColor(self._ground(index, state)))
        painter.setPen(QColor(tokens.faint_line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        inner = area.adjusted(_EDGE, 0, -_EDGE, 0)
        if index.data(TableModel.AWAITED):
            self._paint_placeholder(painter, inner)
        else:
            self._paint_text(painter, inner, option, index)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(tokens.accent), 1))
            painter.drawRect(area.adjusted(0, 0, -1, -1))
        painter.restore()

    def _ground(self, index: QModelIndex | QPersistentModelIndex, state: QStyle.StateFlag) -> str:
        tokens = theme.current()
        if state & QStyle.StateFlag.State_Selected:
            return tokens.accent_soft
        return tokens.good_soft if index.data(TableModel.CHANGED) else tokens.panel

    def _paint_placeholder(self, painter: QPainter, inner: QRect) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().faint_line))
        width = min(inner.width(), 70)
        painter.drawRoundedRect(QRectF(inner.left(), inner.center().y() - 4, width, 8), 4, 4)

    def _paint_text(
        self,
        painter: QPainter,
        inner: QRect,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        tokens = theme.current()
        blank = index.data(TableModel.BLANK)
        metrics = option.fontMetrics
        text = metrics.elidedText(index.data() or "", Qt.TextElideMode.ElideRight, inner.width())
        painter.setFont(option.font)
        painter.setPen(QColor(tokens.faint if blank else tokens.text))
        alignment = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(inner, int(alignment) | int(Qt.TextFlag.TextSingleLine), text)
