"""A table filtered, sorted and searched: all of it in the engine, over all rows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.spec import Condition
from canvas_app.ui.grid.table_source import ParquetTable, TableSource

if TYPE_CHECKING:
    import pyarrow

    from canvas_app.data.cell_search import Hits
    from canvas_app.data.cell_statistics import CellStatistics
    from canvas_app.data.engine import Engine, Order
    from canvas_app.data.file_rows import Look
    from canvas_app.data.profile import ColumnProfile
    from canvas_app.data.row_list import Choice, RowList
    from canvas_app.data.schema import Schema
    from canvas_app.data.value_counts import ValueCounts

WRITTEN_FROM = 200_000
"""Rows from which a sorted table is written: above, rows that lie far apart in the file come too slowly."""


class ArrangedTable:
    """The rows of a table that meet some conditions, in any order; a ``TableSource`` itself.

    Rows are kept as a list of their numbers, which takes a second for ten million. Pages of a long table in
    another order come slowly by such a list; ``write`` has it written once into the engine's scratch folder,
    after which any jump is quick.
    """

    def __init__(self, source: TableSource, conditions: Sequence[Condition] = ()) -> None:
        """``source`` isn't let go of with this."""
        self.source = source
        self.conditions = tuple(conditions)
        self._lists: dict[Order, RowList] = {}
        self._written: tuple[Order, ParquetTable] | None = None
        self._hits: tuple[Hashable, Hits] | None = None

    def schema(self, engine: Engine) -> Schema:
        """The columns; no query runs."""
        return self.source.schema(engine)

    def count(self, engine: Engine) -> int:
        """How many rows meet the conditions."""
        return self.rows(engine).rows if self.conditions else self.source.count(engine)

    def page(self, engine: Engine, look: Look, order: Order) -> pyarrow.Table:
        """Some rows, in the table's own order or in another."""
        if self._written is not None and self._written[0] == order:
            return self._written[1].page(engine, look, ())
        if order or self.conditions:
            return self.rows(engine, order).page(look)
        return self.source.page(engine, look, ())

    def profiles(self, engine: Engine, columns: Sequence[str]) -> tuple[ColumnProfile, ...]:
        """What is in some of the columns, in all rows of the table."""
        return self.source.profiles(engine, columns)

    def whole(self, engine: Engine) -> Path:
        """The file that all rows of the table are in, filtered or not."""
        return self.source.whole(engine)

    def find(self, engine: Engine, text: str, columns: Sequence[str], order: Order) -> Hits:
        """The cells that hold a text, by their places in this order; the hits before are let go of."""
        from canvas_app.data.cell_search import Searched, find_cells

        asked = (text, tuple(columns), tuple(order))
        if self._hits is not None and self._hits[0] == asked:
            return self._hits[1]
        self._forget_hits()
        rows = self.rows(engine, order) if self.conditions or order else None
        where = Searched(self.whole(engine), self.schema(engine), columns, rows)
        self._hits = (asked, find_cells(engine, text, where))
        return self._hits[1]

    def statistics(self, engine: Engine, rows: range, columns: Sequence[str], order: Order) -> CellStatistics:
        """Sum, mean and the like of a block of cells, by its rows in this order."""
        from canvas_app.data.cell_statistics import Block, measure_cells

        chosen = self.rows(engine, order) if self.conditions or order else None
        if not self.conditions and len(rows) == self.source.count(engine):
            chosen = None  # all rows are all rows in any order
        return measure_cells(engine, Block(self.whole(engine), self.schema(engine), columns, rows, chosen))

    def count_values(self, engine: Engine, column: str, text: str) -> ValueCounts:
        """A column's values that hold a text, among the rows that meet the conditions on other columns."""
        from canvas_app.data.value_counts import Counted, count_values

        others = [condition for condition in self.conditions if condition.column != column]
        choice = _choice(others, ())
        asked = Counted(self.whole(engine), self.schema(engine), column, choice, text)
        return count_values(engine, asked)

    def rows(self, engine: Engine, order: Order = ()) -> RowList:
        """The numbers of the rows in an order; the list in another order is let go of."""
        from canvas_app.data.row_list import choose_rows

        order = tuple(order)
        if order not in self._lists:
            for other in [one for one in self._lists if one]:
                self._lists.pop(other).drop()
            path, schema = self.whole(engine), self.schema(engine)
            self._lists[order] = choose_rows(engine, path, schema, _choice(self.conditions, order))
        return self._lists[order]

    def write(self, engine: Engine, order: Order) -> None:
        """Have a long table written in an order, once; of a short one any page comes quickly as it is."""
        from canvas_app.data.row_list import write_rows

        order = tuple(order)
        ready = self._written is not None and self._written[0] == order
        if not order or ready or self.rows(engine, order).rows < WRITTEN_FROM:
            return
        path = write_rows(engine, self.whole(engine), self.schema(engine), _choice(self.conditions, order))
        self._forget_written()
        self._written = (order, ParquetTable(path))

    def release(self) -> None:
        """Remove what was kept for this arrangement."""
        for kept in self._lists.values():
            kept.drop()
        self._lists = {}
        self._forget_written()
        self._forget_hits()

    def _forget_written(self) -> None:
        if self._written is not None:
            self._written[1].path.unlink(missing_ok=True)
            self._written = None

    def _forget_hits(self) -> None:
        if self._hits is not None:
            self._hits[1].drop()
            self._hits = None


def _choice(conditions: Sequence[Condition], order: Order) -> Choice:
    from canvas_app.data.row_list import Choice
    from canvas_app.flow.condition_text import all_hold

    keep = partial(all_hold, conditions) if conditions else None
    return Choice(keep, [condition.column for condition in conditions], order)
