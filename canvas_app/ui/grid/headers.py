"""The headers of the grid: columns with their type, a glimpse and their blanks; rows with their number."""

from __future__ import annotations

import html
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from canvas_app.ui import theme
from canvas_app.ui.grid.glimpse import BADGES, caption_of, font_of, paint_badge, paint_glimpse
from canvas_app.ui.grid.model import TableModel

HEIGHT = 90
_EDGE = 9
_TOO_FAR = 4


class ColumnHeader(QHeaderView):
    """One section per column. It paints itself: Qt's own asks every row whether it is selected."""

    sort_asked = Signal(int)
    """The section whose column the rows shall be sorted by."""
    menu_asked = Signal(int, QPoint)
    """What can be done with a column is asked for: its section, and the place on the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setSectionsMovable(False)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(70)
        self.setDefaultSectionSize(150)
        self.setAccessibleName("Columns")
        self.sorted: tuple[str, bool] | None = None
        """The column that the rows are sorted by, and whether the largest come first."""
        self.filtered: frozenset[str] = frozenset()
        """The columns that a condition is on."""
        self._pressed = QPoint()
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)

    def sizeHint(self) -> QSize:
        """High enough for badge, picture and caption, whatever the font size."""
        scale = theme.current().body / 13
        return QSize(super().sizeHint().width(), round(HEIGHT * scale))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sections, and the ground where there are none."""
        super().paintEvent(event)
        tokens = theme.current()
        rest = self.viewport().rect()
        rest.setLeft(self.length() - self.offset())
        if not rest.isEmpty():
            painter = QPainter(self.viewport())
            painter.fillRect(rest, QColor(tokens.ground))
            painter.setPen(QColor(tokens.line))
            painter.drawLine(rest.bottomLeft(), rest.bottomRight())
            painter.end()

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Badge and name, the glimpse, the caption."""
        tokens = theme.current()
        model = cast("TableModel", self.model())
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, QColor(tokens.ground))
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(tokens.faint_line if tokens.dark else tokens.line))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        self._paint_title(painter, rect, model, section)
        profile = model.profiles.get(model.column(section).name)
        caption = self._mark(model, section)
        if profile is not None:
            top = rect.top() + tokens.caption + 20
            height = rect.height() - 2 * tokens.caption - 32
            area = QRect(rect.left() + _EDGE, top, min(rect.width() - 2 * _EDGE, 260), height)
            paint_glimpse(painter, area, profile)
            caption = caption or caption_of(profile)
        painter.setFont(font_of(tokens.caption))
        painter.setPen(QColor(tokens.muted))
        line = QRect(rect.left() + _EDGE, rect.bottom() - tokens.caption - 9, rect.width() - _EDGE, 18)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, caption)
        painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where, to tell a click from a drag."""
        self._pressed = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a column sorts by it."""
        super().mouseReleaseEvent(event)
        place = event.position().toPoint()
        resizing = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        moved = (place - self._pressed).manhattanLength() > _TOO_FAR
        section = self.logicalIndexAt(place)
        if event.button() == Qt.MouseButton.LeftButton and section >= 0 and not moved and not resizing:
            self.sort_asked.emit(section)

    def viewportEvent(self, event: QEvent) -> bool:
        """The tooltip says in plain text what the picture shows."""
        if event.type() != QEvent.Type.ToolTip:
            return super().viewportEvent(event)
        asked = cast("QHelpEvent", event)
        section = self.logicalIndexAt(asked.pos())
        if section >= 0:
            words = self.model().headerData(
                section, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleDescriptionRole
            )
            QToolTip.showText(asked.globalPos(), f"<p style='white-space:pre'>{html.escape(words)}</p>", self)
        return True

    def _ask_for_menu(self, place: QPoint) -> None:
        section = self.logicalIndexAt(place)
        if section >= 0:
            self.menu_asked.emit(section, self.viewport().mapToGlobal(place))

    def _paint_title(self, painter: QPainter, rect: QRect, model: TableModel, section: int) -> None:
        tokens = theme.current()
        info = model.column(section)
        badge = "fx" if info.name in model.marks.new else BADGES[info.type]
        width = paint_badge(painter, rect.left() + _EDGE, rect.top() + 7, badge)
        font = font_of(tokens.body, strong=True)
        left = rect.left() + _EDGE + width + 7
        arrow = self._arrow(info.name)
        room = rect.right() - left - 4 - (14 if arrow else 0)
        name = QFontMetrics(font).elidedText(
            info.name[:200].replace("\n", " "), Qt.TextElideMode.ElideRight, room
        )
        painter.setFont(font)
        painter.setPen(QColor(tokens.text))
        line = QRect(left, rect.top() + 6, room, tokens.caption + 9)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, name)
        if arrow:
            painter.setPen(QColor(tokens.accent))
            box = QRect(rect.right() - 18, rect.top() + 6, 14, tokens.caption + 9)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, arrow)

    def _arrow(self, name: str) -> str:
        if self.sorted is None or self.sorted[0] != name:
            return ""
        return "↓" if self.sorted[1] else "↑"

    def _mark(self, model: TableModel, section: int) -> str:
        name = model.column(section).name
        if name in self.filtered:
            return "filtered"
        if name in model.marks.new:
            return "new column"
        return "target" if name == model.marks.target else ""


class RowHeader(QHeaderView):
    """The numbers of the rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(theme.current().table_row)
        self.setMinimumSectionSize(16)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setAccessibleName("Row numbers")

    def sizeHint(self) -> QSize:
        """Wide enough for the largest number."""
        model = self.model()
        rows = model.rowCount() if model is not None else 1
        metrics = QFontMetrics(font_of(theme.current().caption))
        return QSize(metrics.horizontalAdvance("0" * max(3, len(f"{rows:,}"))) + 14, 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One number, right-aligned."""
        tokens = theme.current()
        painter.save()
        painter.fillRect(rect, QColor(tokens.ground))
        painter.setPen(QColor(tokens.faint_line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setFont(font_of(tokens.caption))
        painter.setPen(QColor(tokens.muted))
        words = self.model().headerData(section, Qt.Orientation.Vertical)
        painter.drawText(
            rect.adjusted(0, 0, -7, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
        )
        painter.restore()
