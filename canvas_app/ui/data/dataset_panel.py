"""One table of the project: its size, its health, what its import noticed, its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from canvas_app.data.files import size_in_words
from canvas_app.data.schema import ColumnType, Schema
from canvas_app.ui.controls import button, card, icon_button, label, row
from canvas_app.ui.grid.cell_text import percent, short, spaced
from canvas_app.ui.grid.column_list import ColumnList
from canvas_app.ui.grid.glimpse import counted
from canvas_app.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.profile import ColumnProfile

_NOUNS: dict[ColumnType, str] = {
    "number": "number",
    "whole": "number",
    "text": "text",
    "time": "date",
    "switch": "switch",
    "other": "other column",
}
_PLURALS = {"switch": "switches"}
_MOST_NOTES = 8


class DatasetPanel(QWidget):
    """The side panel of the Data page."""

    open_wanted = Signal()
    flow_wanted = Signal()
    remove_wanted = Signal()
    rejected_wanted = Signal()
    """The rows that did not fit shall be looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(300)
        self.title = label("", "panel-title", wrap=True)
        self.facts = label("", "muted", wrap=True)
        self.missing, self.columns, self.weight = (
            _Fact("cells missing"),
            _Fact("columns"),
            _Fact("on the disk"),
        )
        self.notes = QVBoxLayout()
        self.notes.setSpacing(8)
        self.notes_title = label("Noticed at the import", "section")
        self.rejected = button("Look at the rows put aside", self.rejected_wanted.emit)
        self.column_list = ColumnList("Columns of the table")
        self.remove = icon_button("Remove this table from the project", "ph.trash", self.remove_wanted.emit)
        self.open = button("Open table", self.open_wanted.emit)
        self.use = button("Open in a flow", self.flow_wanted.emit, look="primary")
        self._lay_out()

    def show_dataset(self, dataset: Dataset, *, rejected: bool) -> None:
        """Show a table; its profiles follow through ``show_profiles``."""
        self.title.setText(short(dataset.name))
        self.facts.setText(f"{counted(dataset.rows, 'row')} · {_types(dataset.schema)}")
        self.columns.show_number(spaced(f"{len(dataset.schema):,}"))
        self.weight.show_number(size_in_words(dataset.size))
        self.missing.show_number("…")
        self._show_notes(dataset.notes)
        self.rejected.setVisible(rejected)
        self.column_list.show_columns(dataset.schema)

    def show_profiles(self, schema: Schema, profiles: Sequence[ColumnProfile]) -> None:
        """Show what is in the columns."""
        cells = sum(item.rows for item in profiles)
        blanks = sum(item.blanks for item in profiles)
        self.missing.show_number(percent(blanks / cells if cells else 0.0))
        self.column_list.show_columns(schema, profiles)

    def _show_notes(self, notes: Sequence[str]) -> None:
        while (item := self.notes.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.deleteLater()
        shown = list(notes[:_MOST_NOTES])
        if len(notes) > _MOST_NOTES:
            shown.append(f"And {counted(len(notes) - _MOST_NOTES, 'more note')}.")
        for note in shown:
            self.notes.addWidget(_Note(note))
        self.notes_title.setVisible(bool(notes))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addSpacing(4)
        column.addLayout(row(self.missing, self.columns, self.weight, spacing=10))
        column.addSpacing(8)
        column.addWidget(self.notes_title)
        column.addLayout(self.notes)
        column.addWidget(self.rejected)
        column.addWidget(label("Columns", "section"))
        column.addWidget(self.column_list, 1)
        column.addSpacing(4)
        column.addLayout(row(self.open, self.use))


class _Fact(QFrame):
    """A number on a card, and what it counts."""

    def __init__(self, words: str) -> None:
        super().__init__()
        made, inside = card("sunken", margin=12, spacing=1)
        self._number = label("", "number")
        inside.addWidget(self._number)
        inside.addWidget(label(words, "caption"))
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(made)

    def show_number(self, number: str) -> None:
        """Show another number."""
        self._number.setText(number)


class _Note(QWidget):
    """What the import changed or noticed."""

    def __init__(self, text: str) -> None:
        super().__init__()
        mark = label()
        mark.setPixmap(pixmap("ph.info", 16, "warn"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(short(text, 300), wrap=True), 1)


def _types(schema: Schema) -> str:
    """The columns by type: ``15 columns · 6 numbers, 9 texts``."""
    found = Counter(_NOUNS[info.type] for info in schema)
    parts = [
        f"{count} {_PLURALS[noun]}" if count > 1 and noun in _PLURALS else counted(count, noun)
        for noun, count in found.items()
    ]
    return f"{counted(len(schema), 'column')} · {', '.join(parts)}"
