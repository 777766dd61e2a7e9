"""One column in full: its histogram to draw on, what is measured, and its frequent values."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from canvas_app.data.details.column import ColumnDetails
from canvas_app.ui.controls import button, card, label, row
from canvas_app.ui.data.histogram_brush import HistogramBrush
from canvas_app.ui.data.profile_words import (
    FactTable,
    can_be_brushed,
    facts,
    headline,
    range_conditions,
    stretch_words,
    tables,
)
from canvas_app.ui.grid.cell_text import short

_ROW = 26


class ColumnDetailsView(QScrollArea):
    """The details of one column, from top to bottom."""

    rows_wanted = Signal(str, tuple)
    """A column and the conditions of the rows that shall be shown."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found: ColumnDetails | None = None
        self.title = label("", "panel-title")
        self.about = label("", "muted", wrap=True)
        self.brush = HistogramBrush()
        self.chosen = label("", "secondary")
        self.show_rows = button("Show these rows", self._show_rows)
        self.clear = button("Choose none", self.brush.choose_none, look="link")
        self._body = QWidget()
        self._tables = QVBoxLayout()
        self._lay_out()
        self.brush.brushed.connect(self._brushed)
        self.say("")

    def show_details(self, found: ColumnDetails) -> None:
        """Show a column."""
        self.found = found
        self.title.setText(short(found.name, 80))
        self.about.setText(headline(found))
        self._histogram.setVisible(len(found.bins) > 0)
        name = f"the lengths of {found.name}" if found.texts is not None else found.name
        self._histogram_title.setText(short(f"How {name} {'are' if found.texts else 'is'} spread", 90))
        self.brush.can_choose = can_be_brushed(found)
        self.brush.show_bins(name, found.bins, partial(stretch_words, found))
        self._brushed(-1, -1)
        self._empty_tables()
        lines = facts(found)
        if lines:
            self._add(FactTable("Measured", ("What", "Value"), lines))
        for table in tables(found):
            self._add(table)

    def say(self, words: str, name: str = "") -> None:
        """Show a sentence in place of the details."""
        self.found = None
        self.title.setText(short(name, 80))
        self.about.setText(words)
        self._histogram.hide()
        self._empty_tables()

    def _brushed(self, first: int, last: int) -> None:
        del last
        some = first >= 0
        hint = "Draw over the bars to choose rows" if self.brush.can_choose else ""
        self.chosen.setText(self.brush.words() if some else hint)
        self.show_rows.setVisible(some)
        self.clear.setVisible(some)

    def _show_rows(self) -> None:
        if self.found is not None and self.brush.chosen is not None:
            self.rows_wanted.emit(self.found.name, range_conditions(self.found, *self.brush.chosen))

    def _add(self, shown: FactTable) -> None:
        made, inside = card(margin=14, spacing=6)
        inside.addWidget(label(shown.title, "strong"))
        table = QTableWidget(len(shown.rows), len(shown.header))
        table.setHorizontalHeaderLabels(shown.header)
        table.setAccessibleName(shown.title)
        table.setProperty("plain", True)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for at, line in enumerate(shown.rows):
            for place, words in enumerate(line):
                item = QTableWidgetItem(words)
                item.setToolTip(words if len(words) > 24 else "")
                table.setItem(at, place, item)
        table.setFixedHeight(_ROW * len(shown.rows) + table.horizontalHeader().sizeHint().height() + 6)
        inside.addWidget(table)
        if shown.conditions:
            inside.addWidget(label("Double-click a value, or press Return, to see its rows.", "caption"))
            table.activated.connect(partial(self._activated, shown))
        self._tables.addWidget(made)

    def _activated(self, shown: FactTable, index: object) -> None:
        if self.found is not None:
            self.rows_wanted.emit(self.found.name, shown.conditions[index.row()])  # type: ignore[attr-defined]  # Qt's

    def _empty_tables(self) -> None:
        while (item := self._tables.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _lay_out(self) -> None:
        self._histogram, inside = card(margin=14, spacing=8)
        self._histogram_title = label("", "strong")
        inside.addWidget(self._histogram_title)
        inside.addWidget(self.brush)
        inside.addLayout(row(self.chosen, 1, self.clear, self.show_rows))
        self._tables.setSpacing(16)
        column = QVBoxLayout(self._body)
        column.setContentsMargins(20, 16, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addWidget(self._histogram)
        column.addLayout(self._tables)
        column.addStretch(1)
        self.setWidget(self._body)
