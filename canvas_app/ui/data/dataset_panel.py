"""One table of the project: its size, its health, what its import noticed, its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from canvas_app.data.files import size_in_words
from canvas_app.data.schema import ColumnType, Schema
from canvas_app.ui.controls import button, card, folded, icon_button, label, row
from canvas_app.ui.data.share_bars import ShareBars
from canvas_app.ui.data.source_line import SourceLine
from canvas_app.ui.data.worth_a_look import WorthALook
from canvas_app.ui.forms.editor import type_symbol
from canvas_app.ui.forms.search_combo import Choice, SearchCombo
from canvas_app.ui.grid.cell_text import percent, short, spaced
from canvas_app.ui.grid.column_list import ColumnList
from canvas_app.ui.grid.glimpse import counted
from canvas_app.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.finding import Found
    from canvas_app.data.health import HealthReport
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
_MOST_FOUND = 6
_COLUMNS_HIGH = 260


class DatasetPanel(QWidget):
    """The side panel of the Data page."""

    open_wanted = Signal()
    flow_wanted = Signal()
    remove_wanted = Signal()
    report_wanted = Signal()
    """The whole health report shall be looked at."""
    target_chosen = Signal(str)
    rejected_wanted = Signal()
    """The rows that did not fit shall be looked at."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(300)
        self.title = label("", "panel-title", wrap=True)
        self.facts = label("", "muted", wrap=True)
        self.source = SourceLine()
        self.missing, self.duplicates, self.quick = (
            _Fact("cells missing"),
            _Fact("duplicate rows"),
            _Fact("quick score"),
        )
        self.target = SearchCombo("Column to predict", nothing="Choose one for a quick score")
        self.target.picked.connect(self.target_chosen)
        self.target_label = label("Predict", "label")
        self.found = WorthALook(_MOST_FOUND)
        self.working = label("", "secondary", wrap=True)
        self.target_title = label("", "section")
        self.shares = ShareBars("How the values of the column to predict are spread")
        self.notes = QVBoxLayout()
        self.notes.setSpacing(8)
        self.notes_title = label("Noticed at the import", "section")
        self.rejected = button("Look at the rows put aside", self.rejected_wanted.emit)
        self.column_list = ColumnList("Columns of the table")
        self.remove = icon_button("Remove this table from the project", "ph.trash", self.remove_wanted.emit)
        self.report = button("Full report", self.report_wanted.emit)
        self.open = button("Open table", self.open_wanted.emit)
        self.use = button("Open in a flow", self.flow_wanted.emit, look="primary")
        self._lay_out()

    def show_dataset(self, dataset: Dataset, *, rejected: bool) -> None:
        """Show a table; its profiles follow through ``show_profiles``."""
        self.title.setText(short(dataset.name))
        self.facts.setText(f"{counted(dataset.rows, 'row')} · {_types(dataset.schema)}")
        self.facts.setToolTip(f"{size_in_words(dataset.size)} on the disk")
        self.missing.show_number("…")
        self._show_notes(dataset.notes)
        self.rejected.setVisible(rejected)
        self.column_list.show_columns(dataset.schema)

    def show_target(self, schema: Schema, target: str) -> None:
        """Offer the columns that can be predicted, and show the one that is."""
        fitting = [info for info in schema if info.type not in ("time", "other")]
        choices = [Choice(info.name, short(info.name, 60), type_symbol(info)) for info in fitting]
        self.target.offer([Choice("", "Nothing yet"), *choices] if target else choices, target)

    def show_health(self, report: HealthReport | None, done: Callable[[Found], bool]) -> None:
        """Show what was found out; None while it is not known."""
        self.report.setEnabled(report is not None and not report.waits)
        self.target_title.setVisible(bool(report and report.target_shares))
        self.shares.setVisible(bool(report and report.target_shares))
        if report is None:
            self.duplicates.show_number("…")
            self.quick.show_number("…")
            self.found.clear()
            return
        self.duplicates.show_number(spaced(f"{report.duplicates:,}"))
        quick = report.quick
        self.quick.show_number(spaced(f"{quick.score:.2f}") if quick else "…" if report.waits else "–")
        self.quick.name(f"quick {quick.metric}" if quick else "quick score", quick_words(report))
        self.found.show_report(report, done)
        self.target_title.setText(short(report.target))
        self.shares.show_lines(
            [(share, f"{short(name, 40)}  {percent(share)}") for name, share in report.target_shares]
        )

    def say_health(self, words: str) -> None:
        """Tell what is being done about the health of the table."""
        self.working.setText(words)
        self.working.setVisible(bool(words))

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
        self.target_label.setBuddy(self.target)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.remove, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.facts)
        column.addWidget(self.source)
        column.addSpacing(4)
        column.addLayout(row(self.missing, self.duplicates, self.quick, spacing=10))
        predict = row(self.target_label, self.target, spacing=10)
        predict.setStretch(1, 1)
        column.addLayout(predict)
        column.addWidget(self._scrolled(), 1)
        column.addSpacing(4)
        column.addLayout(row(self.report, self.open, self.use))

    def _scrolled(self) -> QScrollArea:
        """What was found, what the import noticed, and the columns."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addWidget(label("Worth a look", "section"))
        for part in (self.working, self.found, self.target_title, self.shares, self.notes_title):
            column.addWidget(part)
        column.addLayout(self.notes)
        column.addWidget(self.rejected)
        column.addWidget(label("Columns", "section"))
        self.column_list.setMinimumHeight(_COLUMNS_HIGH)
        column.addWidget(self.column_list, 1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area


class _Fact(QFrame):
    """A number on a card, and what it counts."""

    def __init__(self, words: str) -> None:
        super().__init__()
        made, inside = card("sunken", margin=12, spacing=1)
        self._number = label("", "number")
        self._words = label(words, "caption")
        inside.addWidget(self._number)
        inside.addWidget(self._words)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(made)

    def show_number(self, number: str) -> None:
        """Show another number."""
        self._number.setText(number)

    def name(self, words: str, meaning: str) -> None:
        """Say what is counted, and what that means for whoever points at it."""
        self._words.setText(words)
        self.setToolTip(folded(meaning))


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


def quick_words(report: HealthReport) -> str:
    """How the quick score came about, or why there is none."""
    quick = report.quick
    if quick is None:
        return report.why_not or "Choose the column to predict, and a quick model shows how well that goes."
    rows = f"{counted(quick.rows, 'row')}, each by a model that had not seen it ({quick.folds} folds)"
    best = (
        "1 is perfect, 0 no better than the average" if quick.metric == "R²" else "1 is perfect, 0.5 chance"
    )
    without = f" Without {', '.join(quick.without)}, which would give it away." if quick.without else ""
    return (
        f"{quick.metric} of boosted trees on {counted(quick.columns, 'column')} and {rows}: {best}.{without}"
    )


def _types(schema: Schema) -> str:
    """The columns by type: ``15 columns · 6 numbers, 9 texts``."""
    found = Counter(_NOUNS[info.type] for info in schema)
    parts = [
        f"{count} {_PLURALS[noun]}" if count > 1 and noun in _PLURALS else counted(count, noun)
        for noun, count in found.items()
    ]
    return f"{counted(len(schema), 'column')} · {', '.join(parts)}"
