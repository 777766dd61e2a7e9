"""The columns that are hidden in a table: how many, and the way to show them again."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QToolButton

from canvas_app.ui.grid.cell_text import short
from canvas_app.ui.grid.glimpse import counted
from canvas_app.ui.grid.view import TableView

_MOST_NAMED = 30
"""Columns that the menu names; more are shown again all at once, or by going to them."""


class HiddenColumns(QToolButton):
    """A button that is there while columns are hidden, with a menu that shows them again."""

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
        view.arrangement.changed.connect(self._follow)
        self.hide()

    def _follow(self) -> None:
        hidden = self._view.columns.hiddenSectionCount()
        words = counted(hidden, "hidden column")
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(hidden > 0)

    def _fill(self) -> None:
        arrangement = self._view.arrangement
        self.choices.clear()
        for section in arrangement.hidden()[:_MOST_NAMED]:
            name = short(self._view.table().column(section).name, 60).replace("&", "&&")
            self.choices.addAction(f"Show {name}", partial(arrangement.show_again, [section]))
        self.choices.addSeparator()
        self.choices.addAction(
            "Show all columns", lambda: arrangement.show_again(self._view.arrangement.hidden())
        )
