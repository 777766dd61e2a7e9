"""How cells are painted: tinted where a step changed them, faint where blank, pale while awaited.

All cells of a column at once and straight from the model: asking Qt's view and its delegate cell by cell
takes longer than a frame has.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QWidget

from canvas_app.ui import theme
from canvas_app.ui.grid.model import AWAITED, TableModel

_EDGE = 9
_MOST_KNOWN = 60_000
"""Texts whose widths are remembered."""


@dataclass(frozen=True)
class Column:
    """A column to be painted: its section, and from where to where it goes on the screen."""

    section: int
    left: int
    width: int
    chosen: range = range(0)
    """Its selected rows."""


@dataclass(frozen=True)
class Stretch:
    """The rows to be painted, and where they are on the screen."""

    rows: range
    top: int
    height: int

    def top_of(self, row: int) -> int:
        """Where a row begins."""
        return self.top + (row - self.rows.start) * self.height

    def box(self, column: Column, rows: range) -> QRect:
        """The place of some rows of a column."""
        return QRect(column.left, self.top_of(rows.start), column.width, len(rows) * self.height)


class CellPainter:
    """Paints plain text only, each in one line, cut where its column ends."""

    def __init__(self, widget: QWidget, model: TableModel) -> None:
        self._widget = widget
        self._model = model
        self._known: dict[tuple[str, int], tuple[str, float]] = {}
        self._font = ""

    def paint(self, painter: QPainter, columns: list[Column], stretch: Stretch) -> None:
        """The cells of some columns; the ground is there already."""
        font = self._widget.font()
        painter.setFont(font)
        metrics = QFontMetrics(font)
        if self._font != font.key() or len(self._known) > _MOST_KNOWN:
            self._font = font.key()
            self._known.clear()
        for column in columns:
            self._paint_ground(painter, column, stretch)
            self._paint_texts(painter, column, stretch, metrics)
        self._paint_lines(painter, columns, stretch)

    def paint_current(self, painter: QPainter, column: Column, stretch: Stretch, row: int) -> None:
        """The frame around the cell that has the keyboard."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.current().accent), 1))
        painter.drawRect(stretch.box(column, range(row, row + 1)).adjusted(0, 0, -1, -1))

    def _paint_ground(self, painter: QPainter, column: Column, stretch: Stretch) -> None:
        tokens = theme.current()
        good = QColor(tokens.good_soft)
        for row in self._model.changed_rows(column.section, stretch.rows):
            painter.fillRect(stretch.box(column, range(row, row + 1)), good)
        chosen = range(
            max(column.chosen.start, stretch.rows.start), min(column.chosen.stop, stretch.rows.stop)
        )
        if chosen:
            painter.fillRect(stretch.box(column, chosen), QColor(tokens.accent_soft))

    def _paint_texts(
        self, painter: QPainter, column: Column, stretch: Stretch, metrics: QFontMetrics
    ) -> None:
        tokens = theme.current()
        text_pen, blank_pen = QColor(tokens.text), QColor(tokens.faint)
        room = column.width - 2 * _EDGE
        left, right = column.left + _EDGE, column.left + column.width - _EDGE
        numeric = self._model.column(column.section).type in ("number", "whole")
        base = stretch.top + (stretch.height + metrics.ascent() - metrics.descent()) / 2
        painter.setPen(text_pen)
        for cell in self._model.cells(column.section, stretch.rows):
            if cell is None:
                painter.setPen(blank_pen)
                words, width = self._cut("blank", room, metrics)
                painter.drawText(QPointF(right - width if numeric else left, base), words)
                painter.setPen(text_pen)
            elif cell is AWAITED:
                self._paint_placeholder(painter, QRectF(left, base - 9, min(room, 70), 8))
                painter.setPen(text_pen)
            elif cell:
                words, width = self._known.get((cell, room)) or self._cut(cell, room, metrics)
                painter.drawText(QPointF(right - width if numeric else left, base), words)
            base += stretch.height

    def _cut(self, text: str, room: int, metrics: QFontMetrics) -> tuple[str, float]:
        """The text as it fits into its column, and its width."""
        words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
        self._known[(text, room)] = found = (words, metrics.horizontalAdvance(words))
        return found

    def _paint_placeholder(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.current().faint_line))
        painter.drawRoundedRect(box, 4, 4)

    def _paint_lines(self, painter: QPainter, columns: list[Column], stretch: Stretch) -> None:
        if not columns or not stretch.rows:
            return
        painter.setPen(QColor(theme.current().faint_line))
        left, right = columns[0].left, columns[-1].left + columns[-1].width - 1
        bottom = stretch.top_of(stretch.rows.stop) - 1
        for row in stretch.rows:
            line = stretch.top_of(row) + stretch.height - 1
            painter.drawLine(left, line, right, line)
        for column in columns:
            edge = column.left + column.width - 1
            painter.drawLine(edge, stretch.top, edge, bottom)
