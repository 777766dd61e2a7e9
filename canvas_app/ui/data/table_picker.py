"""The tables of a server, to be searched and chosen from."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLineEdit, QTableView, QVBoxLayout, QWidget

from canvas_app.base.words import counted
from canvas_app.data.database.server import TableEntry
from canvas_app.ui import theme
from canvas_app.ui.controls import label
from canvas_app.ui.grid.cell_text import spaced

Index = QModelIndex | QPersistentModelIndex

_TITLES = ("Table", "Schema", "Rows, about")


class TablesModel(QAbstractTableModel):
    """The tables that contain what is searched for, as Qt sees them."""

    def __init__(self) -> None:
        super().__init__()
        self._all: tuple[TableEntry, ...] = ()
        self.found: tuple[TableEntry, ...] = ()

    def start(self, tables: tuple[TableEntry, ...]) -> None:
        """Offer these."""
        self._all = tables
        self.search("")

    def search(self, words: str) -> None:
        """Offer those whose name, or whose schema's, contains the words."""
        wanted = words.strip().lower()
        self.beginResetModel()
        self.found = tuple(item for item in self._all if wanted in f"{item.schema}.{item.name}".lower())
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """How many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.found)

    def columnCount(self, parent: Index | None = None) -> int:
        """How many facts there are of each."""
        return 0 if parent is not None and parent.isValid() else len(_TITLES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """One fact."""
        item = self.found[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            rows = "view" if item.view else spaced(f"{item.rows:,}") if item.rows is not None else ""
            return (item.name, item.schema, rows)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 2:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the facts are."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _TITLES[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section == 2 else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None


class TablePicker(QWidget):
    """A search line above the tables; the one that is chosen is told."""

    chosen = Signal(object)
    """Told the ``TableEntry``."""

    def __init__(self) -> None:
        super().__init__()
        self.tables = TablesModel()
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search the tables")
        self.search.setAccessibleName("Search the tables")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.view = QTableView()
        self.view.setModel(self.tables)
        self.view.setAccessibleName("Tables of the database")
        self.words = label("", "caption", wrap=True)
        self._set_up()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        column.setSpacing(8)
        for part in (self.search, self.view, self.words):
            column.addWidget(part)
        column.addStretch(1)
        column.setStretchFactor(self.view, 1000)
        self.view.selectionModel().currentRowChanged.connect(lambda *_: self._tell())

    def show_tables(self, tables: tuple[TableEntry, ...], about: str = "") -> None:
        """Offer these; ``about`` says what there is where there are none."""
        self.search.clear()
        self.tables.start(tables)
        several = len({item.schema for item in tables}) > 1
        self.view.setColumnHidden(1, not several)
        self.search.setEnabled(bool(tables))
        self.view.setVisible(bool(tables))
        self.words.setText(counted(len(tables), "table") if tables else about)

    def current(self) -> TableEntry | None:
        """The table that is chosen."""
        place = self.view.currentIndex().row()
        return self.tables.found[place] if 0 <= place < len(self.tables.found) else None

    def _search(self, words: str) -> None:
        self.tables.search(words)
        found = counted(len(self.tables.found), "table")
        self.words.setText(f"{found} with {words.strip()}" if words.strip() else found)

    def _tell(self) -> None:
        table = self.current()
        if table is not None:
            self.chosen.emit(table)

    def _set_up(self) -> None:
        view = self.view
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.verticalHeader().hide()
        view.verticalHeader().setDefaultSectionSize(theme.current().dense_control)
        header = view.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place, width in ((1, 130), (2, 110)):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(place, width)
