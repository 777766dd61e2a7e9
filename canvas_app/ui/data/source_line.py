"""Where a table came from, whether that has changed since, and the ways to bring it up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from canvas_app.ui.controls import button, label, row
from canvas_app.ui.grid.cell_text import short
from canvas_app.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.freshness import Freshness

_SYMBOLS = {"changed": ("ph.arrows-clockwise", "warn"), "gone": ("ph.warning", "warn")}


class SourceLine(QWidget):
    """The version and the source of a table in one line, what there is to say about them, and buttons."""

    refresh_wanted = Signal()
    find_wanted = Signal()
    versions_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "muted", wrap=True)
        self._mark = label()
        self.news = label("", wrap=True)
        self.refresh = _button(
            "Refresh", self.refresh_wanted, "Read the source again; if it has changed, make a new version"
        )
        self.find_file = _button("Find file", self.find_wanted, "Show where the file was moved to")
        self.versions = _button(
            "Versions", self.versions_wanted, "What each version changed, and which flows use it"
        )
        self._news = QWidget()
        line = QHBoxLayout(self._news)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.news, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self._news)
        column.addLayout(row(self.refresh, self.find_file, self.versions, 1))

    def edits(self) -> tuple[QWidget, ...]:
        """What changes the project."""
        return (self.refresh, self.find_file)

    def show_dataset(self, dataset: Dataset, newest: int) -> None:
        """Show a table; how its source stands follows through ``show_freshness``."""
        named = str(dataset.source.get("file") or "")
        of = f"Version {dataset.version} of {newest}" if newest > 1 else f"Version {dataset.version}"
        self.words.setText(f"{of} · from {short(named, 60)}" if named else of)
        self.versions.setEnabled(newest > 1)
        self.show_freshness(None)

    def show_freshness(self, found: Freshness | None) -> None:
        """Show how the source stands; None while that is not known."""
        words = found.words if found is not None else ""
        self._news.setVisible(bool(words))
        self.news.setText(short(words, 300))
        state = found.state if found is not None else "unknown"
        self._mark.setPixmap(pixmap(*_mark_of(state)))
        self.find_file.setVisible(state == "gone")


def _button(words: str, wanted: SignalInstance, meaning: str) -> QPushButton:
    made = button(words, wanted.emit)
    made.setAccessibleDescription(meaning)
    made.setToolTip(meaning)
    return made


def _mark_of(state: str) -> tuple[str, int, str]:
    symbol, colour = _SYMBOLS.get(state, ("ph.info", "warn"))
    return symbol, 16, colour
