"""What is worth a look in the previewed table: blanks, columns that tell nothing, and names of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from canvas_app.data.profile import ColumnProfile
from canvas_app.ui.controls import label
from canvas_app.ui.grid.cell_text import percent, short, text_of

_HEADS = ("Column", "Worth a look", "What helps")
_FEW = 20
"""Rows up to which it means nothing that all values differ."""


@dataclass(frozen=True)
class QualityRow:
    """One thing about one column."""

    column: str
    what: str
    help: str


def quality_rows(profiles: Sequence[ColumnProfile]) -> tuple[QualityRow, ...]:
    """Columns without a value, then constant ones, then names of rows, then blanks, the most first."""
    used = [profile for profile in profiles if profile.blanks < profile.rows]
    rows = [_told(one, "No values at all", "Leave it out") for one in profiles if one.blanks >= one.rows > 0]
    rows += [
        _told(one, "The same value in every row", "Leave it out: it tells nothing")
        for one in used
        if one.distinct == 1 and not one.blanks and one.rows > 1
    ]
    rows += [
        _told(one, "Another value in every row", "Leave it out before a model learns: it names rows")
        for one in used
        if _names_rows(one)
    ]
    blank = sorted((one for one in used if one.blanks), key=lambda one: -one.blank_share)
    return (*rows, *(_blanks(one) for one in blank))


class QualityTab(QWidget):
    """A line for each thing, or that there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("Quality after the node")
        self.table.setHorizontalHeaderLabels(list(_HEADS))
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setProperty("plain", True)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.message = label("", "muted", wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages = QStackedWidget()
        for part in (self.message, self.table):
            self._pages.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def say(self, words: str) -> None:
        """Show words, for instance while the columns are measured."""
        self.table.setRowCount(0)
        self.message.setText(words)
        self._pages.setCurrentWidget(self.message)

    def show_profiles(self, profiles: Sequence[ColumnProfile]) -> None:
        """Show what is worth a look in columns that were measured."""
        rows = quality_rows(profiles)
        if not rows:
            self.say("Nothing stands out: no blanks, and no column that tells nothing.")
            return
        self.table.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for place, text in enumerate((short(row.column, 60), row.what, row.help)):
                self.table.setItem(at, place, QTableWidgetItem(text))
        self._pages.setCurrentWidget(self.table)


def _told(profile: ColumnProfile, what: str, help_: str) -> QualityRow:
    return QualityRow(profile.name, what, help_)


def _names_rows(profile: ColumnProfile) -> bool:
    telling = profile.type in ("text", "whole") and not profile.estimated and profile.rows > _FEW
    return telling and not profile.blanks and profile.distinct == profile.rows


def _blanks(profile: ColumnProfile) -> QualityRow:
    what = f"{text_of(profile.blanks)} blanks, {percent(profile.blank_share)} of the rows"
    mostly = profile.blank_share > 0.5
    return QualityRow(profile.name, what, "Leave it out, or fill it" if mostly else "Fill missing values")
