"""Says what happened and what to do, above a page, until it is put away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from canvas_app.base.words import counted
from canvas_app.ui.controls import button, icon_button, label
from canvas_app.ui.theme.icons import pixmap
from canvas_app.ui.theme.style import restyle

_MOST_LINES = 3
_ICONS = {
    "problem": ("ph.warning-circle", "bad"),
    "warning": ("ph.warning", "warn"),
    "good": ("ph.check-circle", "good"),
    "note": ("ph.info", "accent"),
}


class Banner(QWidget):
    """What there is to tell now; failures that nobody has put away yet stay below each other."""

    def __init__(self) -> None:
        super().__init__()
        self._log = ""
        self._failures: tuple[str, ...] = ()
        self._passing = False
        self._box = QFrame()
        self._box.setObjectName("banner")
        self._mark = label()
        self._words = label(wrap=True)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._copy = button("Copy the details", self._copy_log, look="link")
        self._close = icon_button("Put this message away", "ph.x", self.put_away)
        self._lay_out()
        self.hide()

    def text(self) -> str:
        """The words that are shown; nothing when the banner is put away."""
        return "" if self.isHidden() else self._words.text()

    def show_words(self, words: str, severity: str = "problem", log: str = "") -> None:
        """Show a message; ``log`` can be copied from it."""
        self._failures = ()
        self._passing = severity in ("good", "note")
        self._log = log
        self._copy.setVisible(bool(log))
        name, colour = _ICONS[severity]
        self._mark.setPixmap(pixmap(name, 18, colour))
        self._words.setText(words)
        restyle(self._box, severity=severity)
        self.show()

    def add_failure(self, words: str, log: str = "") -> None:
        """Show that a job failed; what failed before it stays, the latest lines as far as they fit."""
        before = () if self.isHidden() else self._failures
        failures = (*(item for item in before if item != words), words)
        earlier = len(failures) - _MOST_LINES
        more = (f"{counted(earlier, 'earlier failure')}: see the list of jobs.",) if earlier > 0 else ()
        logs = "\n\n".join(filter(None, (self._log if before else "", log)))
        self.show_words("\n".join((*more, *failures[-_MOST_LINES:])), log=logs)
        self._failures = failures

    def put_away(self) -> None:
        """Hide it."""
        self.hide()

    def move_on(self) -> None:
        """The state that a note speaks of is over; warnings and problems stay until they are put away."""
        if self._passing:
            self.hide()

    def _copy_log(self) -> None:
        QGuiApplication.clipboard().setText(self._log)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._box)
        row.setContentsMargins(8, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(self._copy)
        row.addWidget(self._close)
        around = QHBoxLayout(self)
        around.setContentsMargins(24, 12, 24, 0)
        around.addWidget(self._box)
