"""A histogram over which one draws with the mouse, or goes with the arrow keys, to choose a stretch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from canvas_app.ui import theme
from canvas_app.ui.grid.cell_text import percent
from canvas_app.ui.grid.glimpse import counted, font_of

_FOOT = 20
_GRID = 4

Words = Callable[[int, int], tuple[str, str]]
"""The ends of a stretch of bins as a person reads them."""


class HistogramBrush(QWidget):
    """Bars from border to border; the chosen ones stand out."""

    brushed = Signal(int, int)
    """The first and the last bin that are chosen; -1 and -1 when none is any more."""

    def __init__(self) -> None:
        super().__init__()
        self.chosen: tuple[int, int] | None = None
        self.can_choose = True
        self._bins: tuple[int, ...] = ()
        self._words: Words = _no_words
        self._from = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName("Histogram")

    def show_bins(self, name: str, bins: Sequence[int], words: Words) -> None:
        """Show other bins; ``words`` tells the ends of a stretch by its first and its last bin."""
        self._bins, self._words, self.chosen = tuple(bins), words, None
        self.setAccessibleName(f"Histogram of {name}")
        self._tell()
        self.update()

    def choose(self, first: int, last: int) -> None:
        """Choose the bins from one to another, in either order."""
        low, high = sorted((self._inside(first), self._inside(last)))
        if self.can_choose and self._bins and (low, high) != self.chosen:
            self.chosen = (low, high)
            self._tell()
            self.update()
            self.brushed.emit(low, high)

    def choose_none(self) -> None:
        """Let go of what is chosen."""
        if self.chosen is not None:
            self.chosen = None
            self._tell()
            self.update()
            self.brushed.emit(-1, -1)

    def words(self) -> str:
        """What is chosen, and how many rows it holds."""
        if self.chosen is None:
            return ""
        first, last = self.chosen
        rows = sum(self._bins[first : last + 1])
        share = percent(rows / max(1, sum(self._bins)))
        return f"{self._stretch(first, last)}: {counted(rows, 'row')} ({share})"

    def _stretch(self, first: int, last: int) -> str:
        low, high = self._words(first, last)
        return low if low == high else f"{low} to {high}"

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(420, 176)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stretch."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._from = self._bin_at(event)
            self.choose(self._from, self._from)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw it out; else tell what is under the pointer."""
        at = self._bin_at(event)
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.choose(self._from, at)
        elif self._bins:
            self.setToolTip(f"{self._stretch(at, at)}: {counted(self._bins[at], 'row')}")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Let go of it."""
        del event
        self.choose_none()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys go from bin to bin, with Shift they draw the stretch out; Escape lets go."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if event.key() == Qt.Key.Key_Escape and self.chosen is not None:
            self.choose_none()
        elif step is None or not self._bins:
            super().keyPressEvent(event)
        elif self.chosen is None:
            self._from = 0 if step > 0 else len(self._bins) - 1
            self.choose(self._from, self._from)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            first, last = self.chosen
            self.choose(self._from, (first if self._from == last else last) + step)
        else:
            self._from = self._inside(self.chosen[1] + step)
            self.choose(self._from, self._from)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines, bars, and the ends in words."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = theme.current()
        area = QRectF(0.5, 2.5, self.width() - 1, self.height() - _FOOT - 3)
        painter.setPen(QPen(QColor(tokens.faint_line), 1))
        for at in range(_GRID):
            y = area.bottom() - area.height() * at / (_GRID - 1)
            painter.drawLine(int(area.left()), int(y), int(area.right()), int(y))
        if self._bins:
            self._paint_bars(painter, area)
            self._paint_ends(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(tokens.accent), 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 5, 5)
        painter.end()

    def _paint_bars(self, painter: QPainter, area: QRectF) -> None:
        highest, step = max(self._bins) or 1, area.width() / len(self._bins)
        first, last = self.chosen or (0, len(self._bins) - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        for at, count in enumerate(self._bins):
            colour = QColor(theme.current().accent)
            colour.setAlphaF(0.85 if first <= at <= last else 0.22)
            painter.setBrush(colour)
            height = max(1.5, (area.height() - 6) * count / highest) if count else 0.0
            gap = 1.5 if step > 5 else 0.5 if step > 2 else 0.0
            painter.drawRect(QRectF(area.left() + at * step, area.bottom() - height, step - gap, height))

    def _paint_ends(self, painter: QPainter) -> None:
        painter.setFont(font_of(theme.current().caption))
        painter.setPen(QColor(theme.current().muted))
        foot = QRectF(2, self.height() - _FOOT, self.width() - 4, _FOOT)
        low, high = self._words(0, len(self._bins) - 1)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, low)
        if high != low:
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, high)

    def _bin_at(self, event: QMouseEvent) -> int:
        return self._inside(int(event.position().x() / max(1, self.width()) * len(self._bins)))

    def _inside(self, at: int) -> int:
        return min(max(0, at), max(0, len(self._bins) - 1))

    def _tell(self) -> None:
        """Say the same to whoever can't see it."""
        self.setAccessibleDescription(self.words() or f"{len(self._bins)} bars; nothing is chosen")


def _no_words(first: int, last: int) -> tuple[str, str]:
    return str(first), str(last)
