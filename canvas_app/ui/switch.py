"""A switch: words at the left, and at the right whether it is on."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from canvas_app.ui import theme

_WIDTH, _HEIGHT = 34, 20


class Switch(QCheckBox):
    """A check box by role and keyboard, drawn as a switch."""

    def sizeHint(self) -> QSize:
        """Room for the words and the switch."""
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(words + _WIDTH + 16, max(28, self.fontMetrics().height() + 8))

    def minimumSizeHint(self) -> QSize:
        """The words may be cut off, the switch may not."""
        return QSize(_WIDTH + 60, self.sizeHint().height())

    def hitButton(self, position: QPoint) -> bool:
        """All of it can be clicked."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words and the switch."""
        del event
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        words = self.rect().adjusted(0, 0, -_WIDTH - 10, 0)
        painter.setPen(QColor(tokens.text if self.isEnabled() else tokens.faint))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        track = QRectF(self.width() - _WIDTH - 2, (self.height() - _HEIGHT) / 2, _WIDTH, _HEIGHT)
        border = tokens.accent if self.hasFocus() or self.isChecked() else tokens.strong_line
        painter.setPen(QPen(QColor(border), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(tokens.accent if self.isChecked() else tokens.chip))
        painter.drawRoundedRect(track, _HEIGHT / 2, _HEIGHT / 2)
        place = track.right() - _HEIGHT + 3 if self.isChecked() else track.left() + 3
        painter.setPen(QPen(QColor(tokens.strong_line), 0 if self.isChecked() else 1))
        painter.setBrush(QColor("#ffffff"))
        painter.drawEllipse(QRectF(place, track.top() + 3, _HEIGHT - 6, _HEIGHT - 6))
