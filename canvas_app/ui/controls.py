"""Buttons, labels, cards and lines as every page makes them: plain text, named, in the looks of the theme."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable

from PySide6 import QtGui
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFont, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from canvas_app.ui import theme
from canvas_app.ui.theme.icons import colour_of, icon

_TOOLTIP = 72
"""Letters in a line of a tooltip."""

Slot = Callable[[], object]


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label with a role of the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def button(
    text: str, clicked: Slot | None = None, *, look: str = "secondary", symbol: str = ""
) -> QPushButton:
    """A button that says its verb; ``symbol`` is an icon such as ``ph.plus``."""
    made = QPushButton(text)
    made.setProperty("look", look)
    made.setAutoDefault(False)
    if symbol:
        colours = {"primary": "on_accent", "link": "accent", "danger": "bad"}
        made.setIcon(icon(symbol, colours.get(look, "muted")))
    if clicked is not None:
        made.clicked.connect(lambda: clicked())
    return made


class ActionButton(QPushButton):
    """Shows an action: follows its words, its tooltip, and whether it can be done."""

    def __init__(self, action: QAction, look: str = "secondary") -> None:
        super().__init__()
        self.action = action
        self.setProperty("look", look)
        self.setAutoDefault(False)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def let_go(self) -> None:
        """Follow the action no longer, for instance before the button is taken away."""
        self.action.changed.disconnect(self._follow)

    def _follow(self) -> None:
        keys = self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        tip = self.action.toolTip() if self.action.toolTip() != self.action.text() else ""
        self.setText(self.action.text())
        self.setToolTip(plain_tip(f"{tip} ({keys})".strip() if keys else tip))
        self.setEnabled(self.action.isEnabled())
        if self.parentWidget() is not None or not self.action.isVisible():
            self.setVisible(self.action.isVisible())  # alone it would be a window of its own


def icon_button(name: str, symbol: str, clicked: Slot | None = None, *, look: str = "quiet") -> QToolButton:
    """A square button without words; its name is its tooltip and what it is called by."""
    made = QToolButton()
    made.setAccessibleName(name)
    made.setToolTip(plain_tip(name))
    made.setIcon(icon(symbol))
    made.setIconSize(QSize(16, 16))
    made.setProperty("look", look)
    made.setProperty("icon-only", True)
    if clicked is not None:
        made.clicked.connect(lambda: clicked())
    return made


def folded(words: str) -> str:
    """Words in lines of the length that a tooltip has room for."""
    return plain_tip(textwrap.fill(words, _TOOLTIP))


def plain_tip(words: str) -> str:
    """Words for a tooltip that shows them as they are: Qt would take some names of columns for HTML."""
    if not QtGui.Qt.mightBeRichText(words):
        return words
    return f"<p style='white-space:pre-wrap'>{html.escape(words)}</p>"


def card(kind: str = "true", *, margin: int = 16, spacing: int = 8) -> tuple[QFrame, QVBoxLayout]:
    """A panel with a border (``true``, ``sunken`` or ``drop``), and the column inside it."""
    made = QFrame()
    made.setProperty("card", kind)
    inside = QVBoxLayout(made)
    inside.setContentsMargins(margin, margin, margin, margin)
    inside.setSpacing(spacing)
    return made, inside


def heading_item(words: str) -> QListWidgetItem:
    """The title of a group in a list; it can't be chosen."""
    made = QListWidgetItem(words)
    made.setFlags(Qt.ItemFlag.NoItemFlags)
    font = QFont(theme.current().family)
    font.setPixelSize(theme.current().secondary)
    font.setWeight(QFont.Weight.DemiBold)
    made.setFont(font)
    made.setForeground(colour_of("muted"))
    return made


def line(direction: str = "true") -> QFrame:
    """A thin line: ``true`` lies, ``upright`` stands."""
    made = QFrame()
    made.setProperty("line", direction)
    return made


def row(*parts: QWidget | int, spacing: int = 8) -> QHBoxLayout:
    """Widgets beside each other; a number is a stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    for part in parts:
        if isinstance(part, int):
            made.addStretch(part)
        else:
            made.addWidget(part)
    return made
