"""A table of any size on the screen: only what is looked at is fetched, and nothing waits for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Condition, Json
from canvas_app.data.schema import Schema
from canvas_app.ui import theme
from canvas_app.ui.controls import label
from canvas_app.ui.grid.arranged_table import ArrangedTable
from canvas_app.ui.grid.cell_text import spaced
from canvas_app.ui.grid.column_menu import ColumnMenu
from canvas_app.ui.grid.column_widths import first_widths
from canvas_app.ui.grid.copied_text import copied_text, line_of, rows_taken
from canvas_app.ui.grid.finding import Finding
from canvas_app.ui.grid.glimpse import counted
from canvas_app.ui.grid.grid_bar import GridBar
from canvas_app.ui.grid.model import PAGE, Place, RowsPage, TableModel, fetch_page
from canvas_app.ui.grid.profiling import Profiling
from canvas_app.ui.grid.questions import Questions
from canvas_app.ui.grid.selection_line import SelectionLine
from canvas_app.ui.grid.table_source import Marks, TableSource
from canvas_app.ui.grid.value_counting import ValueCounting
from canvas_app.ui.grid.view import TableView

if TYPE_CHECKING:
    from canvas_app.data.cell_statistics import CellStatistics
    from canvas_app.data.engine import Engine
    from canvas_app.flow.save_view_job import View
    from canvas_app.ui.bridge import PreviewLane

_SORTING = "sorting all rows …"


class TableGrid(QWidget):
    """Rows and columns of a ``TableSource``, with what is in each column above it."""

    told = Signal(str)
    """Something that the person should know, such as what was copied."""
    shown = Signal(int, int)
    """A table is on the screen: its rows and columns. Told again when the number of rows is known."""
    failed = Signal(object)
    """The ``CanvasError`` because of which the table can't be shown."""
    arranged = Signal(object)
    """How the person has arranged the columns, as ``show_table`` takes it."""
    save_wanted = Signal()
    """The person wants the rows and columns as they are shown in a file."""

    def __init__(self, lane: PreviewLane, *, name: str = "Rows of the table", strip: bool = True) -> None:
        """``name`` is for screen readers; ``strip`` is all that is around the table: bar and status line."""
        super().__init__()
        self._source: ArrangedTable | None = None
        self._marks = Marks()
        self._order: tuple[tuple[str, bool], ...] = ()
        self._arranged: Mapping[str, Json] = {}
        self._of: int | None = None
        self.has_strip = strip
        self.questions = Questions(lane)
        self.model = TableModel()
        self.view = TableView()
        self.view.setModel(self.model)
        self.view.setAccessibleName(name)
        self.bar = GridBar(self.view)
        self.size_words, self.go_to, self.hidden = self.bar.size_words, self.bar.go_to, self.bar.hidden
        self.selection = SelectionLine(self.view)
        self.message = label("", "muted", wrap=True)
        self.sheet = QWidget()
        """The table, and the fields of the filter over its header."""
        inside = QVBoxLayout(self.sheet)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.view)
        self.counting = ValueCounting(self)
        self.finding = Finding(self)
        self.profiling = Profiling(self.questions, self.view)
        self._busy = QProgressBar()
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._lay_out(strip=strip)
        self._connect()

    @property
    def source(self) -> ArrangedTable | None:
        """The table as it is filtered; None where nothing is shown."""
        return self._source

    @property
    def order(self) -> tuple[tuple[str, bool], ...]:
        """What the rows are sorted by; True for the largest first."""
        return self._order

    def show_table(
        self, source: TableSource, marks: Marks | None = None, arranged: Mapping[str, Json] | None = None
    ) -> None:
        """Show another table; the one before stays on the screen until its first rows are here.

        ``arranged`` is how its columns were arranged when it was last seen.
        """
        self._marks = marks = marks or Marks()
        self._arranged = arranged or {}
        table = ArrangedTable(source)
        self._take(table)

        def work(engine: Engine) -> tuple[Schema, RowsPage]:
            return table.schema(engine), fetch_page(engine, table, marks, Place(0), ())

        self.questions.ask("page", work, lambda found: self._start(marks, *found))

    def clear(self) -> None:
        """Show nothing."""
        self._take(None)
        self.model.start(Schema(), Marks(), RowsPage(()), 0)
        self.size_words.setText("")

    def sort(self, section: int, largest_first: bool | None) -> None:
        """Sort all rows by a column, in the engine; None goes back to the table's own order."""
        source = self._source
        if source is None:
            return
        name = self.model.column(section).name
        self._order = order = () if largest_first is None else ((name, largest_first),)
        self.questions.forget("page", "write", "find")
        self.view.columns.sorted = self._order[0] if self._order else None
        self.view.columns.viewport().update()
        self.bar.find_line.say("")
        self.model.reorder()
        self.view.look()
        self.view.selected_anew.emit()
        if order:
            self._say_size(_SORTING)
            self.questions.ask("write", partial(source.write, order=order), lambda _: self._say_size())
        else:
            self._say_size()

    def filter(self, conditions: Sequence[Condition]) -> None:
        """Show the rows that meet all of the conditions, found in the engine; none shows all rows."""
        if self._source is None:
            return
        source, order = self._source.source, self._order
        table = ArrangedTable(source, conditions)
        self._take(table)
        marks = replace(self._marks, before=None) if conditions else self._marks
        self.view.columns.filtered = frozenset(condition.column for condition in conditions)

        def work(engine: Engine) -> tuple[int, int, RowsPage]:
            rows = table.count(engine)
            return rows, source.count(engine), fetch_page(engine, table, marks, Place(0), order)

        self.questions.ask("page", work, lambda found: self._filtered(marks, *found))

    def filter_column(self, name: str, conditions: tuple[Condition, ...]) -> None:
        """Put conditions in place of those of one column; what is typed in its header goes."""
        self.bar.filters.write(name, "")
        self.bar.filter_line.only(name, conditions)

    def begin_filter(self, section: int | None = None) -> None:
        """Let the person type a condition on a column."""
        self.bar.begin_filter(section)

    def count_values(self, section: int) -> None:
        """Show how often each value of a column comes, among the rows that meet the other conditions."""
        self.counting.begin(section)

    def jump(self, number: int) -> None:
        """Go to a row, counted from 1 as on the screen."""
        if self.model.rowCount():
            self.view.jump(min(max(1, number), self.model.rowCount()) - 1)

    def jump_to_column(self, text: str) -> None:
        """Go to the column of that name, or the first whose name holds the text, even if it is hidden."""
        section = self.model.section_of(text)
        if section is None:
            self.told.emit(f"No column is called {text}.")
            return
        if self.view.isColumnHidden(section):
            self.view.arrangement.show_again([section])
        self.view.point_at(max(0, self.view.currentIndex().row(), self.view.visible_rows()[0]), section)

    def copy(self, with_header: bool) -> None:
        """Put the selected cells on the clipboard, as lines of values parted by tabs."""
        selected, source, order = self.view.selected(), self._source, self._order
        if selected is None or source is None:
            return
        rows, sections = selected
        names = [self.model.column(section).name for section in sections]

        def done(lines: list[str]) -> None:
            QGuiApplication.clipboard().setText("\n".join([line_of(names)] * with_header + lines))
            taken = rows_taken(rows, len(names))
            words = f"Copied {counted(taken, 'row')}"
            cut = taken < len(rows)
            self.told.emit(f"{words} of {counted(len(rows), 'row')}." if cut else f"{words}.")

        self.questions.ask("copy", lambda engine: copied_text(engine, source, names, rows, order), done)

    def ask_view(self, done: Callable[[View], None]) -> None:
        """Give what is shown, for a job that saves it, to ``done``."""
        source, order = self._source, self._order
        if source is None:
            return
        columns = tuple(self.model.column(section).name for section in self.view.arrangement.seen())

        def work(engine: Engine) -> View:
            from canvas_app.flow.save_view_job import View

            return View(str(source.whole(engine)), columns, source.conditions, order)

        self.questions.ask("view", work, done)

    def _start(self, marks: Marks, schema: Schema, first: RowsPage) -> None:
        same = schema.names == self.model.schema.names
        self._order = ()
        self._of = None
        self.view.columns.sorted = None
        self.view.columns.filtered = frozenset()
        self.model.profiles = {}
        if not same:
            self.model.start(Schema(), Marks(), RowsPage(()), 0)  # the header forgets all sections
            widths = first_widths(self.view.fontMetrics(), schema, first)
            self.view.arrangement.start(schema, widths)
        self.model.start(schema, marks, first, first.rows)
        self.bar.find_line.say("")
        if not same:
            self.view.arrangement.fit()
        if self._arranged:
            self.view.arrangement.arrange(self._arranged)
        self.bar.start(schema.names)
        self.pages.setCurrentWidget(self.sheet)
        self._counted(first.rows)
        if first.rows == PAGE and self._source is not None:
            self.questions.ask("count", self._source.count, self._counted)
        self._look_aside()

    def _filtered(self, marks: Marks, rows: int, of: int, first: RowsPage) -> None:
        self.model.start(self.model.schema, marks, first, rows)
        self.bar.find_line.say("")
        self.pages.setCurrentWidget(self.sheet)
        self._counted(rows, of)
        self._look_aside()
        source, order = self._source, self._order
        if source is not None and order:
            self.questions.ask("write", partial(source.write, order=order), lambda _: self._say_size())

    def _counted(self, rows: int, of: int | None = None) -> None:
        self.model.grow(rows)
        self._of = of if self._source is not None and self._source.conditions else None
        self._say_size()
        self.view.numbers.updateGeometry()
        self.view.look()
        self.shown.emit(rows, len(self.model.schema))

    def _say_size(self, doing: str = "") -> None:
        rows = self.model.rowCount()
        size = counted(rows, "row")
        if self._of is not None:
            size = f"rows {spaced(f'{rows:,}')} of {spaced(f'{self._of:,}')}"
        words = (size, counted(len(self.model.schema), "column"), doing)
        self.size_words.setText(" · ".join(word for word in words if word))

    def _fetch(self, places: Sequence[Place]) -> None:
        source, marks, order = self._source, self.model.marks, self._order
        if source is None:
            return

        def work(engine: Engine) -> list[tuple[Place, RowsPage]]:
            return [(place, fetch_page(engine, source, marks, place, order)) for place in places]

        def done(pages: list[tuple[Place, RowsPage]]) -> None:
            for place, page in pages:
                self.model.keep(place, page)
            self.view.look()

        self.questions.ask("page", work, done)

    def _look(self, first: int, last: int) -> None:
        self.model.look_at(first, last, self.view.visible_sections())

    def _look_aside(self) -> None:
        """Other columns are on the screen: their cells are fetched first, then what is in them."""
        self.view.look()
        self.profiling.look(self._source)

    def _ask_statistics(self, rows: range, sections: Sequence[int]) -> None:
        source, order = self._source, self._order
        if source is None:
            return
        names = [self.model.column(section).name for section in sections]

        def work(engine: Engine) -> CellStatistics:
            return source.statistics(engine, rows, names, order)

        self.questions.ask("statistics", work, self.selection.show_statistics)

    def _unanswered(self, kind: str, error: CanvasError) -> None:
        if kind == "page":
            self.model.give_up()
            self.message.setText(str(error))
            self.pages.setCurrentWidget(self.message)
            self.failed.emit(error)
            return
        if kind == "find":
            self.bar.find_line.say("")
        elif kind == "profiles":
            self.profiling.give_up()
        elif kind == "write":
            self._say_size()
        elif kind == "statistics":
            self.selection.say("")
        self.told.emit(str(error))

    def _take(self, source: ArrangedTable | None) -> None:
        """Ask about another table from now on; let go of the one before, and of its source if that goes."""
        before, self._source = self._source, source
        self.questions.begin(source)
        if before is not None:
            self.questions.let_go(before, self.failed.emit)
            if source is None or before.source is not source.source:
                self.questions.let_go(before.source, self.failed.emit)

    def _open_menu(self, section: int, place: QPoint) -> None:
        ColumnMenu(self, section).open_at(place)

    def _connect(self) -> None:
        view, bar = self.view, self.bar
        self.questions.late.connect(self._busy.setVisible)
        self.questions.failed.connect(self._unanswered)
        self.model.wanted.connect(self._fetch)
        view.looked.connect(self._look)
        view.looked_aside.connect(self._look_aside)
        view.copy_asked.connect(self.copy)
        view.sort_asked.connect(self.sort)
        view.columns.sort_asked.connect(self._sort_next)
        view.arrangement.edited.connect(lambda: self.arranged.emit(view.arrangement.state()))
        for asking in (view, view.columns):
            asking.menu_asked.connect(self._open_menu)
            asking.counts_asked.connect(self.count_values)
        bar.find_line.asked.connect(self.finding.go)
        bar.filter_line.changed.connect(self.filter)
        for line in (bar.find_line, bar.filters):
            line.left.connect(view.setFocus)
        bar.row_wanted.connect(self.jump)
        bar.column_wanted.connect(self.jump_to_column)
        bar.save.clicked.connect(self.save_wanted)
        self.selection.asked.connect(self._ask_statistics)
        self.selection.dropped.connect(lambda: self.questions.forget("statistics"))
        theme.changed.connect(self._dress)

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
        self.pages.addWidget(self.sheet)
        self.bar.filters.strip.setParent(self.sheet)
        self.bar.filters.strip.hide()  # also because a table below another widget is not scrolled but painted
        self.pages.addWidget(self.message)
        self.bar.setVisible(strip)
        self.selection.setVisible(strip)
        if strip:
            self.bar.add_shortcuts(self)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        for part in (self.bar, self._busy, self.pages, self.selection):
            around.addWidget(part)
        around.setStretchFactor(self.pages, 1)
