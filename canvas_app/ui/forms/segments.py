"""A row of words of which one is chosen, as one control."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QRadioButton

from canvas_app.ui import theme
from canvas_app.ui.forms.search_combo import Choice

_AROUND = 8
"""Free at either side of a word."""


class Segments(QFrame):
    """Two to four words in one frame, each a radio button; the arrow keys choose along them."""

    picked = Signal(str)
    """A person chose the one of that value."""

    def __init__(self, name: str, *, dense: bool = False) -> None:
        super().__init__()
        self.setProperty("segments", True)
        self.setAccessibleName(name)
        self._name = name
        self._dense = dense
        self._choices: tuple[Choice, ...] = ()
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)

    def offer(self, choices: Sequence[Choice], value: str) -> None:
        """Offer these, and show that one."""
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._build()
        for choice, button in zip(self._choices, self._group.buttons(), strict=True):
            button.setChecked(choice.value == value)
            if choice.value == value:
                self.setFocusProxy(button)

    def _build(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            button.deleteLater()
        for choice in self._choices:
            button = Segment(choice.words, last=choice is self._choices[-1], dense=self._dense)
            button.setAccessibleDescription(self._name)
            button.clicked.connect(lambda _, value=choice.value: self.picked.emit(value))
            self._group.addButton(button)
            self._row.addWidget(button, 1)


class Segment(QRadioButton):
    """One of the words: a radio button for the ear, a part of the frame for the eye."""

    def __init__(self, words: str, *, last: bool, dense: bool = False) -> None:
        super().__init__(words)
        self._last = last
        self._dense = dense
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Wide enough for the word as it looks when it is chosen."""
        width = QFontMetrics(self._type(chosen=True)).horizontalAdvance(self.text())
        tokens = theme.current()
        return QSize(width + 2 * _AROUND, (tokens.dense_control if self._dense else tokens.control) - 2)

    def minimumSizeHint(self) -> QSize:
        """The word and a little around it."""
        return self.sizeHint() - QSize(2 * _AROUND - 2, 0)

    def hitButton(self, pos: QPoint) -> bool:
        """All of it can be pressed."""
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, word, the line to the next one, and the focus."""
        del event
        tokens, chosen, able = theme.current(), self.isChecked(), self.isEnabled()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or (self.underMouse() and able):
            ground = tokens.hover if not chosen else tokens.accent_soft if able else tokens.chip
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(self.rect(), 5, 5)
        if not self._last:
            painter.fillRect(self.width() - 1, 0, 1, self.height(), QColor(tokens.line))
        painter.setFont(self._type(chosen=chosen))
        painter.setPen(QColor(tokens.muted if not able else tokens.accent if chosen else tokens.text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 4, 4)
        painter.end()

    def _type(self, *, chosen: bool) -> QFont:
        made = QFont(theme.current().family)
        made.setPixelSize(theme.current().body)
        made.setWeight(QFont.Weight.DemiBold if chosen else QFont.Weight.Medium)
        return made
