"""Every column of the previewed table in one line: blanks, different values, range, the most frequent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QStackedWidget,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from canvas_app.base.errors import CanvasError
from canvas_app.data.profile import ColumnProfile
from canvas_app.ui.controls import label
from canvas_app.ui.grid.cell_text import percent, short, text_of
from canvas_app.ui.grid.glimpse import WORDS
from canvas_app.ui.grid.table_source import TableSource

if TYPE_CHECKING:
    from canvas_app.data.engine import Engine
    from canvas_app.ui.bridge import PreviewLane

_HEADS = ("Column", "Type", "Blanks", "Different values", "Smallest", "Mean", "Largest", "Most frequent")
_RIGHT = range(2, 7)


class ColumnsTab(QWidget):
    """Profiles of all columns, measured when somebody looks."""

    measured = Signal(object)
    """The profiles, in the order of the columns."""
    failed = Signal(str)

    def __init__(self, lane: PreviewLane) -> None:
        super().__init__()
        self._lane = lane
        self._source: TableSource | None = None
        self._asked: TableSource | None = None
        self.table = QTableWidget(0, len(_HEADS))
        self.table.setAccessibleName("Columns after the node")
        self._name_columns()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setProperty("plain", True)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.message = label("", "muted", wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.message)
        self.pages.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def show_table(self, source: TableSource, *, shown: bool) -> None:
        """Another table; it is measured now if the tab is shown, else on ``look``."""
        self._source = source
        if shown:
            self.look()

    def look(self) -> None:
        """Measure the table, unless that was done."""
        source = self._source
        if source is None or source is self._asked:
            return
        self._asked = source
        self.message.setText("Measuring the columns…")
        self.pages.setCurrentWidget(self.message)

        def work(engine: Engine) -> tuple[ColumnProfile, ...]:
            return source.profiles(engine, source.schema(engine).names)

        self._lane.ask((id(self), "columns"), work, self._came, self._failed)

    def clear(self) -> None:
        """Show nothing."""
        self._source = self._asked = None
        self._lane.forget((id(self), "columns"))
        self.table.setRowCount(0)

    def _name_columns(self) -> None:
        for place, head in enumerate(_HEADS):
            item = QTableWidgetItem(head)
            side = Qt.AlignmentFlag.AlignRight if place in _RIGHT else Qt.AlignmentFlag.AlignLeft
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.table.setHorizontalHeaderItem(place, item)

    def _came(self, profiles: Sequence[ColumnProfile]) -> None:
        self.table.setRowCount(len(profiles))
        for at, profile in enumerate(profiles):
            for place, text in enumerate(_cells(profile)):
                item = QTableWidgetItem(text)
                side = Qt.AlignmentFlag.AlignRight if place in _RIGHT else Qt.AlignmentFlag.AlignLeft
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
                self.table.setItem(at, place, item)
        self.table.resizeColumnsToContents()
        self.pages.setCurrentWidget(self.table)
        self.measured.emit(profiles)

    def _failed(self, error: CanvasError) -> None:
        self.message.setText(str(error))
        self.pages.setCurrentWidget(self.message)
        self.failed.emit(str(error))


def _cells(profile: ColumnProfile) -> tuple[str, ...]:
    rows = max(1, profile.rows)
    top = ", ".join(f"{short(value, 24)} {percent(count / rows)}" for value, count in profile.top[:3])
    about = "about " if profile.estimated else ""
    return (
        short(profile.name, 60),
        WORDS[profile.type],
        f"{text_of(profile.blanks)} ({percent(profile.blank_share)})",
        f"{about}{text_of(profile.distinct)}",
        "" if profile.low is None else text_of(profile.low),
        "" if profile.mean is None else text_of(float(f"{profile.mean:.5g}")),
        "" if profile.high is None else text_of(profile.high),
        top,
    )
