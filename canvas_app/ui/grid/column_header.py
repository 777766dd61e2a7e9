"""The header of the grid: columns with their type, a glimpse and their blanks."""

from __future__ import annotations

import html
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from canvas_app.ui import theme
from canvas_app.ui.grid.glimpse import BADGES, caption_of, font_of, paint_badge, paint_glimpse
from canvas_app.ui.grid.model import TableModel

HEIGHT = 90
FIELD = 34
"""Pixels that the fields of the filter take below the captions."""
_EDGE = 9
_TOO_FAR = 4
_TITLE = 20
"""Pixels of the line with the title, beside the height of its letters."""
USUAL_WIDTH = 150
_MOST_HELD = 0.7
"""Share of the width that pinned columns may take; those that don't fit scroll with the others."""


class ColumnHeader(QHeaderView):
    """One section per column. It paints itself: Qt's own asks every row whether it is selected.

    Pinned columns come first and stay where they are when the others are scrolled: they are painted above
    them, and the mouse there is told in the places that they have before any scrolling.
    """

    sort_asked = Signal(int)
    """The section whose column the rows shall be sorted by."""
    counts_asked = Signal(int)
    """The section whose values shall be counted."""
    menu_asked = Signal(int, QPoint)
    """What can be done with a column is asked for: its section, and the place on the screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(False)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(70)
        self.setDefaultSectionSize(USUAL_WIDTH)
        self.setAccessibleName("Columns")
        self.sorted: tuple[str, bool] | None = None
        """The column that the rows are sorted by, and whether the largest come first."""
        self.filtered: frozenset[str] = frozenset()
        """The columns that a condition is on."""
        self.pinned: set[int] = set()
        """The sections that are pinned; they are the first in the order that is seen."""
        self._fields = False
        self._pressed = QPoint()
        self._resizing_held = False
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_for_menu)

    def make_room(self, fields: bool) -> None:
        """Have room for the fields of the filter, or none."""
        self._fields = fields
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """High enough for badge, picture and caption, whatever the font size."""
        scale = theme.current().body / 13
        return QSize(super().sizeHint().width(), round((HEIGHT + FIELD * self._fields) * scale))

    def field_height(self) -> int:
        """Pixels of the fields of the filter; 0 where there are none."""
        return round(FIELD * theme.current().body / 13) if self._fields else 0

    def held(self) -> list[int]:
        """The pinned sections that are seen, from the left, as far as there is room."""
        kept, width, room = [], 0, self.viewport().width() * _MOST_HELD
        for place in range(len(self.pinned)):
            section = self.logicalIndex(place)
            width += self.sectionSize(section)
            if width > room:
                break
            if not self.isSectionHidden(section):
                kept.append(section)
        return kept

    def held_width(self) -> int:
        """Pixels at the left that don't scroll."""
        return sum(map(self.sectionSize, self.held())) if self.pinned else 0

    def seen_rect(self, section: int) -> QRect:
        """Where a section is on the screen, pinned or not."""
        left = self.sectionViewportPosition(section)
        if section in self.pinned and section in self.held():
            left += self.offset()
        return QRect(left, 0, self.sectionSize(section), self.viewport().height())

    def section_at(self, place: QPoint) -> int:
        """The section on the screen there; -1 where there is none."""
        return self.logicalIndexAt(self._unscrolled(place))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The sections, the pinned ones above them, and the ground where there are none."""
        super().paintEvent(event)
        tokens = theme.current()
        painter = QPainter(self.viewport())
        for section in self.held() if self.offset() else ():
            self.paintSection(painter, self.seen_rect(section), section)
        if self.pinned:
            painter.setPen(QColor(tokens.strong_line))
            right = self.held_width() - 1
            painter.drawLine(right, 0, right, self.height())
        rest = self.viewport().rect()
        rest.setLeft(self.length() - self.offset())
        if not rest.isEmpty():
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
        rect = rect.adjusted(0, 0, 0, -self.field_height())
        if profile is not None:
            top = rect.top() + tokens.caption + _TITLE
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
        resizing = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        self._resizing_held = resizing and self._pressed.x() <= self.held_width()
        super().mousePressEvent(self._told(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Columns are resized and moved, the pinned ones too."""
        super().mouseMoveEvent(self._told(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A double click between two columns makes the left one as wide as its cells."""
        super().mouseDoubleClickEvent(self._told(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a column's title sorts by it; one on what is below counts its values."""
        resizing = self.cursor().shape() == Qt.CursorShape.SplitHCursor
        super().mouseReleaseEvent(self._told(event))
        self._resizing_held = False
        place = event.position().toPoint()
        moved = (place - self._pressed).manhattanLength() > _TOO_FAR
        section = self.section_at(place)
        if event.button() != Qt.MouseButton.LeftButton or section < 0 or moved or resizing:
            return
        if place.y() < theme.current().caption + _TITLE:
            self.sort_asked.emit(section)
        else:
            self.counts_asked.emit(section)

    def viewportEvent(self, event: QEvent) -> bool:
        """The tooltip says in plain text what the picture shows."""
        if event.type() != QEvent.Type.ToolTip:
            return super().viewportEvent(event)
        asked = cast("QHelpEvent", event)
        section = self.section_at(asked.pos())
        if section >= 0:
            words = self.model().headerData(
                section, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleDescriptionRole
            )
            QToolTip.showText(asked.globalPos(), f"<p style='white-space:pre'>{html.escape(words)}</p>", self)
        return True

    def _ask_for_menu(self, place: QPoint) -> None:
        section = self.section_at(place)
        if section >= 0:
            self.menu_asked.emit(section, self.viewport().mapToGlobal(place))

    def _unscrolled(self, place: QPoint) -> QPoint:
        """Where a place among the pinned columns would be if nothing were scrolled; others stay."""
        return QPoint(place.x() - self.offset(), place.y()) if place.x() < self.held_width() else place

    def _told(self, event: QMouseEvent) -> QMouseEvent:
        """The event as Qt's own header shall see it."""
        place = event.position()
        if self._resizing_held:
            told = QPointF(place.x() - self.offset(), place.y())
        else:
            told = QPointF(self._unscrolled(place.toPoint()))
        return QMouseEvent(
            event.type(), told, event.globalPosition(), event.button(), event.buttons(), event.modifiers()
        )

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
