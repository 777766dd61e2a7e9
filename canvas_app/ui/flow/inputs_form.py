"""Where the tables of a node come from, chosen by name: links for people who don't draw."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from canvas_app.flow import edits
from canvas_app.flow.flow import Flow, NodeId
from canvas_app.ui.canvas.desk import Desk
from canvas_app.ui.canvas.face import title_of
from canvas_app.ui.controls import label
from canvas_app.ui.forms.search_combo import Choice, SearchCombo

_NOTHING = Choice("", "Nothing yet")


class InputsForm(QWidget):
    """One combo box per input of the node."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._node: NodeId | None = None
        self._names: tuple[str, ...] = ()
        self.combos: list[SearchCombo] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)

    def show_node(self, node: NodeId) -> None:
        """Show what comes into a node, and what else could."""
        flow = self._desk.flow
        names = flow[node].unit.spec.inputs
        captions = ("Input",) if len(names) == 1 else names
        if captions != self._names:
            self._build(captions)
        self._node = node
        came = {link.port: link.source for link in flow.inputs(node)}
        for port, combo in enumerate(self.combos):
            combo.offer((_NOTHING, *_sources(flow, node, port)), came.get(port, ""))
        self.setVisible(bool(names))

    def _build(self, captions: tuple[str, ...]) -> None:
        self._names = captions
        self.combos = []
        while (item := self._column.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        for port, caption in enumerate(captions):
            words = label(caption, "label")
            combo = SearchCombo(caption, nothing="Nothing yet")
            combo.picked.connect(lambda source, port=port: self._link(port, source))
            words.setBuddy(combo)
            self.combos.append(combo)
            self._column.addWidget(words)
            self._column.addWidget(combo)

    def _link(self, port: int, source: NodeId) -> None:
        if self._node is None:
            return
        if source:
            self._desk.link_nodes(source, self._node, port)
            return
        old = next((link for link in self._desk.flow.inputs(self._node) if link.port == port), None)
        if old is not None:
            self._desk.edit("Remove link", edits.disconnect, old)


def _sources(flow: Flow, node: NodeId, port: int) -> list[Choice]:
    """The nodes whose table may come in; those of the same name are told apart by their place."""
    fitting = [
        other for other in flow if other.id != node and edits.why_not(flow, other.id, node, port) is None
    ]
    titles = [title_of(other) for other in fitting]
    return [
        Choice(other.id, title if titles.count(title) == 1 else f"{title} ({other.id})")
        for other, title in zip(fitting, titles, strict=True)
    ]
