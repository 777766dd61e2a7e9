"""Find in a table: the text, the hits one by one, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from canvas_app.ui.controls import icon_button, label
from canvas_app.ui.grid.cell_text import spaced

if TYPE_CHECKING:
    from canvas_app.data.cell_search import Hits

_PAUSE_MS = 250


class FindLine(QWidget):
    """A field that asks for a text, and for the hit after or before."""

    asked = Signal(str, int)
    """The text, and 0 for the first hit from the current cell, 1 for the next one, -1 for the one before."""
    left = Signal()
    """The person goes back to the table."""

    def __init__(self) -> None:
        super().__init__()
        self.text = _FindField()
        self.words = label("", "muted")
        self.previous = icon_button("Previous hit (Shift+Enter)", "ph.caret-up", lambda: self._ask(-1))
        self.next = icon_button("Next hit (Enter)", "ph.caret-down", lambda: self._ask(1))
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: self._ask(0))
        self.text.textEdited.connect(self._typed)
        self.text.stepped.connect(self._ask)
        self.text.left.connect(self.left)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        for part in (self.words, self.text, self.previous, self.next):
            line.addWidget(part)
        self.say("")

    def begin(self) -> None:
        """Take the keyboard, with what was looked for before ready to be typed over."""
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def show_hit(self, number: int, hits: Hits) -> None:
        """Say which hit is shown; counted from 0."""
        if hits.count == 0:
            self.say("no hit")
            return
        whole = spaced(f"{hits.count:,}")
        self.say(f"hit {spaced(f'{number + 1:,}')} of {f'at least {whole}' if hits.cut else whole}")

    def say(self, words: str) -> None:
        """Words beside the field."""
        self.words.setText(words)
        self.text.setAccessibleDescription(words)
        for one in (self.previous, self.next):
            one.setEnabled(bool(self.text.text()))

    def _typed(self, text: str) -> None:
        self.say("")
        if text:
            self._pause.start()
        else:
            self._pause.stop()
            self.asked.emit("", 0)

    def _ask(self, step: int) -> None:
        waiting = self._pause.isActive()
        self._pause.stop()
        if self.text.text():
            self.say("finding …" if waiting or not self.words.text() else self.words.text())
            self.asked.emit(self.text.text(), 0 if waiting else step)


class _FindField(QLineEdit):
    stepped = Signal(int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("Find")
        self.setAccessibleName("Find in all rows")
        self.setToolTip(
            "Find in all rows (Ctrl+F); Enter goes to the next hit, Shift+Enter to the one before"
        )
        self.setProperty("dense", "true")
        self.setFixedWidth(180)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter steps through the hits, Escape goes back to the table."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
