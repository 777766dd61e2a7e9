"""The bar above a table: its size, hidden columns, find, filter, saving, and going to a row or a column."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QCompleter, QLineEdit, QVBoxLayout, QWidget

from canvas_app.base.spec import Condition
from canvas_app.ui.controls import button, label, row
from canvas_app.ui.grid.filter_line import FilterLine
from canvas_app.ui.grid.find_line import FindLine
from canvas_app.ui.grid.header_filters import HeaderFilters
from canvas_app.ui.grid.hidden_columns import HiddenColumns
from canvas_app.ui.grid.view import TableView

_OFFERED = 12
"""Names of columns that are offered at once."""


class GridBar(QWidget):
    """One calm line; the conditions of the filter have a second one while there are any."""

    row_wanted = Signal(int)
    """A row to go to, counted from 1 as on the screen."""
    column_wanted = Signal(str)
    """A column to go to: its name, or what the person remembers of it."""

    def __init__(self, view: TableView) -> None:
        super().__init__()
        self.size_words = label("", "secondary")
        self.hidden = HiddenColumns(view)
        self.find_line = FindLine()
        self.funnel = button("Filter", symbol="ph.funnel")
        self.save = button("Save as …", symbol="ph.download-simple")
        self.go_to = QLineEdit()
        self.filter_line = FilterLine()
        self.filters = HeaderFilters(view)
        self._view = view
        self._names = QStringListModel(self)
        self._filtered: frozenset[str] = frozenset()
        self._lay_out()
        self.funnel.toggled.connect(self._show_filter)
        self.filters.typed.connect(self._filter_typed)
        self.filter_line.changed.connect(self._filter_changed)
        self.go_to.returnPressed.connect(lambda: self._go(self.go_to.text().strip()))

    def start(self, names: Sequence[str]) -> None:
        """Another table: its columns can be gone to, and no condition holds."""
        self._names.setStringList(list(names))
        self._filtered = frozenset()
        self.filter_line.start()
        self.filters.start()

    def add_shortcuts(self, around: QWidget) -> None:
        """Keys that work anywhere in the widget around the table."""
        self._add_key(around, "Find in all rows", "Ctrl+F", self.find_line.begin)
        self._add_key(around, "Filter rows", "Ctrl+Shift+F", self.begin_filter)
        self._add_key(around, "Go to row or column", "Ctrl+G", self._begin_go_to)

    def begin_filter(self, section: int | None = None) -> None:
        """Show the fields of the filter, ready for a condition on a column."""
        self.funnel.setChecked(True)
        if self._view.model().columnCount():
            self.filters.begin(self._view.current_section() if section is None else section)

    def _show_filter(self, shown: bool) -> None:
        self.filters.show(shown)
        if shown and self._view.model().columnCount():
            self.filters.begin(self._view.current_section())

    def _filter_typed(self, section: int, text: str) -> None:
        self.filter_line.take_text(self._view.table().column(section), text)

    def _filter_changed(self, conditions: Sequence[Condition]) -> None:
        """Columns whose condition was taken away have nothing typed in their header any more."""
        now = frozenset(condition.column for condition in conditions)
        for column in self._filtered - now:
            self.filters.write(column, "")
        self._filtered = now

    def _begin_go_to(self) -> None:
        self.go_to.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.go_to.selectAll()

    def _go(self, text: str) -> None:
        digits = "".join(text.split()).replace(",", "")
        if digits.isascii() and digits.isdigit():
            self.row_wanted.emit(min(int(digits), 2_000_000_000))
        elif text:
            self.column_wanted.emit(text)

    def _add_key(self, around: QWidget, words: str, keys: str, done: Callable[[], object]) -> None:
        action = QAction(words, around)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: done())
        around.addAction(action)

    def _lay_out(self) -> None:
        self.funnel.setCheckable(True)
        self.funnel.setToolTip("Type conditions below the columns' names (Ctrl+Shift+F)")
        self.funnel.setAccessibleName("Filter rows")
        self.save.setToolTip("Save the rows and columns as they are shown")
        self.save.setAccessibleName("Save the view as a file")
        self.save.hide()
        self.go_to.setPlaceholderText("Go to row or column")
        self.go_to.setAccessibleName("Go to row or column")
        self.go_to.setToolTip("Type a row's number or a column's name (Ctrl+G)")
        self.go_to.setProperty("dense", "true")
        self.go_to.setMaxLength(1000)
        self.go_to.setFixedWidth(170)
        completer = QCompleter(self._names, self.go_to)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_OFFERED)
        completer.activated.connect(self.column_wanted)
        self.go_to.setCompleter(completer)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        line = row(self.size_words, self.hidden, 1, self.find_line, self.funnel, self.go_to, self.save)
        line.setContentsMargins(12, 6, 12, 6)
        inside.addLayout(line)
        inside.addWidget(self.filter_line)
