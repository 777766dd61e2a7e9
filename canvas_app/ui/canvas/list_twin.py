"""The flow as a list: what the canvas shows, for people and tools that read rather than look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QItemSelectionModel, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from canvas_app.flow.flow import NodeId
from canvas_app.ui.canvas.desk import Desk
from canvas_app.ui.canvas.face import Face
from canvas_app.ui.canvas.words import describe
from canvas_app.ui.controls import plain_tip
from canvas_app.ui.theme.icons import icon

_NODE = Qt.ItemDataRole.UserRole
_ROOM_FOR_INPUTS = 300
"""How wide the list must be, in pixels, to show where the tables come from."""


class ListTwin(QTreeWidget):
    """One row per node with its state and where its tables come from; selecting here selects there."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.setAccessibleName("Flow as a list")
        self.setHeaderLabels(["Node", "State", "Input"])
        self.setRootIsDecorated(False)
        self.setProperty("plain", True)
        self.setIconSize(QSize(14, 14))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.header()
        head.setStretchLastSection(False)
        head.setMinimumSectionSize(24)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.setColumnHidden(2, True)
        self._following = False
        self._rows: list[tuple[NodeId, Face, tuple[str, ...]]] = []
        self.itemSelectionChanged.connect(self._select)
        desk.selection_changed.connect(self.follow_selection)

    def show_faces(self, faces: Mapping[NodeId, Face]) -> None:
        """Follow the flow; rows of nodes that stay, stay."""
        flow = self.desk.flow
        titles = {node: face.title for node, face in faces.items()}
        self._following = True
        while self.topLevelItemCount() > len(flow.nodes):
            self.takeTopLevelItem(self.topLevelItemCount() - 1)
        for place, node in enumerate(flow):
            sources = tuple(titles[link.source] for link in flow.inputs(node.id))
            row = (node.id, faces[node.id], sources)
            if place >= len(self._rows) or self._rows[place] != row:
                item = self.topLevelItem(place) or QTreeWidgetItem(self)
                self._fill(item, *row)
                item.setData(0, Qt.ItemDataRole.AccessibleDescriptionRole, describe(*row[1:]))
                self._rows[place : place + 1] = [row]
        del self._rows[len(flow.nodes) :]
        self._following = False
        self.follow_selection()

    def _fill(self, item: QTreeWidgetItem, node: NodeId, face: Face, sources: Sequence[str]) -> None:
        for column, text in enumerate((face.title, face.state, ", ".join(sources))):
            item.setText(column, text)
        item.setData(0, _NODE, node)
        item.setIcon(0, icon(face.icon, face.group.lower()))
        came = f"Input: {', '.join(sources)}" if sources else ""
        item.setToolTip(0, plain_tip("\n".join(part for part in (face.title, face.summary, came) if part)))
        item.setToolTip(1, plain_tip(face.words))

    def follow_selection(self) -> None:
        """Mark the rows of the nodes that are selected."""
        chosen = set(self.desk.selected)
        self._following = True
        for place in range(self.topLevelItemCount()):
            item = self.topLevelItem(place)
            if item is not None and item.isSelected() != (item.data(0, _NODE) in chosen):
                item.setSelected(item.data(0, _NODE) in chosen)
            if item is not None and item.data(0, _NODE) == self.desk.current:
                index = self.indexFromItem(item)
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        if self.desk.current is None:
            self.selectionModel().clearCurrentIndex()
        self._following = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the inputs have no room of their own they are in the tooltips only."""
        super().resizeEvent(event)
        self.setColumnHidden(2, self.width() < _ROOM_FOR_INPUTS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes what is selected."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.desk.remove()
            return
        super().keyPressEvent(event)

    def _select(self) -> None:
        if self._following:
            return
        chosen = [str(item.data(0, _NODE)) for item in self.selectedItems()]
        current = self.currentItem()
        if current is not None and current.data(0, _NODE) in chosen:
            chosen.remove(current.data(0, _NODE))
            chosen.append(str(current.data(0, _NODE)))
        self.desk.select(chosen)
