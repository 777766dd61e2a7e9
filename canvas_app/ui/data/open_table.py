"""An open table: its rows, its profile, how its columns hang together, and charts of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from canvas_app.base.spec import Condition, Json
from canvas_app.data.schema import Schema
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.grid.table_source import ParquetTable

if TYPE_CHECKING:
    from canvas_app.jobs.pool import JobRunner
    from canvas_app.ui.bridge import PreviewLane
    from canvas_app.ui.data.chart_view import ChartView
    from canvas_app.ui.data.profile_view import ProfileView
    from canvas_app.ui.data.relations_view import RelationsView

    Looked = ProfileView | RelationsView | ChartView

TABS = ("Table", "Profile", "Relations", "Charts")


class OpenTable(QWidget):
    """Shows one Parquet file in four ways; but for the rows, each is made when it is first looked at."""

    failed = Signal(str)

    def __init__(self, lane: PreviewLane, runner: JobRunner) -> None:
        super().__init__()
        self._lane, self._runner = lane, runner
        self._shown: tuple[Path, Schema] | None = None
        self._views: dict[int, Looked] = {}
        self._told: dict[int, Path] = {}
        self.grid = TableGrid(lane)
        self.tabs = QTabBar()
        self.pages = QStackedWidget()
        self._lay_out()
        self.tabs.currentChanged.connect(self._turn)

    @property
    def profile(self) -> ProfileView:
        """The profiles of its columns."""
        from canvas_app.ui.data.profile_view import ProfileView

        view = self._view(1)
        assert isinstance(view, ProfileView)
        return view

    @property
    def relations(self) -> RelationsView:
        """How its columns hang together."""
        from canvas_app.ui.data.relations_view import RelationsView

        view = self._view(2)
        assert isinstance(view, RelationsView)
        return view

    @property
    def charts(self) -> ChartView:
        """Charts of it."""
        from canvas_app.ui.data.chart_view import ChartView

        view = self._view(3)
        assert isinstance(view, ChartView)
        return view

    def show_file(self, path: Path, schema: Schema, arranged: Mapping[str, Json]) -> None:
        """Show the rows of another table; the other ways follow when they are turned to."""
        self._leave()
        self._shown = (path, schema)
        self.grid.show_table(ParquetTable(path), arranged=arranged)
        self.tabs.setCurrentIndex(0)
        self._turn()

    def clear(self) -> None:
        """Show nothing, and stop what is computed."""
        self._leave()
        self._shown = None
        self._told = {}
        self.grid.clear()

    def show_rows(self, column: str, conditions: tuple[Condition, ...]) -> None:
        """Go to the rows that meet conditions on a column."""
        self.tabs.setCurrentIndex(0)
        self.grid.filter_column(column, conditions)
        self.grid.view.setFocus()

    def draw_pair(self, left: str, right: str) -> None:
        """Go to a chart of two columns."""
        charts = self.charts
        self._tell(3)
        charts.show_pair(left, right)
        self.tabs.setCurrentIndex(3)

    def _turn(self) -> None:
        self._leave()
        at = self.tabs.currentIndex()
        self.pages.setCurrentWidget(self.grid if at == 0 else self._view(at))
        if at and self._shown is not None:
            self._tell(at)
            self._view(at).look()

    def _tell(self, at: int) -> None:
        """Let a view know of the table, once."""
        if self._shown is not None and self._told.get(at) != self._shown[0]:
            self._told[at] = self._shown[0]
            self._view(at).show_file(*self._shown)

    def _leave(self) -> None:
        for view in self._views.values():
            view.leave()

    def _view(self, at: int) -> Looked:
        if at not in self._views:
            self._views[at] = self._made(at)
            self.pages.addWidget(self._views[at])
        return self._views[at]

    def _made(self, at: int) -> Looked:
        if at == 1:
            from canvas_app.ui.data.profile_view import ProfileView

            profile = ProfileView(self._lane)
            profile.rows_wanted.connect(self.show_rows)
            return profile
        if at == 2:
            from canvas_app.ui.data.relations_view import RelationsView

            relations = RelationsView(self._runner)
            relations.pair_wanted.connect(self.draw_pair)
            relations.failed.connect(self.failed)
            return relations
        from canvas_app.ui.data.chart_view import ChartView

        charts = ChartView(self._lane)
        charts.failed.connect(self.failed)
        return charts

    def _lay_out(self) -> None:
        for at, name in enumerate(TABS):
            self.tabs.addTab(name)
            self.tabs.setTabToolTip(at, f"Ctrl+{at + 1}")
            keys = QShortcut(QKeySequence(f"Ctrl+{at + 1}"), self)
            keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            keys.activated.connect(lambda place=at: self.tabs.setCurrentIndex(place))
        self.tabs.setAccessibleName("What to show of the table")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setElideMode(Qt.TextElideMode.ElideNone)
        self.pages.addWidget(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
