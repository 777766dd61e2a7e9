"""The table after the selected node: rows, columns, what changed, quality; it follows every edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTabBar,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from canvas_app.base.errors import CanvasError
from canvas_app.ui.controls import icon_button, label, line
from canvas_app.ui.flow.changes import change_rows
from canvas_app.ui.flow.columns_tab import ColumnsTab
from canvas_app.ui.flow.quality_tab import QualityTab
from canvas_app.ui.flow.subject import Subject
from canvas_app.ui.grid.glimpse import counted
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.grid.table_source import ExpressionTable, Marks
from canvas_app.ui.theme.icons import icon

if TYPE_CHECKING:
    from canvas_app.flow.preview import Preview
    from canvas_app.ui.bridge import PreviewLane

PAUSE_MS = 120
"""How long typing must rest before the table is computed anew."""
QUALITY = 3
"""The place of the tab in ``TABS``."""
TABS = ("Table", "Columns", "Changes", "Quality")


class PreviewPanel(QWidget):
    """Shows one subject at a time; what is computed is computed on the lane, the latest wins."""

    measured = Signal(object)
    """The ``Preview`` of the node that is shown; None while it is not known, or can't be."""
    folded = Signal(bool)
    failed = Signal(object)
    fix_wanted = Signal(object)
    """The ``Found`` in the table whose fix shall come behind the node."""

    def __init__(self, lane: PreviewLane) -> None:
        super().__init__()
        self._lane = lane
        self._subject: Subject | None = None
        self._new: tuple[str, ...] = ()
        self._source: ExpressionTable | None = None
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words = label("", "muted")
        self.tabs = QTabBar()
        self.fold = icon_button("Fold the preview", "ph.caret-down", self._toggle)
        self.grid = TableGrid(lane, name="Rows after the node", strip=False)
        self.columns = ColumnsTab(lane)
        self.changes = QTableWidget(0, 3)
        self.quality = QualityTab(lane)
        self.message = label("", "muted", wrap=True)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE_MS)
        self._rest.timeout.connect(self._ask)
        self._lay_out()
        self.tabs.currentChanged.connect(self._turn)
        self.grid.shown.connect(self._say_size)
        self.quality.fix_wanted.connect(self.fix_wanted)
        self.grid.failed.connect(self._not_shown)

    def show_subject(self, subject: Subject | None, new: Sequence[str] = ()) -> None:
        """Show the table after a node, with its new columns marked; the same one again asks nothing."""
        before, self._subject = self._subject, subject
        if subject is None:
            self._rest.stop()
            self._clear("Select a node to see its table.")
            return
        if before is not None and before.key == subject.key:
            self._say_title(subject, self.words.text().partition(" · ")[2])
            return
        self._new = tuple(new)
        if before is None or before.node != subject.node:
            self._ask()
        else:
            self._rest.start()

    def leave(self) -> None:
        """Nobody looks: stop what is computed."""
        self._rest.stop()
        self._lane.forget((id(self), "measure"))

    def _ask(self) -> None:
        subject = self._subject
        if subject is None:
            return
        self._say_title(subject)
        before = ExpressionTable(subject.before) if subject.keeps_rows else None
        marks = Marks(frozenset(self._new), before, subject.target)
        self._source = ExpressionTable(subject.table)
        self.grid.show_table(self._source, marks)
        self.columns.show_table(self._source, shown=self.tabs.currentIndex() == 1)
        self.quality.show_table(self._source, subject.target, shown=self.tabs.currentIndex() == QUALITY)
        self._lane.ask(
            (id(self), "measure"),
            subject.measured,
            lambda found: self._came(subject, found),
            lambda error: self._not_measured(subject, error),
        )
        self._turn()

    def _came(self, subject: Subject, found: Preview) -> None:
        if self._subject is None or subject.key != self._subject.key:
            return
        self._say_size(found.rows, len(found.schema))
        rows = change_rows(found.changed) if found.changed else ()
        self.changes.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for place, text in enumerate((row.what, row.numbers, row.difference)):
                self.changes.setItem(at, place, QTableWidgetItem(text))
        self._turn()
        self.measured.emit(found)

    def _not_measured(self, subject: Subject, error: CanvasError) -> None:
        if self._subject is not None and subject.key == self._subject.key:
            self.changes.setRowCount(0)
            self._turn()
            self.failed.emit(error)

    def _not_shown(self, error: CanvasError) -> None:
        del error
        if self._subject is not None:
            self._say_title(self._subject)

    def _clear(self, words: str) -> None:
        self._lane.forget((id(self), "measure"))
        self.grid.clear()
        self.columns.clear()
        self.quality.clear()
        self.changes.setRowCount(0)
        self.words.setText("")
        self.message.setText(words)
        self.pages.setCurrentWidget(self.message)
        self.measured.emit(None)

    def _say_title(self, subject: Subject, size: str = "") -> None:
        place = "after" if subject.gives else "into"
        self.words.setText(f"{place} {subject.title}" + (f" · {size}" if size else ""))

    def _say_size(self, rows: int, columns: int) -> None:
        if self._subject is not None:
            self._say_title(self._subject, f"{counted(rows, 'row')} · {counted(columns, 'column')}")

    def _turn(self) -> None:
        if self._subject is None:
            return
        tab = self.tabs.currentIndex()
        if tab == 2 and self.changes.rowCount() == 0:
            self.message.setText("This node changes nothing in the table that comes in.")
            self.pages.setCurrentWidget(self.message)
            return
        self.pages.setCurrentWidget((self.grid, self.columns, self.changes, self.quality)[tab])
        if tab == 1:
            self.columns.look()
        if tab == QUALITY:
            self.quality.look()

    def _toggle(self) -> None:
        self.folded.emit(not self.body.isHidden())

    def fold_away(self, folded: bool) -> None:
        """Show the header alone, or all."""
        self.body.setVisible(not folded)
        name = "Unfold the preview" if folded else "Fold the preview"
        self.fold.setAccessibleName(name)
        self.fold.setToolTip(name)
        self.fold.setIcon(icon("ph.caret-up" if folded else "ph.caret-down"))

    def _dress_changes(self) -> None:
        """Give the table of changes its headings and its looks."""
        self.changes.setHorizontalHeaderLabels(["What", "Before and after", "Difference"])
        self.changes.setAccessibleName("What the node changed")
        self.changes.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.changes.verticalHeader().hide()
        self.changes.setShowGrid(False)
        self.changes.setProperty("plain", True)
        self.changes.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.changes.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        )

    def _lay_out(self) -> None:
        self._dress_changes()
        for name in TABS:
            self.tabs.addTab(name)
        self.tabs.setAccessibleName("What to show of the table")
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.fold.setProperty("dense", True)
        for message in (self.message, self.grid.message):
            message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 8, 0)
        head.setSpacing(14)
        head.addWidget(label("Preview", "strong"))
        head.addWidget(self.words, 1)
        head.addWidget(self.tabs, 0, Qt.AlignmentFlag.AlignBottom)
        head.addWidget(self.fold)
        self.pages = QStackedWidget()
        for part in (self.message, self.grid, self.columns, self.changes, self.quality):
            self.pages.addWidget(part)
        self.body = QWidget()
        inside = QVBoxLayout(self.body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(line())
        inside.addWidget(self.pages, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.body, 1)
