"""The scrolling table itself: selection, copying, sorting and arranging by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QColor, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QTableView

from canvas_app.ui import theme
from canvas_app.ui.grid.cells import CellPainter, Column, Stretch
from canvas_app.ui.grid.column_arrangement import ColumnArrangement
from canvas_app.ui.grid.column_header import ColumnHeader
from canvas_app.ui.grid.model import TableModel
from canvas_app.ui.grid.row_header import RowHeader

Index = QModelIndex | QPersistentModelIndex


class TableView(QTableView):
    """A table of any number of rows, of which it tells the ones on the screen.

    Pinned columns are painted above the others, which scroll away below them.
    """

    looked = Signal(int, int)
    """The first and the last row on the screen."""
    looked_aside = Signal()
    """Other columns have come into view."""
    selected_anew = Signal()
    """Other cells are selected."""
    copy_asked = Signal(bool)
    """Told whether the header shall be copied too."""
    sort_asked = Signal(int, object)
    """The section, and whether the largest come first; None for the table's own order."""
    menu_asked = Signal(int, QPoint)
    """What can be done with a column is asked for: its section, and the place on the screen."""
    counts_asked = Signal(int)
    """The values of a column shall be counted."""

    def __init__(self) -> None:
        super().__init__()
        self.columns = ColumnHeader(self)
        self.numbers = RowHeader(self)
        self._set_up()
        self.arrangement = ColumnArrangement(self, self.columns)
        self._add_actions()
        self.verticalScrollBar().valueChanged.connect(lambda _: self.look())
        self.horizontalScrollBar().valueChanged.connect(lambda _: self.looked_aside.emit())
        self.arrangement.changed.connect(self.looked_aside)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a table."""
        super().setModel(model)
        self._cells = CellPainter(self, self.table())

    def look(self) -> None:
        """Tell again which rows are on the screen."""
        self.looked.emit(*self.visible_rows())

    def visible_rows(self) -> tuple[int, int]:
        """The first and the last row on the screen."""
        first = max(0, self.rowAt(0))
        last = self.rowAt(self.viewport().height())
        if last < 0:
            last = first + self.viewport().height() // max(1, self.numbers.defaultSectionSize()) + 1
        return first, last

    def visible_sections(self) -> list[int]:
        """The columns on the screen, from left to right."""
        held = self.columns.held()
        first = self.columns.visualIndexAt(self.columns.held_width())
        last = self.columns.visualIndexAt(self.viewport().width() - 1)
        end = self.columns.count() if last < 0 else last + 1
        scrolled = map(self.columns.logicalIndex, range(max(0, first), end))
        seen = [section for section in scrolled if not self.columns.isSectionHidden(section)]
        return [*held, *(section for section in seen if section not in held)]

    def selected(self) -> tuple[range, list[int]] | None:
        """The rows of the selection and its columns that are seen, in their order; None where it is empty."""
        blocks = self.selectionModel().selection()
        if blocks.isEmpty():
            return None
        parts = [blocks.at(place) for place in range(blocks.size())]  # one per column where these were moved
        sections = {section for part in parts for section in range(part.left(), part.right() + 1)}
        places = sorted(self.columns.visualIndex(section) for section in sections)
        seen = [self.columns.logicalIndex(place) for place in places]
        rows = range(parts[0].top(), parts[0].bottom() + 1)
        return rows, [section for section in seen if not self.columns.isSectionHidden(section)]

    def jump(self, row: int) -> None:
        """Bring a row to the middle of the screen and make it the current one; counted from 0."""
        index = self.model().index(row, self.current_section())
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)

    def point_at(self, row: int, section: int) -> None:
        """Select one cell and bring it into view; both are counted from 0."""
        index = self.model().index(row, section)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def current_section(self) -> int:
        """The column of the current cell; where there is none, the first that is seen."""
        index: QModelIndex = self.currentIndex()
        if index.isValid() and not self.isColumnHidden(index.column()):
            return index.column()
        return next(iter(self.visible_sections()), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More may have come into view."""
        super().resizeEvent(event)
        self.look()
        self.looked_aside.emit()

    def indexAt(self, place: QPoint) -> QModelIndex:
        """The cell there, a pinned one where these are."""
        if place.x() < self.columns.held_width():
            place = QPoint(place.x() - self.columns.offset(), place.y())
        return super().indexAt(place)

    def visualRect(self, index: Index) -> QRect:
        """Where a cell is on the screen, pinned or not."""
        found = super().visualRect(index)
        held = index.column() in self.columns.pinned and index.column() in self.columns.held()
        return found.translated(self.columns.offset(), 0) if held else found

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Bring a cell into view, out from under the pinned columns; these don't scroll sideways."""
        aside = self.horizontalScrollBar()
        before, held = aside.value(), self.columns.held()
        super().scrollTo(index, hint)
        if index.column() in held:
            aside.setValue(before)
        elif held:
            covered = self.columns.held_width() - self.columnViewportPosition(index.column())
            aside.setValue(aside.value() - max(0, covered))

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is pinned is painted anew where it was."""
        super().scrollContentsBy(dx, dy)
        if dx and self.columns.pinned:
            self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Qt knows not that what is pinned has to be painted too."""
        super().selectionChanged(selected, deselected)
        if self.columns.pinned:
            self.viewport().update()
        self.selected_anew.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, and above them those of the pinned columns."""
        tokens = theme.current()
        area = event.rect()
        painter = QPainter(self.viewport())
        painter.fillRect(area, QColor(tokens.panel))
        stretch = self._stretch(area)
        held = self.columns.held() if self.columns.offset() else []
        scrolled = self._columns_in(area, [one for one in self.visible_sections() if one not in held])
        self._cells.paint(painter, scrolled, stretch)
        self._paint_current(painter, scrolled, stretch)
        if held:
            kept = self._columns_in(area, held)
            width = self.columns.held_width()
            painter.fillRect(
                area.intersected(QRect(0, 0, width, self.viewport().height())), QColor(tokens.panel)
            )
            self._cells.paint(painter, kept, stretch)
            self._paint_current(painter, kept, stretch)
        if self.columns.pinned:
            painter.setPen(QColor(tokens.strong_line))
            right = self.columns.held_width() - 1
            painter.drawLine(right, 0, right, self.viewport().height())
        painter.end()

    def _stretch(self, area: QRect) -> Stretch:
        """The rows in a part of the screen."""
        height = max(1, self.numbers.defaultSectionSize())
        first, end = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return Stretch(range(0), 0, height)
        rows = range(first, self.model().rowCount() if end < 0 else end + 1)
        return Stretch(rows, self.rowViewportPosition(first), height)

    def _columns_in(self, area: QRect, sections: Sequence[int]) -> list[Column]:
        """Those of the columns that are in a part of the screen, with their selected rows."""
        blocks = self.selectionModel().selection()
        parts = [blocks.at(place) for place in range(blocks.size())]
        found = []
        for section in sections:
            where = self.columns.seen_rect(section)
            if where.right() >= area.left() and where.left() <= area.right():
                own = next((part for part in parts if part.left() <= section <= part.right()), None)
                rows = range(own.top(), own.bottom() + 1) if own is not None else range(0)
                found.append(Column(section, where.left(), where.width(), rows))
        return found

    def _paint_current(self, painter: QPainter, columns: Sequence[Column], stretch: Stretch) -> None:
        index: QModelIndex = self.currentIndex()
        if self.hasFocus() and index.isValid() and index.row() in stretch.rows:
            for column in columns:
                if column.section == index.column():
                    self._cells.paint_current(painter, column, stretch, index.row())

    def _set_up(self) -> None:
        self.setHorizontalHeader(self.columns)
        self.setVerticalHeader(self.numbers)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # scrolls what is painted
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
        arrangement = self.arrangement
        self.copy = self._action("Copy", "Ctrl+C", lambda: self.copy_asked.emit(False))
        self.copy_with_header = self._action(
            "Copy with header", "Ctrl+Shift+C", lambda: self.copy_asked.emit(True)
        )
        self.smallest_first = self._column_action(
            "Sort, smallest first", "Ctrl+Shift+Up", lambda section: self.sort_asked.emit(section, False)
        )
        self.largest_first = self._column_action(
            "Sort, largest first", "Ctrl+Shift+Down", lambda section: self.sort_asked.emit(section, True)
        )
        self.own_order = self._column_action(
            "Back to the table's own order", "", lambda section: self.sort_asked.emit(section, None)
        )
        self.to_the_left = self._column_action(
            "Move the column left", "Alt+Shift+Left", lambda section: arrangement.move(section, -1)
        )
        self.to_the_right = self._column_action(
            "Move the column right", "Alt+Shift+Right", lambda section: arrangement.move(section, 1)
        )
        self.count_values = self._column_action("Count the values", "Alt+Up", self.counts_asked.emit)
        self.about_column = self._column_action("Column menu", "Alt+Down", self._ask_for_menu)

    def _action(self, text: str, keys: str, done: Callable[[], object]) -> QAction:
        action = QAction(text, self)
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda: done())
        self.addAction(action)
        return action

    def _column_action(self, text: str, keys: str, done: Callable[[int], object]) -> QAction:
        """Something that is done with the current column, where there are columns."""
        return self._action(text, keys, lambda: self.model().columnCount() and done(self.current_section()))

    def _ask_for_menu(self, section: int) -> None:
        """The menu of a column, at its header."""
        place = QPoint(self.columns.seen_rect(section).left(), self.columns.height())
        self.menu_asked.emit(section, self.columns.viewport().mapToGlobal(place))

    def _show_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions([self.copy, self.copy_with_header])
        menu.addSeparator()
        menu.addActions([self.smallest_first, self.largest_first, self.own_order])
        menu.addSeparator()
        menu.addActions([self.count_values, self.about_column])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.viewport().mapToGlobal(place))

    def table(self) -> TableModel:
        """The model, as what it is."""
        model = self.model()
        assert isinstance(model, TableModel)
        return model
