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
    """Sort by a column, filter by it, count its values, hide, pin and move it, copy its name."""

    def __init__(self, grid: TableGrid, section: int) -> None:
        super().__init__(grid)
        self._grid, self._section = grid, section
        self._name = grid.model.column(section).name
        self.setAccessibleName(f"Column {short(self._name, 60)}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_order()
        self.addSeparator()
        if grid.has_strip:
            self._add("Filter by this column", partial(grid.begin_filter, section))
        self._add("Count the values", partial(grid.count_values, section))
        self.addSeparator()
        self._add_arrangement()
        self.addSeparator()
        self._add("Copy name", partial(QGuiApplication.clipboard().setText, self._name))

    def open_at(self, place: QPoint) -> None:
        """Show it with its first entry chosen, for the keyboard."""
        self.popup(place)
        self.setActiveAction(self.actions()[0])

    def _add_order(self) -> None:
        grid, section = self._grid, self._section
        now = grid.view.columns.sorted
        for words, largest_first in (("Sort ascending", False), ("Sort descending", True)):
            chosen = now == (self._name, largest_first)
            self._add(words, partial(grid.sort, section, largest_first), chosen=chosen)
        own = self._add("Don't sort", partial(grid.sort, section, None))
        own.setEnabled(now is not None)

    def _add_arrangement(self) -> None:
        section, arrangement = self._section, self._grid.view.arrangement
        pinned = arrangement.is_pinned(section)
        words = "Let it scroll again" if pinned else "Pin at the left"
        self._add(words, partial(arrangement.pin, section, not pinned))
        seen = arrangement.seen()
        left = self._add("Move left", partial(arrangement.move, section, -1))
        left.setEnabled(bool(seen) and seen[0] != section)
        right = self._add("Move right", partial(arrangement.move, section, 1))
        right.setEnabled(bool(seen) and seen[-1] != section)
        chosen = self._chosen()
        words = f"Hide these {len(chosen)} columns" if len(chosen) > 1 else "Hide this column"
        hide = self._add(words, partial(arrangement.hide, chosen))
        hide.setEnabled(len(seen) > len(chosen))
        others = self._add("Hide all other columns", partial(arrangement.hide, set(seen) - set(chosen)))
        others.setEnabled(len(seen) > len(chosen))
        again = self._add("Show hidden columns", lambda: arrangement.show_again(arrangement.hidden()))
        again.setVisible(self._grid.view.columns.hiddenSectionCount() > 0)
        self._add("Arrange as in the table", arrangement.reset).setEnabled(bool(arrangement.state()))

    def _chosen(self) -> list[int]:
        """The selected columns, if this one is among them; otherwise this one."""
        selected = self._grid.view.selected()
        return selected[1] if selected is not None and self._section in selected[1] else [self._section]

    def _add(self, words: str, done: Slot, *, chosen: bool | None = None) -> QAction:
        action = self.addAction(words)
        action.triggered.connect(lambda: done())
        if chosen is not None:
            action.setCheckable(True)
            action.setChecked(chosen)
        return action
