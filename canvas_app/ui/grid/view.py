"""The scrolling table itself: selection, copying and sorting by keyboard and mouse."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from canvas_app.ui.grid.cells import CellDelegate
from canvas_app.ui.grid.headers import ColumnHeader, RowHeader
from canvas_app.ui.grid.model import TableModel


class TableView(QTableView):
    """A table of any number of rows, of which it tells the ones on the screen."""

    looked = Signal(int, int)
    """The first and the last row on the screen."""
    looked_aside = Signal()
    """Other columns have come into view."""
    copy_asked = Signal(bool)
    """Told whether the header shall be copied too."""
    sort_asked = Signal(int, object)
    """The section, and whether the largest come first; None for the table's own order."""
    menu_asked = Signal(int, QPoint)
    """What can be done with a column is asked for: its section, and the place on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self.columns = ColumnHeader(self)
        self.numbers = RowHeader(self)
        self._set_up()
        self._add_actions()
        self.verticalScrollBar().valueChanged.connect(lambda _: self.look())
        self.horizontalScrollBar().valueChanged.connect(lambda _: self.looked_aside.emit())

    def look(self) -> None:
        """Tell again which rows are on the screen."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height())
        if last < 0:
            last = first + self.viewport().height() // max(1, self.numbers.defaultSectionSize()) + 1
        self.looked.emit(first, last)

    def visible_sections(self) -> range:
        """The columns on the screen."""
        first = max(0, self.columnAt(0))
        last = self.columnAt(self.viewport().width() - 1)
        end = self.model().columnCount() if last < 0 else last + 1
        return range(first, end)

    def selected(self) -> tuple[range, range] | None:
        """The rows and the columns of the selection, which is one block; None where there is none."""
        blocks = self.selectionModel().selection()
        if blocks.isEmpty():
            return None
        block = blocks.at(0)
        return range(block.top(), block.bottom() + 1), range(block.left(), block.right() + 1)

    def jump(self, row: int) -> None:
        """Bring a row to the top of the screen and make it the current one; counted from 0."""
        column = max(0, self.currentIndex().column())
        index = self.model().index(row, column)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def point_at(self, row: int, section: int) -> None:
        """Select one cell and bring it into view; both are counted from 0."""
        index = self.model().index(row, section)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More may have come into view."""
        super().resizeEvent(event)
        self.look()
        self.looked_aside.emit()

    def _set_up(self) -> None:
        self.setHorizontalHeader(self.columns)
        self.setVerticalHeader(self.numbers)
        self.setItemDelegate(CellDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setProperty("plain", "true")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def _add_actions(self) -> None:
        self.copy = self._action("Copy", "Ctrl+C", lambda: self.copy_asked.emit(False))
        self.copy_with_header = self._action(
            "Copy with header", "Ctrl+Shift+C", lambda: self.copy_asked.emit(True)
        )
        self.smallest_first = self._action("Sort, smallest first", "Ctrl+Shift+Up", lambda: self._sort(False))
        self.largest_first = self._action("Sort, largest first", "Ctrl+Shift+Down", lambda: self._sort(True))
        self.own_order = self._action("Back to the table's own order", "", lambda: self._sort(None))
        self.about_column = self._action("Column menu", "Alt+Down", self._ask_for_menu)

    def _action(self, text: str, keys: str, done: object) -> QAction:
        action = QAction(text, self)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(done)
        self.addAction(action)
        return action

    def _ask_for_menu(self) -> None:
        """The menu of the current column, at its header."""
        section = max(0, self.currentIndex().column())
        if self.model().columnCount():
            place = QPoint(self.columnViewportPosition(section), self.columns.height())
            self.menu_asked.emit(section, self.columns.viewport().mapToGlobal(place))

    def _sort(self, largest_first: bool | None) -> None:
        index: QModelIndex = self.currentIndex()
        if largest_first is None or index.isValid():
            self.sort_asked.emit(max(0, index.column()), largest_first)

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions([self.copy, self.copy_with_header])
        menu.addSeparator()
        menu.addActions([self.smallest_first, self.largest_first, self.own_order])
        menu.addSeparator()
        menu.addAction(self.about_column)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(place))

    def table(self) -> TableModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, TableModel)
        return model
