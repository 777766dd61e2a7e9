"""What the inspector shows while no node is selected: the flow's name, its size, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from canvas_app.flow import edits
from canvas_app.ui.canvas.desk import Desk
from canvas_app.ui.controls import button, label
from canvas_app.ui.grid.glimpse import counted

_NEXT = "Click a node to see and change it. Drag steps from the left, or type on the canvas to add one."

_LOOK = "Click a node to see what it does, and its table below."


class FlowFacts(QWidget):
    """The flow as a whole."""

    new_flow_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        caption = label("Name of the flow", "label")
        self.name = QLineEdit()
        caption.setBuddy(self.name)
        self.name.editingFinished.connect(self._rename)
        self.words = label("", "muted", wrap=True)
        self.new_flow = button("New flow", self.new_flow_wanted.emit, symbol="ph.plus")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        for part in (caption, self.name, self.words, self.new_flow):
            column.addWidget(part)
        column.addStretch(1)

    def show_flow(self) -> None:
        """Follow the flow."""
        flow = self._desk.flow
        if self.name.text() != flow.name and not self.name.hasFocus():
            self.name.setText(flow.name)
        size = f"{counted(len(flow.nodes), 'node')}, {counted(len(flow.links), 'link')}."
        todo = _LOOK if self._desk.locked else _NEXT
        self.words.setText(f"{size}\n\n{todo}" if flow.nodes else todo)

    def _rename(self) -> None:
        name = self.name.text().strip()
        if name and name != self._desk.flow.name:
            self._desk.edit("Rename the flow", edits.rename_flow, name)
