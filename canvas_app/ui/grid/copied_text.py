"""Cells as the clipboard takes them: lines of values parted by tabs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from canvas_app.ui.grid.cell_text import raw_texts
from canvas_app.ui.grid.table_source import TableSource

if TYPE_CHECKING:
    from canvas_app.data.engine import Engine, Order

MOST_ROWS = 100_000
"""Rows that the clipboard takes at once."""
_MOST_CELLS = 2_000_000


def rows_taken(rows: range, columns: int) -> int:
    """How many of the selected rows the clipboard takes."""
    return min(len(rows), MOST_ROWS, max(1, _MOST_CELLS // max(1, columns)))


def copied_text(
    engine: Engine, source: TableSource, names: Sequence[str], rows: range, order: Order
) -> list[str]:
    """One line per row, each value as another program reads it; long selections are cut."""
    from canvas_app.data.file_rows import Look

    look = Look(rows.start, rows_taken(rows, len(names)), tuple(names))
    found = source.page(engine, look, order)
    columns = [raw_texts(found.column(name)) for name in names]
    return [line_of(cells) for cells in zip(*columns, strict=True)]


def line_of(values: Sequence[str]) -> str:
    """Values in a line, each staying in its cell when it is pasted."""
    return "\t".join(map(_one_line, values))


def _one_line(text: str) -> str:
    return " ".join(text.split()) if any(sign in text for sign in "\t\n\r") else text
