"""The bar above a table: its size, hidden columns, find, filter, and going to a row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QIntValidator, QKeySequence
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from canvas_app.ui.controls import button, label, row
from canvas_app.ui.grid.filter_line import FilterLine
from canvas_app.ui.grid.find_line import FindLine
from canvas_app.ui.grid.hidden_columns import HiddenColumns
from canvas_app.ui.grid.view import TableView


class GridBar(QWidget):
    """One calm line; the filter has a second one while it is used."""

    def __init__(self, view: TableView) -> None:
        super().__init__()
        self.size_words = label("", "secondary")
        self.hidden = HiddenColumns(view)
        self.find_line = FindLine()
        self.funnel = button("Filter", symbol="ph.funnel")
        self.go_to = QLineEdit()
        self.filter_line = FilterLine()
        self._lay_out()
        self.funnel.toggled.connect(self._show_filter)

    def add_shortcuts(self, around: QWidget) -> None:
        """Keys that work anywhere in the widget around the table."""
        self._add_key(around, "Find in all rows", "Ctrl+F", self.find_line.begin)
        self._add_key(around, "Filter rows", "Ctrl+Shift+F", self.begin_filter)
        self._add_key(around, "Go to row", "Ctrl+G", self._begin_go_to)

    def begin_filter(self, section: int | None = None) -> None:
        """Show the filter, ready for a condition on a column."""
        self.funnel.setChecked(True)
        self.filter_line.begin(section)

    def _show_filter(self, shown: bool) -> None:
        self.filter_line.setVisible(shown)
        if shown:
            self.filter_line.begin()

    def _begin_go_to(self) -> None:
        self.go_to.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.go_to.selectAll()

    def _add_key(self, around: QWidget, words: str, keys: str, done: Callable[[], object]) -> None:
        action = QAction(words, around)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(lambda: done())
        around.addAction(action)

    def _lay_out(self) -> None:
        self.funnel.setCheckable(True)
        self.funnel.setToolTip("Show only rows that meet conditions (Ctrl+Shift+F)")
        self.funnel.setAccessibleName("Filter rows")
        self.go_to.setPlaceholderText("Go to row")
        self.go_to.setAccessibleName("Go to row")
        self.go_to.setToolTip("Go to row (Ctrl+G)")
        self.go_to.setProperty("dense", "true")
        self.go_to.setValidator(QIntValidator(1, 2_000_000_000, self.go_to))
        self.go_to.setFixedWidth(110)
        self.filter_line.hide()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        line = row(self.size_words, self.hidden, 1, self.find_line, self.funnel, self.go_to)
        line.setContentsMargins(12, 6, 12, 6)
        inside.addLayout(line)
        inside.addWidget(self.filter_line)
