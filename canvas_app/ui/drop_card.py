"""A place to drop files on, with buttons for those who rather choose them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from canvas_app.ui.controls import label
from canvas_app.ui.theme.icons import pixmap
from canvas_app.ui.theme.style import restyle


class DropCard(QFrame):
    """A dashed card that takes files, and lights up when some are held over it."""

    dropped = Signal(object)
    """The paths of the files, one at least."""

    def __init__(self, title: str, words: str) -> None:
        super().__init__()
        self.setProperty("card", "drop")
        self.setAcceptDrops(True)
        mark = label()
        mark.setPixmap(pixmap("ph.download-simple", 26, "accent"))
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(label(title, "strong"))
        said.addWidget(label(words, "secondary", wrap=True))
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(24, 24, 22, 24)
        self._line.setSpacing(16)
        self._line.addWidget(mark)
        self._line.addLayout(said, 1)

    def add_button(self, button: QPushButton) -> QPushButton:
        """Put a button at the right end, and give it back."""
        self._line.addWidget(button)
        return button

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, and show it."""
        if _files(event.mimeData()):
            event.acceptProposedAction()
            restyle(self, over="true")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went elsewhere."""
        restyle(self, over="false")
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which they are."""
        restyle(self, over="false")
        files = _files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
