"""Bars with words beside them, for lists in which people would rather look than read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from canvas_app.ui import theme
from canvas_app.ui.grid.cell_text import short
from canvas_app.ui.grid.glimpse import font_of
from canvas_app.ui.theme.icons import colour_of

_LINE = 20
_BAR = 7


class ShareBars(QWidget):
    """One bar per line: how full it is from 0 to 1, and its words to the right."""

    def __init__(self, name: str, *, bar: int = 60) -> None:
        super().__init__()
        self._name = name
        self._bar = bar
        self._lines: tuple[tuple[float, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_lines(self, lines: Sequence[tuple[float, str]]) -> None:
        """Show shares, each with its words."""
        self._lines = tuple(lines)
        self.setAccessibleDescription("; ".join(words for _, words in lines))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A line for each."""
        return QSize(self._bar + 140, len(self._lines) * _LINE)

    def minimumSizeHint(self) -> QSize:
        """Words are elided before lines are left out."""
        return QSize(self._bar + 60, len(self._lines) * _LINE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint bars and words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = font_of(theme.current().secondary)
        painter.setFont(font)
        metrics = QFontMetrics(font)
        for at, (share, words) in enumerate(self._lines):
            top = at * _LINE + (_LINE - _BAR) / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour_of("chip"))
            painter.drawRoundedRect(QRectF(0, top, self._bar, _BAR), 3, 3)
            painter.setBrush(colour_of("accent"))
            full = max(2.0, min(1.0, share) * self._bar) if share > 0 else 0.0
            painter.drawRoundedRect(QRectF(0, top, full, _BAR), 3, 3)
            painter.setPen(colour_of("muted"))
            left = self._bar + 8
            room = self.width() - left
            place = QRectF(left, at * _LINE, room, _LINE)
            shown = metrics.elidedText(short(words, 120), Qt.TextElideMode.ElideMiddle, room)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
