"""Counts the values of a column and shows them in a list over its header."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

from canvas_app.base.spec import Condition
from canvas_app.data.schema import ColumnInfo
from canvas_app.ui.grid.value_popup import ValuePopup

if TYPE_CHECKING:
    from canvas_app.data.engine import Engine
    from canvas_app.data.value_counts import ValueCounts
    from canvas_app.ui.grid.grid import TableGrid

_LONGEST = 1000
"""Signs of a value that a condition can be on; longer ones are not kept whole."""


class ValueCounting(QObject):
    """Opens the list, asks for the counts while one types, and filters by what is chosen."""

    def __init__(self, grid: TableGrid) -> None:
        super().__init__(grid)
        self._grid = grid
        self._number = 0
        self.popup: ValuePopup | None = None
        """The list, while it is open."""

    def begin(self, section: int) -> None:
        """Open the list of a column at its header."""
        grid, header = self._grid, self._grid.view.columns
        if grid.source is None:
            return
        info = grid.model.column(section)
        self.popup = popup = ValuePopup(grid, info.name)
        popup.asked.connect(partial(self._ask, popup, info))
        popup.chosen.connect(partial(self._filter, info))
        self._number += 1
        popup.destroyed.connect(partial(self._closed, self._number))
        popup.open_at(
            header.viewport().mapToGlobal(QPoint(header.seen_rect(section).left(), header.height()))
        )
        self._ask(popup, info, "")

    def _ask(self, popup: ValuePopup, info: ColumnInfo, text: str) -> None:
        source = self._grid.source
        if source is None:
            return

        def work(engine: Engine) -> ValueCounts:
            return source.count_values(engine, info.name, text)

        def done(found: ValueCounts) -> None:
            if self.popup is popup:
                popup.show_counts(found)

        self._grid.questions.ask("values", work, done)

    def _filter(self, info: ColumnInfo, value: str | None) -> None:
        grid = self._grid
        if not grid.has_strip:
            return
        if info.type == "other" or (value is not None and len(value) > _LONGEST):
            grid.told.emit("Rows can't be filtered by such a value.")
            return
        made = (
            Condition(column=info.name, operator="is blank")
            if value is None
            else Condition(column=info.name, operator="equals", value=value)
        )
        grid.filter_column(info.name, (made,))

    def _closed(self, number: int) -> None:
        """A list that closes since another one was opened takes nothing from that one."""
        if number == self._number:
            self.popup = None
            self._grid.questions.forget("values")
