"""What can be done with one column of a table, by mouse and by keyboard."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu

from canvas_app.ui.controls import Slot
from canvas_app.ui.grid.cell_text import short

if TYPE_CHECKING:
    from canvas_app.ui.grid.grid import TableGrid


class ColumnMenu(QMenu):
    """Sort by a column, filter by it, hide it, copy its name."""

    def __init__(self, grid: TableGrid, section: int) -> None:
        super().__init__(grid)
        name = grid.model.column(section).name
        self.setAccessibleName(f"Column {short(name, 60)}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        now = grid.view.columns.sorted
        for words, largest_first in (("Sort ascending", False), ("Sort descending", True)):
            chosen = now == (name, largest_first)
            self._add(words, partial(grid.sort, section, largest_first), chosen=chosen)
        own = self._add("Don't sort", partial(grid.sort, section, None))
        own.setEnabled(now is not None)
        self.addSeparator()
        if grid.has_strip:
            self._add("Filter by this column", partial(grid.begin_filter, section))
        hide = self._add("Hide this column", partial(grid.hidden.hide_column, section))
        hide.setEnabled(len(grid.hidden.sections()) + 1 < len(grid.model.schema))
        again = self._add("Show hidden columns", lambda: grid.hidden.show_columns(grid.hidden.sections()))
        again.setVisible(bool(grid.hidden.sections()))
        self.addSeparator()
        self._add("Copy name", partial(QGuiApplication.clipboard().setText, name))

    def open_at(self, place: QPoint) -> None:
        """Show it with its first entry chosen, for the keyboard."""
        self.popup(place)
        self.setActiveAction(self.actions()[0])

    def _add(self, words: str, done: Slot, *, chosen: bool | None = None) -> QAction:
        action = self.addAction(words)
        action.triggered.connect(lambda: done())
        if chosen is not None:
            action.setCheckable(True)
            action.setChecked(chosen)
        return action
