"""Goes to the cells that hold a text, one after the other, over all rows."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from canvas_app.data.cell_search import Hits
    from canvas_app.data.engine import Engine
    from canvas_app.ui.grid.grid import TableGrid


class Finding(QObject):
    """Looks for a text in the columns of a grid that are not hidden."""

    def __init__(self, grid: TableGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def go(self, text: str, step: int) -> None:
        """Go to the first hit from the current cell on (0), the next one (1) or the one before (-1)."""
        grid, view = self._grid, self._grid.view
        source, order, here = grid.source, grid.order, view.currentIndex()
        grid.questions.forget("find")
        if source is None or not text:
            return
        sections = sorted(view.arrangement.seen())
        names = [grid.model.column(section).name for section in sections]
        row, part = max(0, here.row()), bisect_left(sections, max(0, here.column()))
        after = part + 1 if step > 0 and here.isValid() else part

        def work(engine: Engine) -> tuple[Hits, int, tuple[int, int]]:
            hits = source.find(engine, text, names, order)
            if not hits.count:
                return hits, 0, (0, 0)
            number = (hits.first_from(row, after) + min(step, 0)) % hits.count
            return hits, number, hits.cell(number)

        def done(found: tuple[Hits, int, tuple[int, int]]) -> None:
            hits, number, (place, among) = found
            if hits.count and place < grid.model.rowCount():
                view.point_at(place, sections[among])
            grid.bar.find_line.show_hit(number, hits)

        grid.questions.ask("find", work, done)
