"""The columns that are hidden in a table: how many, and the way to show them again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QToolButton

from canvas_app.ui.grid.cell_text import short
from canvas_app.ui.grid.glimpse import counted
from canvas_app.ui.grid.view import TableView


class HiddenColumns(QToolButton):
    """A button that is there while columns are hidden, with a menu that shows them again."""

    changed = Signal()
    """A column was hidden or shown."""

    def __init__(self, view: TableView) -> None:
        super().__init__()
        self._view = view
        self.choices = QMenu(self)
        self.setMenu(self.choices)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setProperty("look", "quiet")
        self.setAccessibleName("Hidden columns")
        self.setToolTip("Show hidden columns again")
        self.choices.aboutToShow.connect(self._fill)
        self.hide()

    def sections(self) -> list[int]:
        """The hidden columns."""
        return [part for part in range(self._view.columns.count()) if self._view.isColumnHidden(part)]

    def hide_column(self, section: int) -> None:
        """Hide a column, unless it is the last one that is seen."""
        if len(self.sections()) + 1 < self._view.columns.count():
            self._view.setColumnHidden(section, True)
            self._follow()

    def show_columns(self, sections: list[int]) -> None:
        """Show columns again."""
        for section in sections:
            self._view.setColumnHidden(section, False)
        self._follow()

    def _follow(self) -> None:
        words = counted(len(self.sections()), "hidden column")
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(self.sections()))
        self.changed.emit()

    def _fill(self) -> None:
        self.choices.clear()
        for section in self.sections():
            name = short(self._view.table().column(section).name, 60).replace("&", "&&")
            self.choices.addAction(f"Show {name}", partial(self.show_columns, [section]))
        self.choices.addSeparator()
        self.choices.addAction("Show all columns", lambda: self.show_columns(self.sections()))
