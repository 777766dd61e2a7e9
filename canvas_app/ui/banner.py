"""Says what happened and what to do, above a page, until it is put away."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from canvas_app.ui.controls import button, icon_button, label
from canvas_app.ui.theme.icons import pixmap
from canvas_app.ui.theme.style import restyle

_ICONS = {
    "problem": ("ph.warning-circle", "bad"),
    "warning": ("ph.warning", "warn"),
    "good": ("ph.check-circle", "good"),
    "note": ("ph.info", "accent"),
}


class Banner(QWidget):
    """One message at a time; a later one takes the place of the one before."""

    def __init__(self) -> None:
        super().__init__()
        self._log = ""
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
        self._log = log
        self._copy.setVisible(bool(log))
        name, colour = _ICONS[severity]
        self._mark.setPixmap(pixmap(name, 18, colour))
        self._words.setText(words)
        restyle(self._box, severity=severity)
        self.show()

    def put_away(self) -> None:
        """Hide it."""
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
