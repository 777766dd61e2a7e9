"""Where tables are shaped and models are asked for: palette, canvas, inspector and preview of one flow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.ui.controls import folded
from canvas_app.ui.page import Page, PageSpec

if TYPE_CHECKING:
    from canvas_app.flow.flow import NodeId
    from canvas_app.flow.write_job import WrittenFile
    from canvas_app.project.change import Change


class FlowPage(Page):
    """The canvas of one flow, with everything about the node that is selected in it."""

    spec = PageSpec(
        kind="flow",
        title="Flow",
        icon="ph.flow-arrow",
        order=20,
        heading=False,
        margin=0,
        help="Shape tables step by step, see what each step does, and ask for a model at the end.",
    )

    def build_up(self) -> None:
        """Make palette, canvas, inspector and preview, and let them follow one desk."""
        from canvas_app.ui.canvas.desk import Desk
        from canvas_app.ui.flow.flow_state import StateReader
        from canvas_app.ui.flow.workbench import Workbench

        self.desk = Desk(self.session, self.session.project.flows[0].id)
        self.bench = Workbench(self.desk, self.frame.lane)
        self._reader = StateReader(self.session, self.frame.runner.works)
        self._state = self._reader.read(self.desk.flow)
        self._written: dict[NodeId, str] = {}
        self.build_action = QAction("Build model", self)
        self.build_action.triggered.connect(lambda: self.build_model())
        self.stack(self.bench)
        for name, splitter in self.bench.splitters():
            self.frame.keep_sizes(name, splitter)
        self._connect()

    def refresh(self, change: Change) -> None:
        """Follow an edit of the flow, of the tables, or a model that was built."""
        if change.touches("datasets") or change.touches("flows") or change.touches("models"):
            self._offer()
            self.desk.follow()

    def arrive(self, **arguments: Any) -> None:
        """``arrive(add=KIND)`` adds a step behind the selection; ``arrive(node=ID)`` selects a node."""
        if arguments.get("add"):
            self.bench.canvas.add(str(arguments["add"]))
        if arguments.get("node"):
            self.desk.select((str(arguments["node"]),))
            self.bench.canvas.view.reveal(str(arguments["node"]))
        self.bench.canvas.view.setFocus()

    def leave(self) -> None:
        """Another page takes its place."""
        self.bench.preview.leave()

    def crumb(self) -> str:
        """The name of the flow."""
        return self.desk.flow.name

    def primary(self) -> QAction | None:
        """Build the model that the flow asks for."""
        return self.build_action

    def help_topic(self) -> str:
        """The step or node that one is working on."""
        return self.bench.help_topic() or super().help_topic()

    def edits(self) -> Sequence[QWidget | QAction]:
        """Inspector, palette and buttons; building says by itself why it can't be done."""
        return self.bench.edits()

    def build_model(self, node: NodeId | None = None) -> None:
        """Build the model of a node, or the one that the flow asks for, and watch it being built."""
        wanted = node or self._state.model_node(self.desk.current)
        if wanted is None:
            return
        if self._do(lambda: self.session.build(self.desk.flow.id, wanted, failed=self.frame.say)):
            self.frame.go("models", build=True)

    def write_file(self, node: NodeId) -> None:
        """Write the file of a node, and say where it lies."""

        from canvas_app.ui.grid.glimpse import counted

        def written(file: WrittenFile) -> None:
            self._written[node] = f"{counted(file.rows, 'row')} written to {file.path}"
            self._follow_selection()

        self._do(
            lambda: self.session.write_file(self.desk.flow.id, node, done=written, failed=self.frame.say)
        )

    def import_file(self) -> None:
        """Ask for files, and put each on the canvas."""
        from canvas_app.data.source import suffixes

        endings = " ".join(f"*{suffix}" for suffix in suffixes())
        names, _ = QFileDialog.getOpenFileNames(
            self, "Import files", "", f"Tables ({endings});;All files (*)"
        )
        if names:
            centre = self.bench.canvas.view.centre()
            self.desk.import_files([Path(name) for name in names], (centre.x(), centre.y()))

    def new_flow(self) -> None:
        """Add an empty flow to the project, and edit it."""
        from canvas_app.flow.flow import Flow
        from canvas_app.project.project import with_flow

        taken = {flow.id for flow in self.session.project.flows}
        number = next(n for n in range(len(taken) + 1, 10_000) if f"flow-{n}" not in taken)
        flow = Flow(id=f"flow-{number}", name=f"Flow {number}")
        if self._do(lambda: self.session.edit("New flow", with_flow, flow)):
            self.desk.open(flow.id)

    def _do(self, deed: Callable[[], object]) -> bool:
        """Do it, or say why it can't be done."""
        try:
            deed()
        except CanvasError as error:
            self.say(error)
            return False
        return True

    def _offer(self) -> None:
        from canvas_app.ui.canvas.offers import offers

        self.bench.offer(offers(self.session.project.datasets))

    def _connect(self) -> None:
        inspector, desk = self.bench.inspector, self.desk
        desk.flow_changed.connect(self._follow)
        desk.selection_changed.connect(self._follow_selection)
        desk.refused.connect(self.say)
        self.bench.flow_chosen.connect(desk.open)
        self.bench.canvas.import_wanted.connect(self.import_file)
        inspector.new_flow_wanted.connect(self.new_flow)
        inspector.build_wanted.connect(self.build_model)
        inspector.write_wanted.connect(self.write_file)
        inspector.help_wanted.connect(self.frame.show_help)
        inspector.build_watched.connect(lambda: self.frame.go("models", build=True))
        inspector.model_opened.connect(lambda model: self.frame.go("models", model=model))
        inspector.dataset_opened.connect(lambda key: self.frame.go("data", dataset=key))
        self.frame.runner.changed.connect(self._follow_jobs)

    def _follow(self) -> None:
        """The flow, its tables, its models or its jobs are others than before."""
        self._state = self._reader.read(self.desk.flow)
        self.bench.show_state(self._state)
        self.bench.show_flows(self.session.project.flows, self.desk.flow.id)
        self._follow_selection()
        self._follow_action()
        self.bar_changed.emit()

    def _follow_selection(self) -> None:
        self.bench.show_selection(lambda node: self._written.get(node, ""), self.session.datasets_of)
        self._follow_action()

    def _follow_jobs(self) -> None:
        from canvas_app.ui.flow.flow_state import running_for

        running = running_for(self.desk.flow, self.frame.runner.works())
        if running != self._state.running:
            self._follow()

    def _follow_action(self) -> None:
        """The button in the bar says what is missing while it can't be pressed."""
        state = self._state
        node = state.model_node(self.desk.current)
        if state.locked:
            why = state.locked
        elif node is None:
            why = "Add a Predict a column node first."
        elif node in state.running:
            why = "It is being built."
        else:
            why = state.why_not(node)
        self.build_action.setEnabled(not why)
        self.build_action.setToolTip(folded(why) or "Search for the best model of this flow")
