"""F1: topics at the left, the one that is read beside them; it opens at what one is working on."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from canvas_app.base.errors import CanvasError
from canvas_app.flow.step import STEPS
from canvas_app.flow.worked_example import WorkedExample, worked_example
from canvas_app.ui import theme
from canvas_app.ui.controls import heading_item, label
from canvas_app.ui.help.article import article
from canvas_app.ui.help.topics import Topic, topics
from canvas_app.ui.theme.icons import icon

if TYPE_CHECKING:
    from canvas_app.ui.bridge import PreviewLane

_KEY = Qt.ItemDataRole.UserRole


class HelpDialog(QDialog):
    """Stays open beside the work; examples are worked out on the lane, once each."""

    def __init__(self, parent: QWidget, actions: Iterable[QAction], lane: PreviewLane) -> None:
        super().__init__(parent)
        self._lane = lane
        self._topics = {topic.key: topic for topic in topics(actions)}
        self._worked: dict[str, WorkedExample] = {}
        self.line = QLineEdit()
        self.list = QListWidget()
        self.nothing = label("Nothing about this. Try another word.", "secondary", wrap=True)
        self.text = QTextBrowser()
        self._lay_out()
        self.line.textChanged.connect(self._search)
        self.list.currentItemChanged.connect(self._turn)
        theme.changed.connect(self._show)
        self._search("")

    @property
    def topic(self) -> Topic | None:
        """What is read now."""
        item = self.list.currentItem()
        return self._topics.get(str(item.data(_KEY))) if item is not None else None

    def open_at(self, key: str) -> None:
        """Show a topic; what is not known leaves the one that is shown."""
        self.line.clear()
        for row in range(self.list.count()):
            if self.list.item(row).data(_KEY) == key:
                self.list.setCurrentRow(row)
        self.show()
        self.raise_()
        self.activateWindow()
        self.list.setFocus()

    def _search(self, wanted: str) -> None:
        read = self.topic
        self.list.setCurrentRow(-1)  # or each item that goes would hand its place to the next
        self.list.clear()
        found = [topic for topic in self._topics.values() if topic.speaks_of(wanted)]
        group = ""
        for topic in found:
            if topic.group != group:
                group = topic.group
                self.list.addItem(heading_item(group))
            colour = topic.group.lower() if topic.unit is not None else "muted"
            item = QListWidgetItem(icon(topic.symbol, colour), topic.title, self.list)
            item.setData(_KEY, topic.key)
            if topic is read or self.list.currentItem() is None:
                self.list.setCurrentItem(item)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)

    def _turn(self) -> None:
        topic = self.topic
        if topic is None:
            return
        self._show()
        kind = topic.unit.kind if topic.unit is not None else ""
        if kind in STEPS and kind not in self._worked:
            step = STEPS[kind]
            came = partial(self._came, kind)
            self._lane.ask((id(self), kind), lambda engine: worked_example(step, engine), came, _without)

    def _came(self, kind: str, worked: WorkedExample) -> None:
        self._worked[kind] = worked
        if self.topic is not None and self.topic.unit is not None and self.topic.unit.kind == kind:
            self._show()

    def _show(self, *_: object) -> None:
        topic = self.topic
        if topic is not None:
            worked = self._worked.get(topic.unit.kind) if topic.unit is not None else None
            self.text.setHtml(article(topic, theme.current(), worked))

    def _lay_out(self) -> None:
        self.setWindowTitle("Help")
        self.resize(880, 640)
        self.line.setPlaceholderText("Find in the help")
        self.line.setAccessibleName("Find in the help")
        self.line.setClearButtonEnabled(True)
        self.list.setAccessibleName("Topics of the help")
        self.list.setProperty("plain", True)
        self.list.setIconSize(QSize(16, 16))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.text.setAccessibleName("Help text")
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.document().setDocumentMargin(theme.current().margin)
        self.text.setOpenLinks(False)
        left = QWidget()
        left.setFixedWidth(230)
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        for part in (self.line, self.nothing, self.list):
            column.addWidget(part)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(left)
        across.addWidget(self.text, 1)


def _without(error: CanvasError) -> None:
    """Without its tables the example still tells its parameters."""
    del error
