"""What can be added, by group: drag it to the canvas, or press Return to add it behind the selection."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QDrag, QIcon, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from canvas_app.ui import theme
from canvas_app.ui.canvas.gestures.drop_step import MIME
from canvas_app.ui.canvas.offers import Offer
from canvas_app.ui.controls import heading_item, label
from canvas_app.ui.entries import Entry, fit
from canvas_app.ui.theme.icons import paint_icon

_KEY = Qt.ItemDataRole.UserRole


class StepList(QListWidget):
    """The steps under the titles of their groups."""

    picked = Signal(str)
    """The key of what is to be added."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Steps to add")
        self.setProperty("plain", True)
        self.setDragEnabled(True)
        self.setDragDropMode(QListWidget.DragDropMode.DragOnly)
        self.setIconSize(QSize(10, 10))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._pick)
        self._offers: dict[str, Offer] = {}
        self._held = ""

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show these; the one that is marked stays marked."""
        marked = self.currentItem().data(_KEY) if self.currentItem() else ""
        self._offers = {offer.key: offer for offer in offers}
        self.clear()
        group = ""
        for offer in offers:
            if offer.group != group:
                group = offer.group
                self.addItem(heading_item(group))
            item = _item(offer)
            self.addItem(item)
            if offer.key == marked:
                self.setCurrentItem(item)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what is taken hold of: titles of groups can't be dragged."""
        item = self.itemAt(event.position().toPoint())
        self._held = str(item.data(_KEY) or "") if item is not None else ""
        super().mousePressEvent(event)

    def startDrag(self, supported: Qt.DropAction) -> None:
        """Drag the step as a small card."""
        del supported
        offer = self._offers.get(self._held)
        if offer is None:
            return
        data = QMimeData()
        data.setData(MIME, offer.key.encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(_card(offer, self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(24, 20))
        drag.exec(Qt.DropAction.CopyAction)  # (noqa: house) Qt's own loop while the button is held

    def _pick(self, item: QListWidgetItem) -> None:
        key = item.data(_KEY)
        if key:
            self.picked.emit(str(key))


class Palette(QWidget):
    """A search line over the list of steps."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._offers: Sequence[Offer] = ()
        self.line = QLineEdit()
        self.line.setAccessibleName("Find a step")
        self.line.setPlaceholderText("Find a step")
        self.line.setClearButtonEnabled(True)
        self.line.textChanged.connect(self._search)
        self.line.returnPressed.connect(self._pick_first)
        self.list = StepList()
        self.list.picked.connect(self.picked)
        self._nothing = label("No step is called so.", "secondary", wrap=True)
        self._nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.line, self._nothing, self.list):
            column.addWidget(part)
        theme.changed.connect(self._recolour)

    def offer(self, offers: Sequence[Offer]) -> None:
        """Show these, as far as they fit what is typed."""
        if tuple(offers) != tuple(self._offers):
            self._offers = tuple(offers)
            self._search(self.line.text())

    def in_hand(self) -> Offer | None:
        """The step that is marked while the list or its search line has the focus."""
        if not (self.list.hasFocus() or self.line.hasFocus()):
            return None
        item = self.list.currentItem()
        key = item.data(_KEY) if item is not None else None
        return next((offer for offer in self._offers if offer.key == key), None)

    def _recolour(self, *_: object) -> None:
        self._search(self.line.text())

    def _search(self, words: str) -> None:
        found = [offer for offer in self._offers if fit(words, entry_of(offer)) > 0]
        self.list.offer(found)
        self._nothing.setVisible(not found)

    def _pick_first(self) -> None:
        found = [offer for offer in self._offers if fit(self.line.text(), entry_of(offer)) > 0]
        if found:
            best = max(found, key=lambda offer: fit(self.line.text(), entry_of(offer)))
            self.picked.emit(best.key)


def entry_of(offer: Offer) -> Entry:
    """What can be added, as searches see it."""
    return Entry(offer.title, offer.group, lambda: None, offer.icon, f"{offer.group} {offer.words}")


def _item(offer: Offer) -> QListWidgetItem:
    item = QListWidgetItem(QIcon(_square(offer.group)), offer.title)
    item.setData(_KEY, offer.key)
    item.setToolTip(offer.help)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled)
    return item


def _square(group: str) -> QPixmap:
    picture = QPixmap(20, 20)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.current().group(group)))
    painter.drawRoundedRect(1, 1, 8, 8, 2.5, 2.5)
    painter.end()
    return picture


def _card(offer: Offer, ratio: float) -> QPixmap:
    tokens = theme.current()
    picture = QPixmap(round(180 * ratio), round(40 * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(tokens.accent))
    painter.setBrush(QColor(tokens.raised))
    painter.drawRoundedRect(1, 1, 178, 38, tokens.card_radius, tokens.card_radius)
    paint_icon(painter, offer.icon, QRect(12, 11, 18, 18), tokens.group(offer.group))
    painter.setPen(QColor(tokens.text))
    shown = painter.fontMetrics().elidedText(offer.title, Qt.TextElideMode.ElideRight, 132)
    painter.drawText(QRect(38, 0, 136, 40), Qt.AlignmentFlag.AlignVCenter, shown)
    painter.end()
    return picture
