"""The canvas with what floats above it: map, zoom, tidy up, search, names being typed, an empty state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QPointF, QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QVBoxLayout, QWidget

from canvas_app.flow.flow import NodeId
from canvas_app.ui.canvas.desk import Desk
from canvas_app.ui.canvas.face import Face
from canvas_app.ui.canvas.gestures.gesture import Search
from canvas_app.ui.canvas.menus import menu_for
from canvas_app.ui.canvas.minimap import Minimap
from canvas_app.ui.canvas.offers import Offer, that_fit
from canvas_app.ui.canvas.quick_add import QuickAdd
from canvas_app.ui.canvas.scene import Hit
from canvas_app.ui.canvas.view import FlowView
from canvas_app.ui.controls import button, card, label
from canvas_app.ui.entries import Entry

_GAP = 14


class Canvas(QWidget):
    """Shows the flow of a desk; ``show_flow`` follows it."""

    import_wanted = Signal()
    resized = Signal()
    opened = Signal(str)
    """A node was opened, by double click or Return."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._offers: Sequence[Offer] = ()
        self._fitted = False
        self.view = FlowView(desk, self._offered)
        self.minimap = Minimap(self.view, self)
        self.quick_add = QuickAdd(self)
        self.tidy = button("Tidy up", self.view.tidy)
        self.tidy.setToolTip("Lay the flow out from left to right (Ctrl+Shift+L)")
        self.zoom = button("100 %")
        self.zoom.setAccessibleName("Zoom")
        self.zoom.setMenu(self._zoom_menu())
        for one in (self.tidy, self.zoom):
            one.setParent(self)
            one.setProperty("dense", True)
        self.empty = self._empty_state()
        self._name = QLineEdit(self)
        self._name.setAccessibleName("Name of the node")
        self._name.hide()
        self._name.editingFinished.connect(self._rename)
        self._renaming: NodeId | None = None
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.view)
        self.view.lower()
        self._connect()

    def offer(self, offers: Sequence[Offer]) -> None:
        """What can be added, by drag, search and menu."""
        self._offers = tuple(offers)

    def show_flow(self, faces: Mapping[NodeId, Face]) -> None:
        """Follow the flow of the desk."""
        flow = self.desk.flow
        other = flow.id != self.view.graph.flow.id
        stirred = self.view.graph.show_flow(flow, faces)
        self._choose()
        empty = not flow.nodes
        self.empty.setVisible(empty)
        for part in (self.minimap, self.tidy, self.zoom):
            part.setVisible(not empty)
        if other or not (self._fitted or empty):
            self._fitted = not empty
            self.view.open_up()
        elif stirred:
            self.view.follow(stirred)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What floats keeps its corner."""
        super().resizeEvent(event)
        self._arrange()
        self.resized.emit()

    def rename(self, node: NodeId) -> None:
        """Type a new name where the title stands."""
        item = self.view.graph.nodes.get(node)
        if item is None:
            return
        self._renaming = node
        area = self.view.mapFromScene(item.place()).boundingRect()
        self._name.setText(item.face.title)
        self._name.setGeometry(QRect(area.left() + 40, area.top() + 8, max(140, area.width() - 48), 34))
        self._name.show()
        self._name.raise_()
        self._name.selectAll()
        self._name.setFocus()

    def search(self, search: Search) -> None:
        """Offer what can be added at a place, and add what is chosen."""
        side = "between" if search.link is not None else search.side
        fitting = that_fit(self._offers, side)
        entries = [
            Entry(
                offer.title,
                offer.group,
                partial(self._add, offer, search),
                offer.icon,
                f"{offer.group} {offer.words}",
            )
            for offer in fitting
        ]
        self.quick_add.open_at(self.view.mapFromScene(search.at), entries, search.text)

    def add(self, key: str) -> None:
        """Add an offer by its key, or any kind of node, behind the current node where that makes sense."""
        offer = self._offered(key)
        unit = offer.unit if offer is not None else self.desk.unit_of(key)
        if unit is not None:
            name = offer.name if offer is not None else ""
            spec = unit.spec
            self._add(Offer(spec.title, spec.group, spec.icon, unit, name), Search(self.view.free_spot()))

    def _add(self, offer: Offer, search: Search) -> None:
        at = (search.at.x(), search.at.y())
        if search.link is not None:
            self.desk.add_on_link(search.link, offer.unit)
        elif search.node is not None:
            self.desk.add_linked(offer.unit, at, search.node, search.side, search.port)
        elif offer.name:
            self.desk.add_free(offer.unit, at, offer.name)
        else:
            self.desk.add_here(offer.unit, at)
        self.view.setFocus()

    def _offered(self, key: str) -> Offer | None:
        return next((offer for offer in self._offers if offer.key == key), None)

    def _connect(self) -> None:
        self.view.search_wanted.connect(self.search)
        self.view.menu_wanted.connect(self._menu)
        self.view.rename_wanted.connect(self.rename)
        self.view.opened.connect(self.opened)
        self.view.zoomed.connect(lambda zoom: self.zoom.setText(f"{round(zoom * 100)} %"))
        self.view.moved.connect(self._name.hide)
        self.desk.selection_changed.connect(self._choose)
        self.quick_add.closed.connect(self.view.setFocus)

    def _choose(self) -> None:
        self.view.graph.choose(self.desk.selected, self.desk.link)

    def _rename(self) -> None:
        node, self._renaming = self._renaming, None
        if node is None or node not in self.desk.flow:
            return
        self._name.hide()
        if self._name.text().strip() != self.view.graph.nodes[node].face.title:
            self.desk.rename(node, self._name.text())
        self.view.setFocus()

    def _menu(self, hit: Hit, place: QPoint) -> None:
        self._open_menu = menu_for(self.view, hit)
        self._open_menu.popup(place)

    def _zoom_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Fit the flow\tCtrl+1", self.view.fit)
        menu.addSeparator()
        for percent in (50, 100, 150, 200):
            keys = "\tCtrl+0" if percent == 100 else ""
            menu.addAction(f"{percent} %{keys}", partial(self.view.zoom_to, percent / 100))
        return menu

    def _empty_state(self) -> QWidget:
        made, inside = card(margin=24, spacing=10)
        made.setParent(self)
        title = label("Drop a file here, or add a table", "panel-title")
        words = label(
            "A flow begins with a table. Shape it with steps, then let a model learn from it.",
            "muted",
            wrap=True,
        )
        self.import_file = button(
            "Import a file…", self.import_wanted.emit, look="primary", symbol="ph.file-plus"
        )
        self.add_step = button("Add a table or step", self._search_first, symbol="ph.plus")
        for part in (title, words, self.import_file, self.add_step):
            inside.addWidget(part)
        made.setFixedWidth(340)
        return made

    def _search_first(self) -> None:
        self.search(Search(self.view.centre() + QPointF(-140, -100)))

    def _arrange(self) -> None:
        self.minimap.step_aside()
        for one in (self.zoom, self.tidy):
            one.adjustSize()
        right = self.width() - _GAP
        for one in (self.zoom, self.tidy):
            right -= one.width()
            one.move(right, self.height() - one.height() - _GAP)
            right -= 6
        self.empty.adjustSize()
        size = self.empty.size()
        self.empty.move((self.width() - size.width()) // 2, max(8, (self.height() - size.height()) // 2))
