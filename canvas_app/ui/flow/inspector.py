"""All about the selected node: what it is, its parameters, what it changed and learned, and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from canvas_app.base.spec import Json
from canvas_app.flow.flow import Node
from canvas_app.flow.step import NodeUnit, UnknownUnit
from canvas_app.project.versions import use_version
from canvas_app.ui.canvas.desk import Desk
from canvas_app.ui.canvas.face import title_of
from canvas_app.ui.controls import button, icon_button, label, line, plain_tip, row
from canvas_app.ui.flow.about import About
from canvas_app.ui.flow.changes import ChangesTable, change_rows, learned_lines
from canvas_app.ui.flow.end_boxes import DatasetBox, EndBox, FileBox, ModelBox
from canvas_app.ui.flow.flow_facts import FlowFacts
from canvas_app.ui.flow.inputs_form import InputsForm
from canvas_app.ui.flow.join_box import JoinBox
from canvas_app.ui.flow.sql_dialog import SqlDialog
from canvas_app.ui.forms.form import Form
from canvas_app.ui.help.keys import node_key

if TYPE_CHECKING:
    from canvas_app.flow.preview import Preview

MARGIN = 16


class Inspector(QWidget):
    """Follows the selection of a desk; edits go to the desk."""

    build_wanted = Signal(str)
    write_wanted = Signal(str)
    build_watched = Signal()
    model_opened = Signal(str)
    dataset_opened = Signal(str)
    new_flow_wanted = Signal()
    help_wanted = Signal(str)
    """The topic of the node that is shown."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._preview: Preview | None = None
        self.setProperty("surface", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = label("", "panel-title", wrap=True)
        self.name = QLineEdit()
        self.rename = icon_button("Rename the node", "ph.pencil-simple", self.begin_renaming)
        self.explain = icon_button("Help about this step", "ph.question", self._ask_for_help)
        self.explain.setToolTip("Help about this step (F1)")
        self.help = label("", "muted", wrap=True)
        self.inputs = InputsForm(desk)
        self.form = Form()
        self.dataset_box, self.model_box, self.file_box = DatasetBox(), ModelBox(), FileBox()
        self.boxes: tuple[EndBox, ...] = (self.dataset_box, self.model_box, self.file_box)
        self.join_box = JoinBox()
        self._rule = line()
        self.changed_words = label("What this step changed", "section")
        self.changed = ChangesTable()
        self.learned_words = label("", "section")
        self.learned = QPlainTextEdit()
        self.show_sql = button("Show SQL", self._open_sql, look="link")
        self.skip = button("Skip step", self._skip)
        self.remove = button("Remove", desk.remove)
        self.facts = FlowFacts(desk)
        self.many_words = label("", "panel-title", wrap=True)
        self.duplicate_all = button("Duplicate", desk.duplicate, symbol="ph.copy")
        self.remove_all = button("Remove", desk.remove, symbol="ph.trash")
        self._lay_out()
        self._connect()

    def show_node(self, node: Node | None, about: About) -> None:
        """Show a node, or the flow itself where none is selected."""
        if node is None or node.id not in self._desk.flow:
            self.facts.show_flow()
            self.pages.setCurrentWidget(self.facts)
            return
        unit = node.unit
        if self._preview is not None and self._preview.node != node.id:
            self.show_preview(None)
        self.pages.setCurrentWidget(self._scrolled)
        self.title.setText(title_of(node))
        self.help.setText(unit.__doc__ or "")
        self.inputs.show_node(node.id)
        self._show_form(node, about)
        self.join_box.show_unit(unit)
        for box in self.boxes:
            box.setVisible(isinstance(unit, box.family))
            if isinstance(unit, box.family):
                box.show_about(unit, about)
        self.skip.setText("Run again" if node.skipped else "Skip step")
        self.skip.setVisible(bool(unit.spec.inputs))
        self._show_findings()

    def edits(self) -> tuple[QWidget, ...]:
        """What edits the flow here."""
        return (
            *(self.rename, self.inputs, self.form, self.join_box, self.skip, self.remove),
            *(self.duplicate_all, self.remove_all, self.facts.name, self.facts.new_flow),
        )

    def show_many(self, count: int) -> None:
        """Show that several nodes are selected, and what can be done with all of them."""
        self.many_words.setText(f"{count} nodes selected")
        self.pages.setCurrentWidget(self.many)

    def show_preview(self, preview: Preview | None) -> None:
        """What was measured about the node that is shown."""
        self._preview = preview
        self._show_findings()

    def begin_renaming(self) -> None:
        """Type another name in the place of the title."""
        self.name.setText(self.title.text())
        self.title.hide()
        self.name.show()
        self.name.selectAll()
        self.name.setFocus()

    def focus_first_field(self) -> None:
        """Put the focus into the form of the node that was opened."""
        fields = type(self.form.unit).fields() if self.form.unit is not None else ()
        if fields and not self.form.isHidden():
            self.form.focus_field(fields[0].name)

    def _show_form(self, node: Node, about: About) -> None:
        if isinstance(node.unit, UnknownUnit):
            self.form.hide()
            return
        inputs = about.check.inputs.get(node.id, ())
        self.form.show(node.unit, inputs, about.check.of(node.id), about.datasets)

    def _show_findings(self) -> None:
        found = self._preview
        current = self._desk.current
        here = found if found is not None and found.node == current else None
        changed = here.changed if here is not None else None
        for part in (self.changed_words, self.changed):
            part.setVisible(changed is not None)
        self.changed.show_rows(change_rows(changed) if changed is not None else ())
        learned: Mapping[str, Json] = here.learned if here is not None else {}
        for widget in (self.learned_words, self.learned):
            widget.setVisible(bool(learned))
        if here is not None and learned:
            self._show_learned(learned, here.learned_for)
        self.show_sql.setVisible(here is not None and bool(here.sql))
        self._rule.setVisible(here is not None)
        self.model_box.show_foresight(here.foresight if here is not None else "")

    def _show_learned(self, learned: Mapping[str, Json], model: str) -> None:
        where = "the training rows" if model else "all rows"
        self.learned_words.setText(f"Learned on {where}")
        apart = f"Of {model}: rows apart for its test were not looked at." if model else ""
        self.learned_words.setToolTip(plain_tip(apart))
        text = learned_lines(learned)
        if self.learned.toPlainText() != text:
            self.learned.setPlainText(text)
        lines = min(8, max(1, len(learned)))
        self.learned.setFixedHeight(lines * self.learned.fontMetrics().lineSpacing() + 26)

    def _open_sql(self) -> None:
        if self._preview is not None:
            SqlDialog(self, self.title.text(), self._preview.sql).open()

    def _skip(self) -> None:
        current = self._desk.current
        if current is not None:
            self._desk.set_skipped(current, not self._desk.flow[current].skipped)

    def _ask_for_help(self) -> None:
        current = self._desk.current
        if current is not None:
            self.help_wanted.emit(node_key(self._desk.flow[current].unit.spec.kind))

    def _rename(self) -> None:
        if self.name.isHidden():
            return
        self.name.hide()
        self.title.show()
        current = self._desk.current
        if current is not None and self.name.text().strip() != self.title.text():
            self._desk.rename(current, self.name.text())

    def _edit(self, unit: object) -> None:
        current = self._desk.current
        if current is not None and isinstance(unit, NodeUnit):
            self._desk.set_unit(current, unit, self.form.field_in_hand)

    def _use_version(self, key: str) -> None:
        current = self._desk.current
        if current is not None:
            name, _, version = key.rpartition("/")
            self._desk.edit(f"Use version {version} of {name}", use_version, current, key)

    def _join_by(self, pairs: tuple[tuple[str, str], ...]) -> None:
        """Take the columns that the doctor suggests."""
        current = self._desk.current
        if current is not None:
            unit = self._desk.flow[current].unit
            records = [{"left": left, "right": right} for left, right in pairs]
            self._desk.set_unit(current, unit.changed(pairs=records), "pairs")

    def _connect(self) -> None:
        self.form.edited.connect(self._edit)
        self.name.editingFinished.connect(self._rename)
        self.join_box.pairs_wanted.connect(self._join_by)
        self.model_box.build_wanted.connect(lambda: self.build_wanted.emit(self._desk.current))
        self.model_box.watched.connect(self.build_watched)
        self.model_box.opened.connect(self.model_opened)
        self.file_box.write_wanted.connect(lambda: self.write_wanted.emit(self._desk.current))
        self.dataset_box.opened.connect(self.dataset_opened)
        self.dataset_box.newer.wanted.connect(self._use_version)
        self.facts.new_flow_wanted.connect(self.new_flow_wanted)

    def _many_page(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        column.addWidget(self.many_words)
        column.addWidget(label("Drag one of them to move all.", "muted", wrap=True))
        column.addLayout(row(self.duplicate_all, self.remove_all))
        column.addStretch(1)
        return made

    def _lay_out(self) -> None:
        self.name.setAccessibleName("New name of the node")
        self.name.hide()
        for one in (self.rename, self.explain):
            one.setProperty("dense", True)
        self.learned.setReadOnly(True)
        self.learned.setAccessibleName("What the step learned")
        self.learned.setProperty("role", "sunken")
        self._scrolled = QWidget()
        whole = QVBoxLayout(self._scrolled)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._scroll_area(), 1)
        foot = row(self.skip, self.remove)
        foot.setContentsMargins(MARGIN, 10, MARGIN, MARGIN)
        whole.addLayout(foot)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.facts)
        self.pages.addWidget(self._scrolled)
        self.many = self._many_page()
        self.pages.addWidget(self.many)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.pages)

    def _scroll_area(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        head = row(self.title, self.name, self.rename, self.explain)
        head.setStretch(0, 1)
        head.setStretch(1, 1)
        column.addLayout(head)
        for part in (self.help, self.inputs, self.form, self.join_box, *self.boxes):
            column.addWidget(part)
        for part in (self._rule, self.changed_words, self.changed, self.learned_words, self.learned):
            column.addWidget(part)
        column.addLayout(row(self.show_sql, 1))
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area
