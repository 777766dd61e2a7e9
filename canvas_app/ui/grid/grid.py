"""A table of any size on the screen: only what is looked at is fetched, and nothing waits for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QIntValidator
from PySide6.QtWidgets import QLineEdit, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.data.schema import Schema
from canvas_app.ui import theme
from canvas_app.ui.controls import label, row
from canvas_app.ui.grid.cell_text import raw_texts
from canvas_app.ui.grid.glimpse import counted
from canvas_app.ui.grid.model import PAGE, RowsPage, TableModel, fetch_page
from canvas_app.ui.grid.table_source import Marks, TableSource
from canvas_app.ui.grid.view import TableView

if TYPE_CHECKING:
    from canvas_app.data.engine import Engine
    from canvas_app.data.profile import ColumnProfile
    from canvas_app.ui.bridge import PreviewLane

MOST_COPIED = 100_000
"""Rows that the clipboard takes at once."""
_PROFILED_AT_ONCE = 8
_PATIENCE_MS = 100
_WIDEST = 240
_NARROWEST = (124, 164)
"""Pixels that a picture of numbers needs, and one of words."""


class TableGrid(QWidget):
    """Rows and columns of a ``TableSource``, with what is in each column above it."""

    told = Signal(str)
    """Something that the person should know, such as what was copied."""
    shown = Signal(int, int)
    """A table is on the screen: its rows and columns. Told again when the number of rows is known."""
    failed = Signal(object)
    """The ``CanvasError`` because of which the table can't be shown."""

    def __init__(self, lane: PreviewLane, *, name: str = "Rows of the table", strip: bool = True) -> None:
        """``name`` is for screen readers; ``strip`` is the line with the size and *Go to row* above."""
        super().__init__()
        self._lane = lane
        self._source: TableSource | None = None
        self._order: tuple[tuple[str, bool], ...] = ()
        self._rows = 0
        self.model = TableModel()
        self.view = TableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(name)
        self.size_words = label("", "secondary")
        self.go_to = QLineEdit()
        self.message = label("", "muted", wrap=True)
        self._busy = QProgressBar()
        self._late = QTimer(self)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out(strip=strip)
        self._connect()

    def show_table(self, source: TableSource, marks: Marks | None = None) -> None:
        """Show another table; the one before stays on the screen until its first rows are here."""
        marks = marks or Marks()
        if self._source is not None and self._source is not source:
            self._let_go(self._source)
        self._source = source
        for question in ("page", "count", "profiles"):
            self._lane.forget((id(self), question))

        def work(engine: Engine) -> tuple[Schema, RowsPage]:
            return source.schema(engine), fetch_page(engine, source, marks, 0, ())

        self._ask("page", work, lambda found: self._start(marks, *found))

    def clear(self) -> None:
        """Show nothing."""
        if self._source is not None:
            self._let_go(self._source)
        self._source = None
        self._lane.forget((id(self), "page"))
        self._quiet()
        self.model.start(Schema(), Marks(), RowsPage(()), 0)
        self.size_words.setText("")

    def sort(self, section: int, largest_first: bool | None) -> None:
        """Sort all rows by a column, in the engine; None goes back to the table's own order."""
        name = self.model.column(section).name
        self._order = () if largest_first is None else ((name, largest_first),)
        self.view.columns.sorted = self._order[0] if self._order else None
        self.view.columns.viewport().update()
        self.model.reorder()
        self.view.look()

    def jump(self, number: int) -> None:
        """Go to a row, counted from 1 as on the screen."""
        if self.model.rowCount():
            self.view.jump(min(max(1, number), self.model.rowCount()) - 1)

    def copy(self, with_header: bool) -> None:
        """Put the selected cells on the clipboard, as lines of values parted by tabs."""
        selected, source, order = self.view.selected(), self._source, self._order
        if selected is None or source is None:
            return
        rows, sections = selected
        names = [self.model.column(section).name for section in sections]
        limit = min(len(rows), MOST_COPIED)

        def work(engine: Engine) -> str:
            found = source.page(engine, rows.start, limit, order)
            columns = [raw_texts(found.column(name)) for name in names]
            lines = [names] if with_header else []
            lines += [list(cells) for cells in zip(*columns, strict=True)]
            return "\n".join("\t".join(map(_one_line, line)) for line in lines)

        self._ask("copy", work, lambda text: self._copied(text, limit, len(rows)))

    def _start(self, marks: Marks, schema: Schema, first: RowsPage) -> None:
        same = schema.names == self.model.schema.names
        self._order = ()
        self.view.columns.sorted = None
        self.model.profiles = {}
        self.model.start(schema, marks, first, first.rows)
        if not same:
            self._fit_columns(first)
        self.pages.setCurrentWidget(self.view)
        self._counted(first.rows)
        if first.rows == PAGE and self._source is not None:
            self._ask("count", self._source.count, self._counted)
        self._ask_profiles()

    def _counted(self, rows: int) -> None:
        self._rows = rows
        self.model.grow(rows)
        columns = len(self.model.schema)
        self.size_words.setText(f"{counted(rows, 'row')} · {counted(columns, 'column')}")
        self.view.numbers.updateGeometry()
        self.view.look()
        self.shown.emit(rows, columns)

    def _fetch(self, numbers: Sequence[int]) -> None:
        source, marks, order = self._source, self.model.marks, self._order
        if source is None:
            return

        def work(engine: Engine) -> list[tuple[int, RowsPage]]:
            return [(number, fetch_page(engine, source, marks, number, order)) for number in numbers]

        def done(pages: list[tuple[int, RowsPage]]) -> None:
            if order == self._order:
                for number, page in pages:
                    self.model.keep(number, page)

        self._ask("page", work, done)

    def _ask_profiles(self) -> None:
        """Ask for the columns on the screen that have none yet, a few at once."""
        source = self._source
        names = [self.model.column(section).name for section in self.view.visible_sections()]
        missing = [name for name in names if name not in self.model.profiles][:_PROFILED_AT_ONCE]
        if source is None or not missing or self.model.rowCount() == 0:
            return

        def done(found: tuple[ColumnProfile, ...]) -> None:
            self.model.learn(found)
            self._ask_profiles()

        self._ask("profiles", lambda engine: source.profiles(engine, missing), done)

    def _ask(self, question: str, work: Callable[[Engine], Any], done: Callable[[Any], None]) -> None:
        """Ask the lane about this table; an answer about another one that was shown before is dropped."""
        source = self._source

        def answered(found: Any) -> None:
            self._quiet()
            if source is self._source:
                done(found)

        def failed(error: CanvasError) -> None:
            self._quiet()
            if source is self._source and question == "page":
                self._show_error(error)
            elif source is self._source:
                self.told.emit(str(error))

        if not self._late.isActive() and self._busy.isHidden():
            self._late.start(_PATIENCE_MS)
        self._lane.ask((id(self), question), work, answered, failed)

    def _quiet(self) -> None:
        self._late.stop()
        self._busy.hide()

    def _show_error(self, error: CanvasError) -> None:
        self.message.setText(str(error))
        self.pages.setCurrentWidget(self.message)
        self.failed.emit(error)

    def _copied(self, text: str, rows: int, of: int) -> None:
        QGuiApplication.clipboard().setText(text)
        words = f"Copied {counted(rows, 'row')}"
        self.told.emit(f"{words} of {counted(of, 'row')}." if rows < of else f"{words}.")

    def _let_go(self, source: TableSource) -> None:
        self._lane.ask((id(source), "release"), lambda _: source.release(), lambda _: None, self.failed.emit)

    def _fit_columns(self, first: RowsPage) -> None:
        metrics = self.view.fontMetrics()
        for section, info in enumerate(self.model.schema):
            texts = [text[:60] for text in first.texts[section][:30] if text] if first.texts else []
            name = metrics.horizontalAdvance(info.name[:40]) + 64
            cells = max((metrics.horizontalAdvance(text) for text in texts), default=0) + 24
            self.view.columns.resizeSection(
                section, min(max(name, cells, _NARROWEST[info.type == "text"]), _WIDEST)
            )

    def _connect(self) -> None:
        self.model.wanted.connect(self._fetch)
        self.view.looked.connect(self.model.look_at)
        self.view.looked_aside.connect(self._ask_profiles)
        self.view.copy_asked.connect(self.copy)
        self.view.sort_asked.connect(self.sort)
        self.view.columns.sort_asked.connect(self._sort_next)
        self.view.columns.sectionResized.connect(lambda *_: self._ask_profiles())
        self.go_to.returnPressed.connect(lambda: self.jump(int(self.go_to.text() or 1)))
        theme.changed.connect(self._dress)
        self._late.setSingleShot(True)
        self._late.timeout.connect(self._busy.show)

    def _sort_next(self, section: int) -> None:
        """Smallest first, then largest first, then the table's own order."""
        name = self.model.column(section).name
        following = {(name, False): True, (name, True): None}
        self.sort(section, following.get(self._order[0], False) if self._order else False)

    def _dress(self) -> None:
        self.view.numbers.setDefaultSectionSize(theme.current().table_row)
        self.view.columns.updateGeometry()
        self.view.viewport().update()

    def _lay_out(self, *, strip: bool) -> None:
        self.go_to.setPlaceholderText("Go to row")
        self.go_to.setAccessibleName("Go to row")
        self.go_to.setProperty("dense", "true")
        self.go_to.setValidator(QIntValidator(1, 2_000_000_000, self.go_to))
        self.go_to.setFixedWidth(110)
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedHeight(3)
        self._busy.setAccessibleName("Fetching rows")
        self._busy.hide()
        self.message.setMargin(24)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.message)
        self.strip = QWidget()
        self.strip.setVisible(strip)
        line = row(self.size_words, 1, self.go_to)
        line.setContentsMargins(12, 6, 12, 6)
        self.strip.setLayout(line)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(self.strip)
        around.addWidget(self._busy)
        around.addWidget(self.pages, 1)


def _one_line(text: str) -> str:
    """A value that stays in its cell when it is pasted."""
    return " ".join(text.split()) if any(sign in text for sign in "\t\n\r") else text
