"""All columns of a table with a small picture each; the chosen one in full beside them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QSplitter, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.data.schema import Schema
from canvas_app.ui.data.column_details_view import ColumnDetailsView
from canvas_app.ui.grid.column_list import ColumnList

if TYPE_CHECKING:
    from canvas_app.data.details.column import ColumnDetails
    from canvas_app.data.engine import Engine
    from canvas_app.data.profile import ColumnProfile
    from canvas_app.ui.bridge import PreviewLane

_AT_ONCE = 8
"""Columns that are measured by one question, so that other questions need not wait long."""


class ProfileView(QWidget):
    """The profile of a Parquet file; only columns that are looked at are measured."""

    rows_wanted = Signal(str, tuple)
    """A column and the conditions of the rows that shall be shown."""

    def __init__(self, lane: PreviewLane) -> None:
        super().__init__()
        self._lane = lane
        self._path = Path()
        self._schema = Schema()
        self._profiles: dict[str, ColumnProfile] = {}
        self._known: dict[str, ColumnDetails] = {}
        self._looking = False
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a column")
        self.search.setAccessibleName("Find a column")
        self.search.setClearButtonEnabled(True)
        self.columns = ColumnList("Columns and their profiles")
        self.details = ColumnDetailsView()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(60)
        self._lay_out()
        self._rest.timeout.connect(self._ask_visible)
        self.search.textChanged.connect(self._sift)
        self.columns.verticalScrollBar().valueChanged.connect(lambda _: self._rest.start())
        self.columns.selectionModel().currentChanged.connect(self._choose)
        self.details.rows_wanted.connect(self.rows_wanted)

    def show_file(self, path: Path, schema: Schema) -> None:
        """Another table; nothing is measured before somebody looks."""
        self.leave()
        self._path, self._schema = path, schema
        self._profiles, self._known = {}, {}
        self.search.clear()
        self._sift("")

    def look(self) -> None:
        """Somebody looks: measure what is on the screen."""
        self._looking = True
        if not self.columns.currentIndex().isValid() and len(self.columns.columns.schema):
            self.columns.setCurrentIndex(self.columns.columns.index(0))
        elif self.details.found is None:
            self._choose(self.columns.currentIndex())
        self._rest.start()

    def leave(self) -> None:
        """Nobody looks any more: stop what is measured."""
        self._looking = False
        self._rest.stop()
        for question in ("glance", "details"):
            self._lane.forget((id(self), question))

    def choose(self, name: str) -> None:
        """Show a column in full."""
        names = self.columns.columns.schema.names
        if name in names:
            self.columns.setCurrentIndex(self.columns.columns.index(names.index(name)))

    def _sift(self, text: str) -> None:
        """List the columns whose name holds a text."""
        wanted = text.strip().lower()
        kept = tuple(info for info in self._schema if wanted in info.name.lower())
        self.columns.show_columns(Schema(kept), self._profiles.values())
        if not kept:
            self.details.say("No column is called so." if wanted else "This table has no columns.")
        elif self._looking:
            self.columns.setCurrentIndex(self.columns.columns.index(0))
            self._rest.start()

    def _ask_visible(self) -> None:
        """Measure a few of the columns on the screen that are not known yet, then the next few."""
        names = [name for name in self._visible() if name not in self._profiles][:_AT_ONCE]
        if not names or not self._looking:
            return
        path = self._path

        def work(engine: Engine) -> tuple[ColumnProfile, ...]:
            from canvas_app.data.profile import profile_file

            return profile_file(engine, path, names)

        self._lane.ask((id(self), "glance"), work, self._glanced, self._failed)

    def _visible(self) -> list[str]:
        view = self.columns
        names = view.columns.schema.names
        first = max(0, view.indexAt(view.viewport().rect().topLeft()).row())
        last = view.indexAt(view.viewport().rect().bottomLeft()).row()
        return list(names[first : (last if last >= 0 else min(len(names), first + 40) - 1) + 1])

    def _glanced(self, profiles: tuple[ColumnProfile, ...]) -> None:
        self._profiles.update({item.name: item for item in profiles})
        self.columns.columns.learn(profiles)
        self._ask_visible()

    def _choose(self, index: QModelIndex) -> None:
        if not index.isValid() or not self._looking:
            return
        info = self.columns.columns.schema.columns[index.row()]
        if info.name in self._known:
            self.details.show_details(self._known[info.name])
            return
        self.details.say("Measuring…", info.name)
        path = self._path

        def work(engine: Engine) -> ColumnDetails:
            from canvas_app.data.details.column import details_of_file

            return details_of_file(engine, path, info)

        self._lane.ask((id(self), "details"), work, self._came, partial(self._failed, info.name))

    def _came(self, found: ColumnDetails) -> None:
        self._known[found.name] = found
        self.details.show_details(found)

    def _failed(self, *told: str | CanvasError) -> None:
        self.details.say(str(told[-1]))

    def _lay_out(self) -> None:
        left = QWidget()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(16, 12, 8, 0)
        inside.setSpacing(8)
        inside.addWidget(self.search)
        inside.addWidget(self.columns, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.details)
        self.splitter.setSizes([380, 720])
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.splitter)
