"""A canvas over a real project, operated by real mouse and key events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from canvas_app.flow.flow import Flow, NodeId
from canvas_app.flow.step import NODES
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.session import Session
from canvas_app.ui.canvas.canvas import Canvas
from canvas_app.ui.canvas.desk import Desk
from canvas_app.ui.canvas.gestures.drop_step import MIME
from canvas_app.ui.canvas.offers import offers
from canvas_app.ui.flow.flow_state import StateReader

LEFT = Qt.MouseButton.LeftButton
ANY = Qt.MouseButton.NoButton


@dataclass
class Board:
    """A canvas, its desk and its project, and hands to operate it."""

    session: Session
    desk: Desk
    canvas: Canvas
    said: list[str]

    @property
    def flow(self) -> Flow:
        return self.desk.flow

    @property
    def links(self) -> set[tuple[NodeId, NodeId]]:
        return {(link.source, link.target) for link in self.flow.links}

    def put(self, kind: str, x: float, y: float = 0.0) -> NodeId:
        """A node whose middle stands there, not selected."""
        made = self.desk.add(NODES[kind](), (x, y))
        assert made is not None
        self.desk.select(())
        return made

    def chain(self, *kinds: str) -> list[NodeId]:
        """Nodes beside each other, each linked to the one before."""
        made = [self.put(kind, 240.0 * place) for place, kind in enumerate(kinds)]
        for source, target in pairwise(made):
            self.desk.link_nodes(source, target)
        return made

    def middle(self, node: NodeId) -> QPointF:
        return self.canvas.view.graph.nodes[node].place().center()

    def output(self, node: NodeId) -> QPointF:
        return self.canvas.view.graph.nodes[node].output_at()

    def input(self, node: NodeId, port: int = 0) -> QPointF:
        return self.canvas.view.graph.nodes[node].input_at(port)

    def link_middle(self, source: NodeId, target: NodeId) -> QPointF:
        links = self.canvas.view.graph.links
        return next(
            item.middle() for link, item in links.items() if (link.source, link.target) == (source, target)
        )

    def press(self, at: QPointF, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self._mouse(QMouseEvent.Type.MouseButtonPress, at, LEFT, held)

    def move(self, at: QPointF) -> None:
        self._mouse(QMouseEvent.Type.MouseMove, at, ANY)

    def release(self, at: QPointF) -> None:
        self._mouse(QMouseEvent.Type.MouseButtonRelease, at, LEFT)

    def drag(self, start: QPointF, end: QPointF) -> None:
        """Press, move there in steps, let go."""
        self.press(start)
        for part in (0.3, 0.6, 1.0):
            self.move(start + (end - start) * part)
        self.release(end)

    def click(self, at: QPointF, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.press(at, held)
        self.release(at)

    def double_click(self, at: QPointF) -> None:
        self._mouse(QMouseEvent.Type.MouseButtonDblClick, at, LEFT)

    def drop(self, key: str, at: QPointF) -> None:
        """Drag something from the palette, and let it go there."""
        data = QMimeData()
        data.setData(MIME, key.encode())
        self.drop_data(data, at)

    def drop_file(self, path: Path, at: QPointF) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        self.drop_data(data, at)

    def hover(self, key: str, at: QPointF) -> None:
        """Drag something from the palette over a place, and keep holding it."""
        data = QMimeData()
        data.setData(MIME, key.encode())
        place, none = QPointF(self._on_view(at)), Qt.KeyboardModifier.NoModifier
        self._send(QDragEnterEvent(place, Qt.DropAction.CopyAction, data, LEFT, none))
        self._send(QDragMoveEvent(place, Qt.DropAction.CopyAction, data, LEFT, none))

    def drop_data(self, data: QMimeData, at: QPointF) -> None:
        place, none = QPointF(self._on_view(at)), Qt.KeyboardModifier.NoModifier
        self._send(QDragEnterEvent(place, Qt.DropAction.CopyAction, data, LEFT, none))
        self._send(QDragMoveEvent(place, Qt.DropAction.CopyAction, data, LEFT, none))
        self._send(QDropEvent(place, Qt.DropAction.CopyAction, data, LEFT, none))

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.canvas.view, key, held)

    def type_words(self, words: str) -> None:
        QTest.keyClicks(self.canvas.view, words)

    def _on_view(self, at: QPointF) -> QPoint:
        return self.canvas.view.mapFromScene(at)

    def _send(self, event: object) -> None:
        QApplication.sendEvent(self.canvas.view.viewport(), event)  # type: ignore[arg-type]  # one of Qt's events

    def _mouse(
        self,
        kind: QMouseEvent.Type,
        at: QPointF,
        button: Qt.MouseButton,
        held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        place = QPointF(self._on_view(at))
        seen = self.canvas.view.viewport().mapToGlobal(place)
        self._send(QMouseEvent(kind, place, seen, button, LEFT, held))


def board_over(session: Session) -> Board:
    """A canvas that follows a project as the page does."""
    desk = Desk(session, "flow")
    canvas = Canvas(desk)
    reader = StateReader(session, tuple)
    said: list[str] = []

    def follow(change: object = None) -> None:
        desk.follow()
        canvas.offer(offers(session.project.datasets))
        canvas.show_flow(reader.read(desk.flow).faces())

    session.changed(follow)
    desk.refused.connect(lambda error: said.append(getattr(error, "text", None) or str(error)))
    canvas.resize(1200, 700)
    canvas.show()
    follow()
    return Board(session, desk, canvas, said)


@pytest.fixture
def board(qtbot, tmp_path: Path) -> Iterator[Board]:
    session = Session.create(tmp_path / "study", "Study", InlinePool())
    made = board_over(session)
    qtbot.addWidget(made.canvas)
    made.canvas.view.zoom_to(1.0)
    made.canvas.view.centerOn(360, 60)
    yield made
    session.abandon()
