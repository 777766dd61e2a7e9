"""Palette at the left, canvas in the middle, inspector at the right, preview below; all can be folded."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from canvas_app.flow.flow import Flow, NodeId
from canvas_app.flow.step import STEPS, Learned
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.canvas.canvas import Canvas
from canvas_app.ui.canvas.desk import Desk
from canvas_app.ui.canvas.list_twin import ListTwin
from canvas_app.ui.canvas.offers import Offer
from canvas_app.ui.canvas.palette import Palette
from canvas_app.ui.controls import icon_button
from canvas_app.ui.flow.about import About
from canvas_app.ui.flow.flow_state import FlowState
from canvas_app.ui.flow.inspector import Inspector
from canvas_app.ui.flow.preview_panel import PreviewPanel
from canvas_app.ui.flow.subject import Subject
from canvas_app.ui.forms.search_combo import Choice, SearchCombo
from canvas_app.ui.forms.segments import Segments
from canvas_app.ui.help.keys import node_key

if TYPE_CHECKING:
    from canvas_app.data.finding import Found

_LEFT, _RIGHT, _BELOW = 216, 296, 300
_STEPS, _LIST = "steps", "list"


class Workbench(QWidget):
    """Shows the state of a flow, and follows the selection of its desk."""

    flow_chosen = Signal(str)

    def __init__(self, desk: Desk, lane: PreviewLane) -> None:
        super().__init__()
        self._desk = desk
        self._lane = lane
        self._state = FlowState(Flow())
        self._kept: MutableMapping[str, Learned] = {}
        self._subject: Subject | None = None
        """What the preview shall show, while it waits for a gesture to end."""
        self.canvas = Canvas(desk)
        self.steps = Palette()
        self.twin = ListTwin(desk)
        self.inspector = Inspector(desk)
        self.preview = PreviewPanel(lane)
        self.flows = SearchCombo("Flow", nothing="Flow")
        self.views = Segments("What the left panel shows", dense=True)
        self.left = self._left_panel()
        self.fold_left = icon_button("Hide the steps", "ph.caret-double-left", self._fold_left)
        self.fold_right = icon_button("Hide the inspector", "ph.caret-double-right", self._fold_right)
        self._lay_out()
        self._connect()

    def offer(self, offers: Sequence[Offer]) -> None:
        """What can be added to the flow."""
        self.canvas.offer(offers)
        self.steps.offer(offers)

    def show_state(self, state: FlowState) -> None:
        """Follow the flow and what is true of it."""
        self._state = state
        faces = state.faces()
        self.canvas.show_flow(faces)
        self.twin.show_faces(faces)

    def show_flows(self, flows: Sequence[Flow], current: str) -> None:
        """Offer the flows of the project, where there are several."""
        self.flows.offer([Choice(flow.id, flow.name) for flow in flows], current)
        self.flows.setVisible(len(flows) > 1)

    def show_selection(
        self, written: Callable[[NodeId], str], paths: Callable[[Flow], dict[str, str]]
    ) -> None:
        """Show the node that is selected in the inspector, and its table below."""
        state, current = self._state, self._desk.current
        if current is None or current not in state.flow:
            self.inspector.show_node(None, About())
            self._subject = None
            self.preview.show_subject(None)
            return
        self.inspector.show_node(state.flow[current], state.about(current, written(current)))
        if len(self._desk.selected) > 1:
            self.inspector.show_many(len(self._desk.selected))
        self._subject = Subject(state.flow, current, paths(state.flow), self._kept)
        self._show_preview()

    def _show_preview(self) -> None:
        """Show the table of the selected node: not while a hand moves things, which would then stutter."""
        subject = self._subject
        if subject is not None and self.canvas.view.gesture is None:
            self._subject = None
            self.preview.show_subject(subject, self._state.new_columns(subject.node))
            self._ask_join_doctor(subject)

    def _put_right(self, found: Found) -> None:
        """Put the step that mends what was found behind the node that is looked at."""
        current = self._desk.current
        if found.fix is None or current is None:
            return
        unit = STEPS[found.fix.step].read(found.fix.values)
        flow = self._desk.flow
        links = flow.outputs(current) if flow[current].unit.spec.output else flow.inputs(current)
        if len(links) == 1:
            self._desk.add_on_link(links[0], unit)
        else:
            self._desk.add_after(current, unit)

    def _ask_join_doctor(self, subject: Subject) -> None:
        """Tell in the inspector how the columns of a join fit; where they can't be known, it says nothing."""
        box, key = self.inspector.join_box, (id(self), "join")
        self._lane.forget(key)
        if subject.joins:
            self._lane.ask(key, subject.advice, box.show_advice, lambda _: box.show_advice(None))

    def edits(self) -> tuple[QWidget, ...]:
        """What edits the flow; the canvas itself asks its desk."""
        canvas = self.canvas
        return (*self.inspector.edits(), self.steps, canvas.tidy, canvas.import_file, canvas.add_step)

    def help_topic(self) -> str:
        """The step that is marked in the palette, or else the node that is selected; empty without either."""
        offer, current = self.steps.in_hand(), self._desk.current
        unit = offer.unit if offer is not None else self._desk.flow[current].unit if current else None
        return node_key(unit.spec.kind) if unit is not None else ""

    def splitters(self) -> tuple[tuple[str, QSplitter], ...]:
        """The splitters whose sizes are remembered, by name."""
        return (("flow-across", self._across), ("flow-down", self._down), ("flow-middle", self._middle))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons that fold keep their corners."""
        super().resizeEvent(event)
        self._place_buttons()

    def _left_panel(self) -> QWidget:
        panel = QWidget()
        panel.setProperty("surface", "panel")
        panel.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._views = QStackedWidget()
        self._views.addWidget(self.steps)
        self._views.addWidget(self.twin)
        self.views.offer([Choice(_STEPS, "Steps"), Choice(_LIST, "As a list")], _STEPS)
        column = QVBoxLayout(panel)
        column.setContentsMargins(12, 12, 12, 8)
        column.setSpacing(8)
        for part in (self.flows, self.views):
            column.addWidget(part)
        column.addWidget(self._views, 1)
        return panel

    def _turn(self, view: str) -> None:
        self.views.offer([Choice(_STEPS, "Steps"), Choice(_LIST, "As a list")], view)
        self._views.setCurrentWidget(self.twin if view == _LIST else self.steps)

    def _fold_left(self) -> None:
        hidden = not self.left.isHidden()
        self.left.setVisible(not hidden)
        _name(self.fold_left, "Show the steps" if hidden else "Hide the steps")
        self._place_buttons()

    def _fold_right(self) -> None:
        hidden = not self.inspector.isHidden()
        self.inspector.setVisible(not hidden)
        _name(self.fold_right, "Show the inspector" if hidden else "Hide the inspector")
        self._place_buttons()

    def _fold_preview(self, folded: bool) -> None:
        self.preview.fold_away(folded)
        head = self.preview.minimumSizeHint().height()
        self.preview.setMaximumHeight(head if folded else 16_777_215)
        if not folded:
            self._down.setSizes([max(1, self._down.height() - _BELOW), _BELOW])

    def _place_buttons(self) -> None:
        for one in (self.fold_left, self.fold_right):
            one.adjustSize()
        self.fold_left.move(10, 10)
        self.fold_right.move(self.canvas.width() - self.fold_right.width() - 10, 10)

    def _connect(self) -> None:
        self.steps.picked.connect(self.canvas.add)
        self.views.picked.connect(self._turn)
        self.flows.picked.connect(self.flow_chosen)
        self.canvas.opened.connect(lambda _: self.inspector.focus_first_field())
        self.canvas.resized.connect(self._place_buttons)
        self.canvas.view.rested.connect(self._show_preview)
        self.preview.measured.connect(self.inspector.show_preview)
        self.preview.folded.connect(self._fold_preview)
        self.preview.fix_wanted.connect(self._put_right)

    def _lay_out(self) -> None:
        for one in (self.fold_left, self.fold_right):
            one.setParent(self.canvas)
            one.setProperty("dense", True)
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._down = QSplitter(Qt.Orientation.Vertical)
        middle = QSplitter(Qt.Orientation.Horizontal)
        middle.addWidget(self.left)
        middle.addWidget(self.canvas)
        self._middle = middle
        self._down.addWidget(middle)
        self._down.addWidget(self.preview)
        self._across.addWidget(self._down)
        self._across.addWidget(self.inspector)
        self.left.setMinimumWidth(180)
        self.inspector.setMinimumWidth(250)
        self.canvas.setMinimumSize(260, 160)
        for splitter, sizes in (
            (middle, [_LEFT, 860]),
            (self._down, [500, _BELOW]),
            (self._across, [1076, _RIGHT]),
        ):
            splitter.setHandleWidth(1)
            splitter.setChildrenCollapsible(False)
            splitter.setSizes(sizes)
        middle.setStretchFactor(1, 1)
        self._down.setStretchFactor(0, 1)
        self._across.setStretchFactor(0, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._across)


def _name(button: QWidget, name: str) -> None:
    button.setAccessibleName(name)
    button.setToolTip(name)
