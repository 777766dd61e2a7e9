"""Tells that a newer version of a table is there, what it changes, and what it would break in the flow."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from canvas_app.ui.controls import button, card, label, row
from canvas_app.ui.flow.about import Newer
from canvas_app.ui.grid.cell_text import short

_MOST = 6


class NewerVersion(QWidget):
    """A card with the newer version, and the button that moves the node to it; nothing without one."""

    wanted = Signal(str)
    """The key of the version that shall be used."""

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        self.title = label("", "strong", wrap=True)
        self.changes = label("", "secondary", wrap=True)
        self.breaks = label("", "problem", wrap=True)
        self.use = button("Use the newer version", lambda: self.wanted.emit(self._key))
        made, inside = card("sunken", margin=12, spacing=6)
        for part in (self.title, self.changes, self.breaks):
            inside.addWidget(part)
        inside.addLayout(row(self.use, 1))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(made)

    def show_newer(self, newer: Newer | None) -> None:
        """Show it, and beforehand what would not work any more."""
        self.setVisible(newer is not None)
        if newer is None:
            return
        self._key = newer.key
        self.title.setText(f"Version {newer.version} is there")
        self.changes.setText(_lines(newer.changes))
        self.changes.setVisible(bool(newer.changes))
        self.breaks.setVisible(bool(newer.breaks))
        self.breaks.setText(f"It would break this flow:\n{_lines(newer.breaks)}")
        again = " all the same" if newer.breaks else ""
        self.use.setText(f"Use version {newer.version}{again}")
        self.use.setAccessibleDescription("Undo brings the version back that is used now")


def _lines(words: tuple[str, ...]) -> str:
    shown = [short(word, 200) for word in words[:_MOST]]
    if len(words) > _MOST:
        shown.append(f"And {len(words) - _MOST} more.")
    return "\n".join(shown)
