"""The cells of a table of any size: a part is fetched when it is looked at, and let go of later."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.ui.grid.cell_text import LONGEST, column_texts, spaced
from canvas_app.ui.grid.glimpse import words_about
from canvas_app.ui.grid.table_source import Marks, TableSource

if TYPE_CHECKING:
    from canvas_app.data.engine import Engine, Order
    from canvas_app.data.profile import ColumnProfile

PAGE = 200
"""Rows that are fetched at once."""
BLOCK = 32
"""Columns that are fetched at once."""
_AROUND = PAGE // 4
"""Rows above and below the screen that are fetched too, before they are looked at."""
_CELLS_KEPT = 600_000
AWAITED = "\0awaited"
"""Stands for the text of a cell that has not come yet; no text is like it."""
MOST_ROWS = 70_000_000
"""Qt counts pixels in 31 bits: that many rows of 28 pixels can be scrolled through."""

Index = QModelIndex | QPersistentModelIndex


class Place(NamedTuple):
    """Where a part of a table is: which page of rows, which block of columns, both counted from 0."""

    page: int
    block: int = 0

    @property
    def columns(self) -> range:
        """Its sections, as far as the table has so many."""
        return range(self.block * BLOCK, self.block * BLOCK + BLOCK)


@dataclass(frozen=True)
class RowsPage:
    """A part of a table as texts, column by column, and which of the cells a step has changed."""

    texts: tuple[list[str | None], ...]
    changed: tuple[frozenset[int], ...] = ()
    """Row numbers within the part, per column."""

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return len(self.texts[0]) if self.texts else 0


def fetch_page(engine: Engine, source: TableSource, marks: Marks, place: Place, order: Order) -> RowsPage:
    """Ask for a part and write its values as texts; runs on the preview lane's thread."""
    from canvas_app.data.file_rows import Look

    names = source.schema(engine).names[place.columns.start : place.columns.stop]
    if not names:
        return RowsPage(())
    look = Look(place.page * PAGE, PAGE, names, LONGEST + 1)
    rows = source.page(engine, look, order)
    texts = tuple(column_texts(column) for column in rows.columns)
    if marks.before is None or order:
        return RowsPage(texts)
    there = tuple(name for name in names if name in marks.before.schema(engine))
    before = marks.before.page(engine, replace(look, columns=there), ()) if there else None
    old = {name: column_texts(before.column(name)) for name in there} if before is not None else {}
    return RowsPage(texts, tuple(_differing(old.get(n), t) for n, t in zip(names, texts, strict=True)))


def _differing(old: list[str | None] | None, new: list[str | None]) -> frozenset[int]:
    if old is None or len(old) != len(new):
        return frozenset()
    return frozenset(place for place, pair in enumerate(zip(old, new, strict=True)) if pair[0] != pair[1])


