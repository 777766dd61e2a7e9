"""The text of a formula, which completes names of columns and functions as one types."""

from __future__ import annotations

import re
from collections.abc import Iterable

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QCompleter, QPlainTextEdit

from canvas_app.data.schema import ColumnInfo

_PLAIN = re.compile(r"[A-Za-z_]\w*")
_WORD = re.compile(r"\[[^\]]*$|\w*$")
_CALL = re.compile(r"([A-Za-z_]\w*)\s*\([^()]*$")


class FormulaText(QPlainTextEdit):
    """A small code editor; Tab leaves it, and Return takes what is offered."""

    typed = Signal(str)
    """The formula as a person has changed it."""
    function_reached = Signal(str)
    """How the function around the caret is called and what it does; empty outside of any."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setProperty("role", "mono")
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * 4 + 18)
        self._functions = _functions()
        self._insert: dict[str, str] = {}
        self._showing = False
        self._completer = QCompleter(self)
        self._completer.setWidget(self)
        self._completer.setModel(QStringListModel(self))
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.activated.connect(self._complete)
        self.textChanged.connect(self._tell)
        self.cursorPositionChanged.connect(self._look_around)

    def offer(self, columns: Iterable[ColumnInfo]) -> None:
        """Complete these columns besides the functions."""
        words = {column.name: _quoted(column.name) for column in columns}
        words |= {f"{name}()": f"{name}(" for name in self._functions}
        if words != self._insert:
            self._insert = words
            self._completer.setModel(QStringListModel(list(words), self))

    def show_text(self, text: str) -> None:
        """Show a formula; the one that is shown already keeps its caret."""
        if self.toPlainText() == text:
            return
        self._showing = True
        self.setPlainText(text)
        self._showing = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Return and Escape to the list while it is open."""
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab)
        if self._open() and event.key() in keys:
            event.ignore()
            return
        asked = event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if not asked:
            super().keyPressEvent(event)
        if asked or (event.text() and event.text().isprintable()):
            self._offer_list(asked=asked)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Close the list."""
        if not self._open():
            self.function_reached.emit("")
        super().focusOutEvent(event)

    def _open(self) -> bool:
        popup = self._completer.popup()
        return popup is not None and popup.isVisible()

    def _offer_list(self, *, asked: bool) -> None:
        word = self._word().removeprefix("[")
        popup = self._completer.popup()
        if popup is None or (len(word) < 1 and not asked):
            if popup is not None:
                popup.hide()
            return
        self._completer.setCompletionPrefix(word)
        place = self.cursorRect()
        place.setWidth(240)
        self._completer.complete(place)

    def _complete(self, words: str) -> None:
        cursor = self.textCursor()
        cursor.movePosition(
            QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(self._word())
        )
        cursor.insertText(self._insert[words])
        self.setTextCursor(cursor)

    def _word(self) -> str:
        found = _WORD.search(self._before())
        return found.group() if found else ""

    def _before(self) -> str:
        return self.toPlainText()[: self.textCursor().position()]

    def _tell(self) -> None:
        if not self._showing:
            self.typed.emit(self.toPlainText())

    def _look_around(self) -> None:
        found = _CALL.search(self._before())
        self.function_reached.emit(self._functions.get(found.group(1).lower(), "") if found else "")


def _functions() -> dict[str, str]:
    from canvas_app.flow.formula import FUNCTIONS

    every = FUNCTIONS.values() if hasattr(FUNCTIONS, "values") else FUNCTIONS
    return {item.name: f"{item.signature}: {item.help}" for item in every}


def _quoted(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else "[" + name.replace("]", "]]") + "]"
