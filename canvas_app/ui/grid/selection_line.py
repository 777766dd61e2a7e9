"""The line below a table: what is selected, and its statistics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from canvas_app.ui import theme
from canvas_app.ui.controls import label
from canvas_app.ui.grid.cell_text import short, spaced, text_of
from canvas_app.ui.grid.glimpse import counted
from canvas_app.ui.grid.view import TableView

if TYPE_CHECKING:
    from canvas_app.data.cell_statistics import CellStatistics

_PAUSE_MS = 120
"""How long the selection must rest before it is measured."""


class SelectionLine(QWidget):
    """Says where one is; of several cells how many, their sum, mean, smallest and largest, and the blanks."""

    asked = Signal(object, object)
    """Told the rows and the sections whose statistics are wanted."""
    dropped = Signal()
    """Something else is selected: what was asked for is not wanted any more."""

    def __init__(self, view: TableView) -> None:
        super().__init__()
        self._view = view
        self.words = label("", "secondary")
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_PAUSE_MS)
        self._rest.timeout.connect(self._ask)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 4, 12, 4)
        inside.addWidget(self.words, 1)
        self.setMinimumHeight(theme.current().dense_control)
        view.selected_anew.connect(self._selected)

    def show_statistics(self, found: CellStatistics) -> None:
        """The statistics of what is selected have come."""
        parts = [self._size(), f"count {spaced(f'{found.cells - found.blanks:,}')}"]
        if found.numbers:
            figures = (("sum", found.sum), ("mean", found.mean), ("min", found.low), ("max", found.high))
            parts += [f"{name} {text_of(value)}" for name, value in figures if value is not None]
        parts.append(counted(found.blanks, "blank"))
        self.words.setText("  ·  ".join(part for part in parts if part))

    def say(self, words: str) -> None:
        """Words in place of the statistics."""
        self.words.setText(words)

    def _selected(self) -> None:
        self._rest.stop()
        self.dropped.emit()
        self.words.setText(self._size())
        selected = self._view.selected()
        if selected is not None and len(selected[0]) * len(selected[1]) > 1:
            self._rest.start()

    def _ask(self) -> None:
        selected = self._view.selected()
        if selected is not None:
            self.words.setText(f"{self._size()}  ·  measuring …")
            self.asked.emit(*selected)

    def _size(self) -> str:
        selected = self._view.selected()
        if selected is None:
            return ""
        rows, sections = selected
        if len(rows) * len(sections) != 1:
            return f"{counted(len(rows), 'row')} × {counted(len(sections), 'column')}"
        name = short(self._view.table().column(sections[0]).name, 60)
        return f"row {spaced(f'{rows.start + 1:,}')}  ·  {name}"
