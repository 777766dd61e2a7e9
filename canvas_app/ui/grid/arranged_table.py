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
    from ibis.expr.types import Table

    from canvas_app.data.cell_search import Hits
    from canvas_app.data.engine import Engine, Order
    from canvas_app.data.profile import ColumnProfile
    from canvas_app.data.row_list import RowList
    from canvas_app.data.schema import Schema

_NEAR = 1_000
"""Rows from the top that are sorted out at once; further down the sorted table is written once."""


class ArrangedTable:
    """The rows of a table that meet some conditions, in any order; a ``TableSource`` itself.

    Filtered rows are kept as a list of row numbers. A sorted table's first rows come at once; what is
    further down has it written once into the engine's scratch folder, after which any jump is quick.
    """

    def __init__(self, source: TableSource, conditions: Sequence[Condition] = ()) -> None:
        """``source`` isn't let go of with this."""
        self.source = source
        self.conditions = tuple(conditions)
        self._chosen: RowList | None = None
        self._sorted: tuple[Order, ParquetTable] | None = None
        self._hits: tuple[Hashable, Hits] | None = None

    def schema(self, engine: Engine) -> Schema:
        """The columns; no query runs."""
        return self.source.schema(engine)

    def count(self, engine: Engine) -> int:
        """How many rows meet the conditions."""
        return self._rows(engine).rows if self.conditions else self.source.count(engine)

    def page(self, engine: Engine, offset: int, limit: int, order: Order) -> pyarrow.Table:
        """Some rows, in the table's own order or in another."""
        if not order:
            if self.conditions:
                return self._rows(engine).page(offset, limit)
            return self.source.page(engine, offset, limit, ())
        known = self._sorted is not None and self._sorted[0] == order
        if not known and offset + limit <= _NEAR:
            if not self.conditions:
                return self.source.page(engine, offset, limit, order)
            return engine.page(self._filtered(engine), offset, limit, order)
        return self._in_order(engine, order).page(engine, offset, limit, ())

    def profiles(self, engine: Engine, columns: Sequence[str]) -> tuple[ColumnProfile, ...]:
        """What is in some of the columns, in all rows of the table."""
        return self.source.profiles(engine, columns)

    def whole(self, engine: Engine) -> Path:
        """The file that all rows of the table are in, filtered or not."""
        return self.source.whole(engine)

    def find(self, engine: Engine, text: str, columns: Sequence[str], order: Order) -> Hits:
        """The cells that hold a text, by their places in this order; the hits before are let go of."""
        from canvas_app.data.cell_search import find_cells

        asked = (text, tuple(columns), tuple(order))
        if self._hits is not None and self._hits[0] == asked:
            return self._hits[1]
        self._forget_hits()
        rows = self._rows(engine) if self.conditions and not order else None
        path = self._in_order(engine, order).path if order else self.whole(engine)
        hits = find_cells(engine, path, text, columns, rows)
        self._hits = (asked, hits)
        return hits

    def release(self) -> None:
        """Remove what was kept for this arrangement."""
        if self._chosen is not None:
            self._chosen.drop()
        if self._sorted is not None:
            self._sorted[1].path.unlink(missing_ok=True)
        self._forget_hits()
        self._chosen, self._sorted = None, None

    def _forget_hits(self) -> None:
        if self._hits is not None:
            self._hits[1].drop()
            self._hits = None

    def _rows(self, engine: Engine) -> RowList:
        if self._chosen is None:
            from canvas_app.data.row_list import choose_rows
            from canvas_app.flow.condition_text import all_hold

            self._chosen = choose_rows(engine, self.whole(engine), partial(all_hold, self.conditions))
        return self._chosen

    def _filtered(self, engine: Engine) -> Table:
        from canvas_app.flow.condition_text import all_hold

        table = engine.read_parquet(self.whole(engine))
        return table.filter(all_hold(self.conditions, table)) if self.conditions else table

    def _in_order(self, engine: Engine, order: Order) -> ParquetTable:
        if self._sorted is not None and self._sorted[0] == order:
            return self._sorted[1]
        kept = ParquetTable(engine.keep(engine.in_order(self._filtered(engine), order)))
        if self._sorted is not None:
            self._sorted[1].path.unlink(missing_ok=True)
        self._sorted = (order, kept)
        return kept
