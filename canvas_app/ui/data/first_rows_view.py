"""How a table of a database begins: a few rows under names and types."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from canvas_app.data.database.look import FirstRows
from canvas_app.ui import theme
from canvas_app.ui.controls import label
from canvas_app.ui.theme.icons import colour_of
from canvas_app.ui.theme.style import restyle

_WIDEST = 260
_MOST_COLUMNS = 200


class FirstRowsView(QWidget):
    """The first rows, or in their place why there are none."""

    def __init__(self) -> None:
        super().__init__()
        self.title = label("First rows", "section")
        self.words = label("", "secondary", wrap=True)
        self.table = QTableWidget()
        self.table.setAccessibleName("First rows")
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.current().dense_control)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(6)
        for part in (self.title, self.words, self.table):
            column.addWidget(part)
        column.addStretch(1)
        column.setStretchFactor(self.table, 1000)
        self.table.hide()

    def say(self, words: str, *, problem: bool = False) -> None:
        """Show words in place of rows."""
        self.words.setText(words)
        restyle(self.words, role="problem" if problem else "secondary")
        self.words.show()
        self.table.hide()

    def show_rows(self, first: FirstRows) -> None:
        """Show them; of very wide tables the first columns."""
        columns = first.columns[:_MOST_COLUMNS]
        self.words.setVisible(not first.rows or len(columns) < len(first.columns))
        wide = f"The first {_MOST_COLUMNS} of {len(first.columns):,} columns are shown."
        self.words.setText("There are no rows." if not first.rows else wide)
        restyle(self.words, role="secondary")
        self.table.clear()
        self.table.setRowCount(len(first.rows))
        self.table.setColumnCount(len(columns))
        self.table.setHorizontalHeaderLabels([f"{name}\n{words}" for name, words in columns])
        for place, cells in enumerate(first.rows):
            for column, text in enumerate(cells[: len(columns)]):
                self.table.setItem(place, column, _item(text))
        self.table.resizeColumnsToContents()
        for column in range(len(columns)):
            self.table.setColumnWidth(column, min(_WIDEST, self.table.columnWidth(column)))
        self.table.show()


def _item(text: str | None) -> QTableWidgetItem:
    if text is None:
        made = QTableWidgetItem("blank")
        made.setForeground(colour_of("faint"))
        return made
    return QTableWidgetItem(text.replace("\n", " "))
