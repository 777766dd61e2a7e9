"""The versions of a table: what each changed, which flows use it, and moving these to another."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QListWidget, QScrollArea, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.base.words import counted
from canvas_app.project.versions import broken_by, broken_words, move_uses, uses_of, versions_of
from canvas_app.ui.controls import button, card, label, row

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.project.session import Session


class VersionsDialog(QDialog):
    """A list of versions, the newest first, and what there is to know about the one that is chosen."""

    open_wanted = Signal(str)
    """The key of the version whose rows shall be looked at."""

    def __init__(self, parent: QWidget, session: Session, name: str) -> None:
        super().__init__(parent)
        self._session = session
        self._name = name
        self.setWindowTitle(f"Versions of {name}")
        self.resize(680, 460)
        self.list = QListWidget()
        self.list.setAccessibleName(f"Versions of {name}, the newest first")
        self.list.setFixedWidth(210)
        self.list.setSpacing(3)
        self.words = label("", wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.use = button("", self._use)
        self.look = button("Open this version", self._look)
        self.close_button = button("Close", self.accept, look="primary")
        self._lay_out()
        self.list.currentRowChanged.connect(lambda _: self._show())
        self._fill()
        self._leave = session.changed(lambda _: self._fill())
        self.finished.connect(lambda _: self._leave())

    def current(self) -> Dataset | None:
        """The version that is chosen."""
        at = self.list.currentRow()
        return self._versions[at] if 0 <= at < len(self._versions) else None

    def _fill(self) -> None:
        at = max(0, self.list.currentRow())
        self._versions = versions_of(self._session.project, self._name)
        self.list.clear()
        for item in self._versions:
            self.list.addItem(f"Version {item.version} · {counted(item.rows, 'row')}")
        self.list.setCurrentRow(min(at, len(self._versions) - 1))
        self._show()

    def _show(self) -> None:
        dataset = self.current()
        self.look.setEnabled(dataset is not None)
        movable = dataset is not None and self._others(dataset)
        self.use.setEnabled(movable and not self._session.look_only)
        if dataset is None:
            self.words.setText("")
            return
        self.use.setText(f"Use version {dataset.version} in the flows")
        self.words.setText("\n".join(self._lines(dataset)))

    def _lines(self, dataset: Dataset) -> Iterator[str]:
        where = dataset.source.get("file")
        yield f"Version {dataset.version}" + (f", from {where}" if where else "")
        yield ""
        if dataset.changes is not None:
            yield f"Against version {dataset.changes.against}:"
            yield from (f"• {line}" for line in dataset.changes.words())
        else:
            yield "It is not compared with another version."
        yield ""
        yield from self._uses(dataset)

    def _uses(self, dataset: Dataset) -> Iterator[str]:
        uses = uses_of(self._session.project, self._name)
        if not uses:
            yield "No flow uses this table."
        for use in uses:
            if use.key == dataset.key:
                yield f"The flow {use.flow_name} uses this version."
                continue
            yield f"The flow {use.flow_name} uses version {use.key.rpartition('/')[2]}."
            flow = self._session.project.flow(use.flow)
            broken = broken_by(flow, use.node, dataset.key, self._session.project.datasets)
            if broken:
                yield f"With version {dataset.version} this would not work any more:"
                yield from (f"• {line}" for line in broken_words(flow, broken))

    def _others(self, dataset: Dataset) -> bool:
        """Whether a flow uses another version of the table."""
        return any(use.key != dataset.key for use in uses_of(self._session.project, self._name))

    def _use(self) -> None:
        dataset = self.current()
        if dataset is None:
            return
        move = partial(self._session.edit, f"Use version {dataset.version} of {self._name}")
        try:
            move(move_uses, self._name, dataset.key)
        except CanvasError as error:
            self.words.setText(str(error))

    def _look(self) -> None:
        dataset = self.current()
        if dataset is not None:
            self.accept()
            self.open_wanted.emit(dataset.key)

    def _scrolled(self) -> QScrollArea:
        inside, column = card("sunken", margin=12)
        column.addWidget(self.words, 1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return area

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(label(self.windowTitle(), "panel-title", wrap=True))
        middle = row(self.list, self._scrolled(), spacing=12)
        middle.setStretch(1, 1)
        column.addLayout(middle, 1)
        column.addLayout(row(self.use, self.look, 1, self.close_button))
