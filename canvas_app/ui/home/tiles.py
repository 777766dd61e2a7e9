"""What can be opened from Home: a project that was open before, or a sample to start from."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from canvas_app.ui.controls import label
from canvas_app.ui.theme.icons import pixmap

_USUAL = 240
"""How wide a tile usually is, in pixels."""


class Tile(QPushButton):
    """A card that is one button: a picture, a title, and lines below."""

    def __init__(self, name: str, picture: QWidget | None, title: str, lines: tuple[str, ...]) -> None:
        super().__init__()
        self.setProperty("look", "tile")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumWidth(200)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(3)
        if picture is not None:
            column.addWidget(picture)
            column.addSpacing(6)
        column.addWidget(label(title, "strong"))
        for place, text in enumerate(lines):
            column.addWidget(label(text, "secondary" if place == 0 else "caption", wrap=True))
        column.addStretch(1)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(self._needed(_USUAL))

    def sizeHint(self) -> QSize:
        """Room for all lines; tiles beside each other are as tall as the tallest."""
        return QSize(_USUAL, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow tile breaks its lines more often, and is taller for it."""
        super().resizeEvent(event)
        needed = self._needed(self.width())
        if needed != self.minimumHeight():
            self.setMinimumHeight(needed)
            self.updateGeometry()

    def _needed(self, width: int) -> int:
        layout = self.layout()
        return layout.heightForWidth(width) if layout is not None and layout.hasHeightForWidth() else 160


def symbol_of(name: str, colour: str = "accent") -> QWidget:
    """An icon on a tile."""
    made = label()
    made.setPixmap(pixmap(name, 22, colour))
    return made