class TableModel(QAbstractTableModel):
    """A table as Qt sees it. Pages that are missing are asked for through ``wanted``."""

    wanted = Signal(object)
    """Told the places of the parts that are looked at and neither here nor on their way."""

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
        self._pages: OrderedDict[Place, RowsPage] = OrderedDict()
        self._awaited: frozenset[Place] = frozenset()

    def start(self, schema: Schema, marks: Marks, first: RowsPage, rows: int) -> None:
        """Show another table, of which the first part is here."""
        self.beginResetModel()
        if schema != self.schema:
            self.profiles = {}
        self.schema, self.marks, self._rows = schema, marks, min(rows, MOST_ROWS)
        self._pages = OrderedDict({Place(0): first})
        self._awaited = frozenset()
        self.endResetModel()

    def grow(self, rows: int) -> None:
        """The table turned out to have that many rows."""
        rows = min(rows, MOST_ROWS)
        if rows > self._rows:
            self.beginInsertRows(QModelIndex(), self._rows, rows - 1)
            self._rows = rows
            self.endInsertRows()

    def keep(self, place: Place, page: RowsPage) -> None:
        """A part has come."""
        self._awaited -= {place}
        self._pages[place] = page
        cells = max(1, min(BLOCK, len(self.schema))) * PAGE
        while len(self._pages) > max(4, _CELLS_KEPT // cells):
            self._pages.popitem(last=False)
        first, last = place.page * PAGE, min(place.page * PAGE + PAGE, self._rows) - 1
        left, right = place.columns.start, min(place.columns.stop, len(self.schema)) - 1
        if last >= first and right >= left:
            self.dataChanged.emit(self.index(first, left), self.index(last, right))

    def reorder(self) -> None:
        """The rows come in another order from now on: what is here is let go of."""
        self._pages.clear()
        self._awaited = frozenset()
        if self._rows and len(self.schema):
            self.dataChanged.emit(self.index(0, 0), self.index(self._rows - 1, len(self.schema) - 1))

    def give_up(self) -> None:
        """What was asked for does not come; it may be asked for again."""
        self._awaited = frozenset()

    def learn(self, profiles: Sequence[ColumnProfile]) -> None:
        """What is in some columns has come."""
        self.profiles.update({item.name: item for item in profiles})
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, len(self.schema) - 1))

    def look_at(self, first: int, last: int, sections: Sequence[int]) -> None:
        """These rows and columns are on the screen; asks for what is missing there, else right around it."""
        if not self._rows:
            return
        blocks = sorted({section // BLOCK for section in sections})
        seen = self._places(first, last, blocks)
        for place in seen:
            if place in self._pages:
                self._pages.move_to_end(place)
        missing = [place for place in seen if place not in self._pages]
        if not missing:
            around = self._places(first - _AROUND, last + _AROUND, blocks)
            missing = [place for place in around if place not in self._pages]
        if missing and not self._awaited.issuperset(missing):
            self._awaited = frozenset(missing)
            self.wanted.emit(missing)

    def column(self, section: int) -> ColumnInfo:
        """A column by its place."""
        return self.schema.columns[section]

    def cells(self, section: int, rows: range) -> Iterator[str | None]:
        """The texts of some rows of a column: None for a blank, ``AWAITED`` for what isn't here."""
        block, place = divmod(section, BLOCK)
        at = rows.start
        while at < rows.stop:
            number, first = divmod(at, PAGE)
            stop = min(rows.stop, (number + 1) * PAGE)
            page = self._pages.get(Place(number, block))
            known = page.texts[place][first : first + stop - at] if page is not None else []
            yield from known
            yield from [AWAITED] * (stop - at - len(known))
            at = stop

    def changed_rows(self, section: int, rows: range) -> list[int]:
        """Those of some rows whose cell in a column a step has changed."""
        if self.marks.before is None:
            return []
        return [row for row in rows if self.data(self.index(row, section), self.CHANGED)]

    def section_of(self, text: str) -> int | None:
        """The column of that name; failing that the first that begins with the text, or holds it."""
        names, low = self.schema.names, text.lower()
        if text in names:
            return names.index(text)
        lower = [name.lower() for name in names]
        for fits in (low.__eq__, lambda name: name.startswith(low), lambda name: low in name):
            found = next((place for place, name in enumerate(lower) if fits(name)), None)
            if found is not None:
                return found
        return None

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
        part, section = divmod(index.column(), BLOCK)
        number, place = divmod(index.row(), PAGE)
        page = self._pages.get(Place(number, part))
        if page is None or place >= page.rows:
            return role == self.AWAITED or None
        if role == self.CHANGED:
            return bool(page.changed) and place in page.changed[section]
        text = page.texts[section][place]
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

    def _places(self, first: int, last: int, blocks: Sequence[int]) -> list[Place]:
        pages = range(max(0, first) // PAGE, max(0, min(last, self._rows - 1)) // PAGE + 1)
        return [Place(page, block) for page in pages for block in blocks]
