"""A table of any size on the screen: only what is looked at is fetched, and nothing waits for it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Condition
from canvas_app.data.schema import Schema
from canvas_app.ui import theme
from canvas_app.ui.controls import label
from canvas_app.ui.grid.arranged_table import ArrangedTable
from canvas_app.ui.grid.cell_text import raw_texts, spaced
from canvas_app.ui.grid.column_menu import ColumnMenu
from canvas_app.ui.grid.glimpse import counted
from canvas_app.ui.grid.grid_bar import GridBar
from canvas_app.ui.grid.model import PAGE, RowsPage, TableModel, fetch_page
from canvas_app.ui.grid.table_source import Marks, TableSource
from canvas_app.ui.grid.view import TableView

if TYPE_CHECKING:
    from canvas_app.data.cell_search import Hits
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
        """``name`` is for screen readers; ``strip`` is the bar above: size, find, filter, *Go to row*."""
        super().__init__()
        self._lane = lane
        self._source: ArrangedTable | None = None
        self._marks = Marks()
        self._order: tuple[tuple[str, bool], ...] = ()
        self.has_strip = strip
        self.model = TableModel()
        self.view = TableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(name)
        self.bar = GridBar(self.view)
        self.size_words, self.go_to, self.hidden = self.bar.size_words, self.bar.go_to, self.bar.hidden
        self.message = label("", "muted", wrap=True)
        self._busy = QProgressBar()
        self._late = QTimer(self)
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out(strip=strip)
        self._connect()

    def show_table(self, source: TableSource, marks: Marks | None = None) -> None:
        """Show another table; the one before stays on the screen until its first rows are here."""
        self._marks = marks = marks or Marks()
        self._leave(source)
        self._source = arranged = ArrangedTable(source)

        def work(engine: Engine) -> tuple[Schema, RowsPage]:
            return arranged.schema(engine), fetch_page(engine, arranged, marks, 0, ())

        self._ask("page", work, lambda found: self._start(marks, *found))

    def clear(self) -> None:
        """Show nothing."""
        self._leave(None)
        self._source = None
        self._quiet()
        self.model.start(Schema(), Marks(), RowsPage(()), 0)
        self.size_words.setText("")

    def sort(self, section: int, largest_first: bool | None) -> None:
        """Sort all rows by a column, in the engine; None goes back to the table's own order."""
        name = self.model.column(section).name
        self._order = () if largest_first is None else ((name, largest_first),)
        self.view.columns.sorted = self._order[0] if self._order else None
        self.view.columns.viewport().update()
        self.bar.find_line.say("")
        self.model.reorder()
        self.view.look()

    def filter(self, conditions: Sequence[Condition]) -> None:
        """Show the rows that meet all of the conditions, found in the engine; none shows all rows."""
        if self._source is None:
            return
        source = self._source.source
        self._leave(source)
        self._source = arranged = ArrangedTable(source, conditions)
        order, marks = self._order, replace(self._marks, before=None) if conditions else self._marks
        self.view.columns.filtered = frozenset(condition.column for condition in conditions)

        def work(engine: Engine) -> tuple[int, int, RowsPage]:
            rows = arranged.count(engine)
            return rows, source.count(engine), fetch_page(engine, arranged, marks, 0, order)

        self._ask("page", work, lambda found: self._filtered(marks, *found))

    def begin_filter(self, section: int | None = None) -> None:
        """Let the person type a condition on a column."""
        self.bar.begin_filter(section)

    def find_text(self, text: str, step: int) -> None:
        """Go to a cell that holds a text: the first from here on (0), the next (1) or the one before (-1)."""
        source, order, here = self._source, self._order, self.view.currentIndex()
        self._lane.forget((id(self), "find"))
        if source is None or not text:
            return
        hidden = set(self.hidden.sections())
        sections = [part for part in range(len(self.model.schema)) if part not in hidden]
        names = [self.model.column(section).name for section in sections]
        row, part = max(0, here.row()), bisect_left(sections, max(0, here.column()))
        after = part + 1 if step > 0 and here.isValid() else part

        def work(engine: Engine) -> tuple[Hits, int, tuple[int, int]]:
            hits = source.find(engine, text, names, order)
            if not hits.count:
                return hits, 0, (0, 0)
            number = (hits.first_from(row, after) + min(step, 0)) % hits.count
            return hits, number, hits.cell(number)

        def done(found: tuple[Hits, int, tuple[int, int]]) -> None:
            hits, number, (place, among) = found
            if hits.count and place < self.model.rowCount():
                self.view.point_at(place, sections[among])
            self.bar.find_line.show_hit(number, hits)

        self._ask("find", work, done)

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
        seen = [section for section in sections if not self.view.isColumnHidden(section)]
        names = [self.model.column(section).name for section in seen]
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
        self.bar.find_line.say("")
        self.view.columns.filtered = frozenset()
        self.bar.filter_line.show_columns(schema)
        if not same:
            self.hidden.show_columns(self.hidden.sections())
            self._fit_columns(first)
        self.pages.setCurrentWidget(self.view)
        self._counted(first.rows)
        if first.rows == PAGE and self._source is not None:
            self._ask("count", self._source.count, self._counted)
        self._ask_profiles()

    def _filtered(self, marks: Marks, rows: int, of: int, first: RowsPage) -> None:
        self.model.start(self.model.schema, marks, first, rows)
        self.bar.find_line.say("")
        self.pages.setCurrentWidget(self.view)
        self._counted(rows, of)
        self._ask_profiles()

    def _counted(self, rows: int, of: int | None = None) -> None:
        self.model.grow(rows)
        columns = len(self.model.schema)
        filtered = of is not None and self._source is not None and self._source.conditions
        size = f"rows {spaced(f'{rows:,}')} of {spaced(f'{of:,}')}" if filtered else counted(rows, "row")
        self.size_words.setText(f"{size} · {counted(columns, 'column')}")
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
            if question == "find":
                self.bar.find_line.say("")
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

    def _leave(self, source: TableSource | None) -> None:
        """Ask nothing more about what is shown; let go of it, and of its source if another one comes."""
        for question in ("page", "count", "profiles", "find"):
            self._lane.forget((id(self), question))
        if self._source is not None:
            self._let_go(self._source)
            if self._source.source is not source:
                self._let_go(self._source.source)

    def _let_go(self, source: TableSource) -> None:
        self._lane.ask((id(source), "release"), lambda _: source.release(), lambda _: None, self.failed.emit)

    def _open_menu(self, section: int, place: QPoint) -> None:
        ColumnMenu(self, section).open_at(place)

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
        self.view.columns.menu_asked.connect(self._open_menu)
        self.view.menu_asked.connect(self._open_menu)
        self.bar.find_line.asked.connect(self.find_text)
        self.bar.filter_line.changed.connect(self.filter)
        for line in (self.bar.find_line, self.bar.filter_line):
            line.left.connect(self.view.setFocus)
        self.hidden.changed.connect(self._ask_profiles)
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
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedHeight(3)
        self._busy.setAccessibleName("Fetching rows")
        self._busy.hide()
        self.message.setMargin(24)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.message)
        self.bar.setVisible(strip)
        if strip:
            self.bar.add_shortcuts(self)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(self.bar)
        around.addWidget(self._busy)
        around.addWidget(self.pages, 1)


def _one_line(text: str) -> str:
    """A value that stays in its cell when it is pasted."""
    return " ".join(text.split()) if any(sign in text for sign in "\t\n\r") else text
