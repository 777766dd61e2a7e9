"""What was found in a table, a line each, with the button that puts it right; then what is fine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from canvas_app.base.words import counted
from canvas_app.ui.controls import button, label, line
from canvas_app.ui.grid.cell_text import short, with_spaces
from canvas_app.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from canvas_app.data.finding import Found
    from canvas_app.data.health import HealthReport

MARKS = {
    "high": ("ph.warning-octagon", "bad", "Serious"),
    "medium": ("ph.warning", "warn", "Worth a look"),
    "low": ("ph.info", "muted", "Minor"),
}
"""Icon, colour and word of each severity."""
_CLEAR_IN_A_LINE = 2


class WorthALook(QWidget):
    """The lines of one report; at most so many, or all of them."""

    fix_wanted = Signal(object)
    """The ``Found`` whose fix shall go into a flow, or is looked for there."""

    def __init__(self, most: int = 0) -> None:
        super().__init__()
        self._most = most
        self.lines: list[FoundLine] = []
        self._locked = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_report(self, report: HealthReport, done: Callable[[Found], bool]) -> None:
        """Show what was found; ``done`` tells of what a flow puts right already."""
        self.clear()
        shown = report.found[: self._most] if self._most else report.found
        for found in shown:
            made = FoundLine(found, in_flow=done(found))
            made.wanted.connect(partial(self.fix_wanted.emit, found))
            made.lock(self._locked)
            self.lines.append(made)
            self._column.addWidget(made)
            self._column.addWidget(line())
        if len(shown) < len(report.found):
            rest = counted(len(report.found) - len(shown), "more thing")
            self._column.addWidget(label(f"{rest} in the full report", "muted"))
        self._show_clear(report.clear)

    def lock(self, why: str) -> None:
        """Hold the buttons back, with the reason; an empty one lets them go."""
        self._locked = why
        for made in self.lines:
            made.lock(why)

    def _show_clear(self, clear: tuple[str, ...]) -> None:
        wanted = clear if not self._most else clear[: _CLEAR_IN_A_LINE * 2]
        for at in range(0, len(wanted), _CLEAR_IN_A_LINE):
            words = ", ".join(wanted[at : at + _CLEAR_IN_A_LINE])
            self._column.addWidget(
                _marked("ph.check-circle", "good", "Fine", f"{words[:1].upper()}{words[1:]}")
            )

    def clear(self) -> None:
        """Show nothing, as long as nothing is known."""
        self.lines = []
        while (item := self._column.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()


class FoundLine(QWidget):
    """One thing: how bad it is, what it is, the numbers behind it, and the button."""

    wanted = Signal()

    def __init__(self, found: Found, *, in_flow: bool) -> None:
        super().__init__()
        symbol, colour, word = MARKS[found.severity]
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 8, 0, 8)
        across.setSpacing(8)
        across.addWidget(_mark(symbol, colour, word), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(with_spaces(short(found.words, 120)), wrap=True))
        words.addWidget(label(with_spaces(short(found.detail, 160)), "secondary", wrap=True))
        across.addLayout(words, 1)
        self.button: QPushButton | None = None
        if found.fix is not None:
            self.button = self._fix_button(found, found.fix.title, in_flow)
            across.addWidget(self.button, 0, Qt.AlignmentFlag.AlignVCenter)

    def lock(self, why: str) -> None:
        """Hold the button back, with the reason."""
        if self.button is not None:
            self.button.setEnabled(not why)
            if why:
                self.button.setToolTip(why)

    def _fix_button(self, found: Found, title: str, in_flow: bool) -> QPushButton:
        made = button("In the flow" if in_flow else title, self.wanted.emit)
        if in_flow:
            made.setProperty("look", "link")
        made.setProperty("dense", True)
        made.setAccessibleName(f"{made.text()}: {short(found.words, 80)}")
        made.setToolTip(
            "Show it in the flow" if in_flow else "Adds the step to the flow, and shows what it changes"
        )
        return made


def _mark(symbol: str, colour: str, word: str) -> QWidget:
    made = label()
    made.setPixmap(pixmap(symbol, 16, colour))
    made.setAccessibleDescription(word)
    made.setToolTip(word)
    return made


def _marked(symbol: str, colour: str, word: str, words: str) -> QWidget:
    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 8, 0, 4)
    across.setSpacing(8)
    across.addWidget(_mark(symbol, colour, word), 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(label(words, wrap=True), 1)
    return made
