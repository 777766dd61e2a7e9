"""The rows of a table of any size: a page is fetched when it is looked at, and let go of later."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.ui.grid.cell_text import column_texts, spaced
from canvas_app.ui.grid.glimpse import words_about
from canvas_app.ui.grid.table_source import Marks, TableSource

if TYPE_CHECKING:
    from canvas_app.data.engine import Engine, Order
    from canvas_app.data.profile import ColumnProfile

PAGE = 200
"""Rows that are fetched at once."""
_CELLS_KEPT = 600_000
MOST_ROWS = 70_000_000
"""Qt counts pixels in 31 bits: that many rows of 28 pixels can be scrolled through."""

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class RowsPage:
    """Some rows as texts, column by column, and which of the cells a step has changed."""

    texts: tuple[list[str | None], ...]
    changed: tuple[frozenset[int], ...] = ()
    """Row numbers within the page, per column."""

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return len(self.texts[0]) if self.texts else 0


def fetch_page(engine: Engine, source: TableSource, marks: Marks, number: int, order: Order) -> RowsPage:
    """Ask for a page and write its values as texts; runs on the preview lane's thread."""
    rows = source.page(engine, number * PAGE, PAGE, order)
    texts = tuple(column_texts(column) for column in rows.columns)
    if marks.before is None or order:
        return RowsPage(texts)
    before = marks.before.page(engine, number * PAGE, PAGE, ())
    old = {name: column_texts(before.column(name)) for name in before.column_names}
    return RowsPage(
        texts, tuple(_differing(old.get(n), t) for n, t in zip(rows.column_names, texts, strict=True))
    )


def _differing(old: list[str | None] | None, new: list[str | None]) -> frozenset[int]:
    if old is None or len(old) != len(new):
        return frozenset()
    return frozenset(place for place, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1])


class TableModel(QAbstractTableModel):
    """A table as Qt sees it. Pages that are missing are asked for through ``wanted``."""

    wanted = Signal(object)
    """Told the numbers of the pages that are looked at and not here."""

    AWAITED = Qt.ItemDataRole.UserRole + 1
    """Whether the cell's page has not come yet."""
    BLANK = Qt.ItemDataRole.UserRole + 2
    CHANGED = Qt.ItemDataRole.UserRole + 3

    def __init__(self) -> None:
        super().__init__()
        self.schema = Schema()
        self.marks = Marks()
        self.profiles: dict[str, ColumnProfile] = {}
        self._rows = 0
        self._pages: OrderedDict[int, RowsPage] = OrderedDict()

    def start(self, schema: Schema, marks: Marks, first: RowsPage, rows: int) -> None:
        """Show another table, of which the first page is here."""
        self.beginResetModel()
        if schema != self.schema:
            self.profiles = {}
        self.schema, self.marks, self._rows = schema, marks, min(rows, MOST_ROWS)
        self._pages = OrderedDict({0: first})
        self.endResetModel()

    def grow(self, rows: int) -> None:
        """The table turned out to have that many rows."""
        rows = min(rows, MOST_ROWS)
        if rows > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
            self._rows = rows
            self.endInsertRows()

    def keep(self, number: int, page: RowsPage) -> None:
        """A page has come."""
        self._pages[number] = page
        cells = max(1, len(self.schema)) * PAGE
        while len(self._pages) > max(4, _CELLS_KEPT // cells):
            self._pages.popitem(last=False)
        last = min(number * PAGE + PAGE, self._rows) - 1
        if last >= 0:
            self.dataChanged.emit(self.index(number * PAGE, 0), self.index(last, len(self.schema) - 1))

    def reorder(self) -> None:
        """The rows come in another order from now on: what is here is let go of."""
        self._pages.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, len(self.schema) - 1))

    def learn(self, profiles: Sequence[ColumnProfile]) -> None:
        """What is in some columns has come."""
        self.profiles.update({item.name: item for item in profiles})
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self.schema) - 1))

    def look_at(self, first: int, last: int) -> None:
        """These rows are on the screen; asks for the pages that are missing, the ones around them too."""
        if not self._rows:
            return
        numbers = range(max(0, first) // PAGE, min(last, self._rows - 1) // PAGE + 1)
        for number in numbers:
            if number in self._pages:
                self._pages.move_to_end(number)
        missing = [number for number in numbers if number not in self._pages]
        if missing:
            self.wanted.emit(missing)

    def column(self, section: int) -> ColumnInfo:
        """A column by its place."""
        return self.schema.columns[section]

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else self._rows

    def columnCount(self, parent: Index | None = None) -> int:
        """How many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.schema)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The text of a cell, how it is aligned, and what is special about it."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._alignment(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, self.AWAITED, self.BLANK, self.CHANGED):
            return None
        page = self._pages.get(index.row() // PAGE)
        place = index.row() % PAGE
        if page is None or place >= page.rows:
            return role == self.AWAITED or None
        if role == self.CHANGED:
            return bool(page.changed) and place in page.changed[index.column()]
        text = page.texts[index.column()][place]
        if role == Qt.ItemDataRole.DisplayRole:
            return "blank" if text is None else text
        return text is None if role == self.BLANK else False

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The name of a column, the number of a row; and what is in the column, in words."""
        if orientation == Qt.Orientation.Vertical:
            return spaced(f"{section + 1:,}") if role == Qt.ItemDataRole.DisplayRole else None
        if section >= len(self.schema):
            return None
        info = self.column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return info.name
        if role == Qt.ItemDataRole.AccessibleDescriptionRole:
            return words_about(info, self.profiles.get(info.name))
        return None

    def _alignment(self, section: int) -> Qt.AlignmentFlag:
        numeric = self.column(section).type in ("number", "whole")
        side = Qt.AlignmentFlag.AlignRight if numeric else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
