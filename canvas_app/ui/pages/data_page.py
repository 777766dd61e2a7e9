"""The tables of the project: bring some in, look at one, take it into a flow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.ui.controls import button, card, label, row
from canvas_app.ui.look_only import why_locked
from canvas_app.ui.page import Page, PageSpec

if TYPE_CHECKING:
    from canvas_app.base.spec import Json
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.engine import Engine
    from canvas_app.data.finding import Found
    from canvas_app.data.health import HealthReport
    from canvas_app.data.profile import ColumnProfile
    from canvas_app.data.schema import Schema
    from canvas_app.project.change import Change

_QUESTION = "profile of the table that is chosen"


class DataPage(Page):
    """What data there is, and the ways to bring in more."""

    spec = PageSpec(
        kind="data",
        title="Data",
        icon="ph.database",
        order=10,
        heading=False,
        margin=0,
        help="Bring tables in by dropping files, look at their rows, and take them into a flow.",
    )

    def build_up(self) -> None:
        """The list with its side panel; and the table of any size, in their place when it is open."""
        from canvas_app.ui.data.bringing import Bringing
        from canvas_app.ui.data.dataset_list import DatasetList
        from canvas_app.ui.data.dataset_panel import DatasetPanel
        from canvas_app.ui.data.drop_area import DropArea
        from canvas_app.ui.data.health_desk import HealthDesk
        from canvas_app.ui.data.imports import RunningImports
        from canvas_app.ui.data.open_table import OpenTable
        from canvas_app.ui.data.renewals import Renewals
        from canvas_app.ui.grid.view_saving import ViewSaving

        self.drop_area = DropArea()
        self.imports = RunningImports(self.frame.runner)
        self.datasets = DatasetList()
        self.panel = DatasetPanel()
        self.health = HealthDesk(lambda: self.session)
        self.bringing = Bringing(self, self.frame.runner, self.frame.lane, lambda: self.session)
        self.renewals = Renewals(self, self.panel.source, self.frame.lane, lambda: self.session)
        self.opened = OpenTable(self.frame.lane, self.frame.runner)
        self.grid = self.opened.grid
        self.saving = ViewSaving(self.grid, self.frame.runner, self.say)
        self.back = button("Datasets", self.show_list, symbol="ph.caret-left")
        self.back.setAccessibleDescription("Back to the list of tables")
        self.open_title = label("", "page-title")
        self._open: Dataset | None = None
        self._report: HealthReport | None = None
        self._profiles: dict[str, tuple[ColumnProfile, ...]] = {}
        self._make_actions()
        self._connect()
        self.overview = self._make_overview()
        self.table = self._make_table()
        self.views = QStackedWidget()
        self.views.addWidget(self.overview)
        self.views.addWidget(self.table)
        self.stack(self.views)

    def refresh(self, change: Change) -> None:
        """Follow tables that come and go, and flows that put right what was found in them."""
        if change.touches("flows"):
            self._show_health()
        if not change.touches("datasets") and self.datasets.tables.datasets:
            return
        before = {item.key for item in change.before.datasets}
        new = [item.key for item in self.session.project.datasets if item.key not in before]
        current = self.datasets.current()
        self._show_datasets(new[-1] if new else current.key if current else "")
        if self._open is not None and self._open not in self.session.project.datasets:
            self.show_list()

    def arrive(self, **arguments: Any) -> None:
        """Look at a certain table: ``arrive(dataset="titanic/1")``."""
        key = arguments.get("dataset", "")
        dataset = self.session.project.dataset(key) if key else None
        if dataset is not None:
            self.datasets.choose(key)
            self.open_table(dataset)

    def crumb(self) -> str:
        """Data, and the table that is open."""
        return f"Data / {self._open.name}" if self._open is not None else "Data"

    def primary(self) -> QAction | None:
        """Importing."""
        return self.import_action

    def edits(self) -> Sequence[QWidget | QAction]:
        """All that brings tables in, takes them out, or puts them into a flow."""
        return (
            self.import_action,
            self.drop_area,
            self.panel.remove,
            self.panel.use,
            *self.panel.source.edits(),
        )

    def bring(self, paths: list[Path]) -> None:
        """Import files into the project, each as a table."""
        self.bringing.bring(paths)

    def open_table(self, dataset: Dataset | None) -> None:
        """Show the rows of a table in place of the list."""
        if dataset is None:
            return
        self.banner.move_on()
        self._open = dataset
        self.open_title.setText(dataset.name)
        arranged = self.frame.recall(self._arrangement_of(dataset))
        self.opened.show_file(self.session.data_path(dataset.key), dataset.schema, arranged)
        self.saving.offer(self.session.exports / dataset.name)
        self.views.setCurrentWidget(self.table)
        self.grid.view.setFocus()
        self.bar_changed.emit()

    def _arrangement_of(self, dataset: Dataset) -> str:
        """Under which name it is remembered how the columns of a table, in all its versions, lie."""
        return f"columns/{self.session.folder}/{dataset.name}"

    def _remember_columns(self, arranged: Mapping[str, Json]) -> None:
        if self._open is not None:
            self.frame.remember(self._arrangement_of(self._open), arranged)

    def show_list(self) -> None:
        """Go back from the table to the list."""
        if self._open is None:
            return
        self._open = None
        self.opened.clear()
        self.views.setCurrentWidget(self.overview)
        self.datasets.setFocus()
        self.bar_changed.emit()

    def use_in_flow(self) -> None:
        """Put the chosen table into the flow, as the start of it, and go there."""
        from canvas_app.flow.edits import add_node, free_place
        from canvas_app.flow.ends.dataset import DatasetNode
        from canvas_app.flow.flow import Flow

        dataset = self.datasets.current()
        if dataset is None:
            return

        def add(flow: Flow) -> Flow:
            return add_node(flow, DatasetNode(dataset=dataset.key), *free_place(flow, 0.0, 0.0))

        flow = self.session.project.flows[0].id
        if self._try(partial(self.session.edit_flow, f"Add {dataset.name} to the flow", flow, add)):
            self.frame.go("flow", node=self.session.project.flow(flow).nodes[-1].id)

    def remove(self) -> None:
        """Take the chosen table out of the project; undo brings it back."""
        from canvas_app.project.project import remove_dataset

        dataset = self.datasets.current()
        if dataset is not None and self._try(
            partial(self.session.edit, f"Remove {dataset.name}", remove_dataset, dataset.key)
        ):
            self.say(f"{dataset.name} was removed. Undo brings it back.", "note")

    def _make_room(self) -> None:
        """Something is on its way: the list is where it will come."""
        self.show_list()
        self.banner.move_on()

    def _show_datasets(self, choose: str) -> None:
        datasets = self.session.project.datasets
        self._show_emptiness()
        self.list_card.setVisible(bool(datasets))
        self.panel.setVisible(bool(datasets))
        self.datasets.show_datasets(datasets, choose)

    def _show_emptiness(self) -> None:
        """What to do where there is nothing: not while something is on its way."""
        self.empty.setVisible(not self.session.project.datasets and not self.imports.cards())

    def _show_chosen(self, dataset: Dataset | None) -> None:
        self.frame.lane.forget(_QUESTION)
        if dataset is None:
            return
        path = self.session.data_path(dataset.key)
        rejected = path.with_suffix(".rejected.csv").exists()
        self.panel.show_dataset(dataset, rejected=rejected)
        self.renewals.show(dataset)
        self._look_at_health(dataset)
        known = self._profiles.get(dataset.blob)
        if known is not None:
            self.panel.show_profiles(dataset.schema, known)
            return

        def work(engine: Engine) -> tuple[ColumnProfile, ...]:
            from canvas_app.data.profile import profile_file

            return profile_file(engine, path)

        done = partial(self._profiled, dataset.blob, dataset.schema)
        self.frame.lane.ask(_QUESTION, work, done, self.say)

    def _profiled(self, blob: str, schema: Schema, profiles: tuple[ColumnProfile, ...]) -> None:
        self._profiles[blob] = profiles
        self.panel.show_profiles(schema, profiles)

    def _look_at_health(self, dataset: Dataset) -> None:
        self._report = None
        self.panel.show_health(None, self._is_done)
        self.health.look(dataset)
        self.panel.show_target(dataset.schema, self.health.target)

    def _choose_target(self, name: str) -> None:
        self._report = None
        self.panel.show_health(None, self._is_done)
        self.health.choose_target(name)
        if self.health.dataset is not None:
            self.panel.show_target(self.health.dataset.schema, self.health.target)

    def _reported(self, report: HealthReport) -> None:
        self._report = report
        self._show_health()

    def _show_health(self) -> None:
        if self._report is not None:
            self.panel.found.lock(why_locked(self.session))
            self.panel.show_health(self._report, self._is_done)

    def _is_done(self, found: Found) -> bool:
        return found.fix is not None and self.health.put_already(found.fix) is not None

    def _put_right(self, found: Found) -> None:
        """Add the step to the flow, and look there at what it changes."""
        if found.fix is None:
            return
        try:
            node = self.health.put_right(found.fix)
        except CanvasError as error:
            self.say(error)
            return
        self.frame.go("flow", node=node)

    def _show_report(self) -> None:
        from canvas_app.ui.data.report_dialog import ReportDialog

        if self._report is not None and self.health.dataset is not None:
            dialog = ReportDialog(self, self.health.dataset, self._report, self._is_done)
            dialog.found.lock(why_locked(self.session))
            dialog.found.fix_wanted.connect(self._put_right)
            dialog.open()

    def _look_at_rejected(self) -> None:
        dataset = self.datasets.current()
        if dataset is not None:
            path = self.session.data_path(dataset.key).with_suffix(".rejected.csv")
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _try(self, edit: Any) -> bool:
        """Do it, or say why it can't be done."""
        try:
            edit()
        except CanvasError as error:
            self.say(error)
            return False
        return True

    def _make_actions(self) -> None:
        self.import_action = QAction("Import", self)
        self.import_action.setToolTip("Choose files to import")
        self.import_action.setShortcut(QKeySequence("Ctrl+I"))
        self.import_action.triggered.connect(self.drop_area.ask_for_files)

    def _connect(self) -> None:
        self.imports.changed.connect(self._show_emptiness)
        self.drop_area.brought.connect(self.bringing.ask_together)
        self.drop_area.pasted.connect(self.bringing.bring_pasted)
        self.drop_area.database_wanted.connect(self.bringing.ask_database)
        self.drop_area.sample_wanted.connect(self.bringing.bring_sample)
        self.bringing.begun.connect(self._make_room)
        for part in (self.bringing, self.renewals):
            part.told.connect(lambda words: self.say(words, "note"))
            part.failed.connect(self.say)
        self.drop_area.source_wanted.connect(self.bringing.bring_source)
        self.datasets.chosen.connect(self._show_chosen)
        self.datasets.opened.connect(self.open_table)
        self.datasets.removed.connect(lambda _: self.panel.remove.click())
        self.panel.open_wanted.connect(lambda: self.open_table(self.datasets.current()))
        self.panel.flow_wanted.connect(self.use_in_flow)
        self.panel.remove_wanted.connect(self.remove)
        self.panel.rejected_wanted.connect(self._look_at_rejected)
        self.panel.report_wanted.connect(self._show_report)
        self.panel.target_chosen.connect(self._choose_target)
        self.panel.found.fix_wanted.connect(self._put_right)
        self.health.reported.connect(self._reported)
        self.health.told.connect(self.panel.say_health)
        self.health.failed.connect(self.say)
        self.renewals.open_wanted.connect(lambda key: self.arrive(dataset=key))
        self.grid.told.connect(lambda words: self.say(words, "note"))
        self.grid.arranged.connect(self._remember_columns)
        self.opened.failed.connect(self.say)

    def _make_overview(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(16)
        self.list_card, inside = card(margin=1, spacing=0)
        inside.addWidget(self.datasets)
        self.empty = self._make_empty()
        for part in (label("Data", "page-title"), self.drop_area, self.imports, self.list_card, self.empty):
            column.addWidget(part)
        column.addStretch(1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        splitter.setSizes([900, 400])
        splitter.setChildrenCollapsible(False)
        self.frame.keep_sizes("data", splitter)
        return splitter

    def _make_empty(self) -> QFrame:
        made, inside = card(margin=24, spacing=4)
        inside.addWidget(label("There are no tables in this project yet", "panel-title"))
        words = (
            "Drop a file above, browse for one, paste a table, or begin with sample data. "
            "A table is copied into the project, so the file itself is never changed."
        )
        inside.addWidget(label(words, "muted", wrap=True))
        return made

    def _make_table(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = row(self.back, self.open_title, self.opened.tabs, 1, spacing=14)
        head.setContentsMargins(24, 14, 24, 12)
        column.addLayout(head)
        column.addWidget(self.opened, 1)
        return made
