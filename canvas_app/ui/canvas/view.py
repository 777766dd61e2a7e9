"""The canvas as a person operates it: mouse, drops and keys become gestures and edits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QToolTip

from canvas_app.ui.canvas.desk import Desk
from canvas_app.ui.canvas.gestures.draw_link import DrawLink
from canvas_app.ui.canvas.gestures.drop_file import DropFile
from canvas_app.ui.canvas.gestures.drop_step import MIME, DropStep
from canvas_app.ui.canvas.gestures.gesture import Gesture, Pointer, Search
from canvas_app.ui.canvas.gestures.move_nodes import MoveNodes
from canvas_app.ui.canvas.gestures.pan import Pan
from canvas_app.ui.canvas.gestures.rubber_band import RubberBand
from canvas_app.ui.canvas.keys import Keys
from canvas_app.ui.canvas.offers import Offer
from canvas_app.ui.canvas.scene import FlowScene, Hit
from canvas_app.ui.canvas.sight import Sight
from canvas_app.ui.canvas.words import words_at
from canvas_app.ui.controls import folded

_EDGE = 22
"""How near a border a drag must come for the canvas to scroll, in pixels."""


class FlowView(Sight):
    """Turns what hands do into gestures and edits; it decides nothing about the flow."""

    search_wanted = Signal(object)
    """A ``Search``."""
    menu_wanted = Signal(object, QPoint)
    """A ``Hit``, and the place on the screen."""
    opened = Signal(str)
    """A node was double-clicked."""
    rename_wanted = Signal(str)
    rested = Signal()
    """No gesture is under way any more."""

    def __init__(self, desk: Desk, offered: Callable[[str], Offer | None]) -> None:
        super().__init__(FlowScene())
        self.desk = desk
        self.offered = offered
        self._gesture: Gesture | None = None
        self._space = False
        self._pointer = Pointer(QPointF())
        self._keys = Keys(self)
        self._edge = QTimer(self)
        self._edge.setInterval(30)
        self._edge.timeout.connect(self._follow_edge)
        self.setAccessibleName("Flow canvas")
        self.setAccessibleDescription("The same flow is beside it as a list. Type to add a step.")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)

    def hint(self, words: str) -> None:
        """Show words by the pointer, or none."""
        if words:
            place = self.viewport().mapToGlobal(self._pointer.on_view + QPoint(14, 12))
            QToolTip.showText(place, folded(words), self.viewport())
        else:
            QToolTip.hideText()

    def search(self, search: Search) -> None:
        """Offer what can be added."""
        if self.may_edit():
            self.search_wanted.emit(search)

    def rename(self, node: str) -> None:
        """Let a node be called by another name."""
        if self.may_edit():
            self.rename_wanted.emit(node)

    def may_edit(self) -> bool:
        """Whether an edit can begin; where one may only look, the reason is shown by the pointer."""
        self.hint(self.desk.locked)
        return not self.desk.locked

    @property
    def gesture(self) -> Gesture | None:
        """What is under way."""
        return self._gesture

    def begin(self, gesture: Gesture, pointer: Pointer) -> bool:
        """Begin a gesture, as far as it is allowed here; one that is under way is cancelled."""
        self.cancel()
        allowed = gesture.looking() if self.desk.locked else gesture
        if allowed is None:
            self.hint(self.desk.locked)
            return False
        self._gesture = allowed
        allowed.begin(pointer)
        self._edge.start()
        return True

    def cancel(self) -> bool:
        """Cancel what is under way; False when nothing is."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
            self.rested.emit()
        return gesture is not None

    def hold_space(self, held: bool) -> None:
        """While Space is held, the left button pans."""
        self._space = held
        self.viewport().setCursor(Qt.CursorShape.OpenHandCursor if held else Qt.CursorShape.ArrowCursor)

    def tidy(self) -> None:
        """Lay the flow out from left to right, and show all of it."""
        self.graph.glide(self._tidy)

    def free_spot(self) -> QPointF:
        """Where a new node goes when no place was pointed at: behind the current one, else the middle."""
        current = self.desk.current
        if current is None or current not in self.graph.nodes:
            return self.centre()
        return self.graph.nodes[current].place().center() + QPointF(240, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin the gesture that fits what is under the pointer."""
        self.touched = True
        self.stay()
        self._pointer = self._pointer_of(event)
        gesture = self._gesture_for(event)
        if gesture is not None:
            self.begin(gesture, self._pointer)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The gesture goes on; without one, what is pointed at shows it."""
        self._pointer = self._pointer_of(event)
        if self._gesture is not None:
            self._gesture.move(self._pointer)
            self._edge.start()
        else:
            hit = self.graph.hit(self._pointer.at)
            self.graph.mark_port(hit.node if hit.side else None, hit.side, hit.port)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The gesture is done."""
        self._pointer = self._pointer_of(event)
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.end(self._pointer)
            self.rested.emit()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a node, or search what to add: on a link, between its ends."""
        self.cancel()
        at = self.mapToScene(event.position().toPoint())
        hit = self.graph.hit(at)
        if hit.node is None:
            self.search(Search(at, link=hit.link))
        else:
            self.opened.emit(hit.node)
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be done with what is pointed at, or is selected."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            hit = Hit(self.desk.current, link=self.desk.link)
            item = self.graph.nodes.get(self.desk.current or "")
            where = self.mapFromScene(item.place().center() if item else self.centre())
        else:
            where = event.pos()
            hit = self.graph.hit(self.mapToScene(where))
        self.menu_wanted.emit(hit, self.viewport().mapToGlobal(where))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips in words."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent) and self._gesture is None:
            words = words_at(self.graph.hit(self.mapToScene(event.pos())), self.graph, self.desk.flow)
            QToolTip.showText(event.globalPos(), words, self.viewport())
            return True
        return bool(super().viewportEvent(event))

    def event(self, event: QEvent) -> bool:
        """The canvas's own keys come before the window's shortcuts."""
        asked = event if event.type() == QEvent.Type.ShortcutOverride else None
        if isinstance(asked, QKeyEvent) and self._keys.takes(asked):
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys edit, walk and search."""
        self.touched = True
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Space is let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.hold_space(False)
        super().keyReleaseEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab searches what to add, or leaves where nothing can be added; Shift+Tab leaves the canvas."""
        if forward and not self.desk.locked:
            self.search(Search(self.free_spot()))
            return True
        return bool(super().focusNextPrevChild(forward))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus is shown by a border."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Space can't be held any more."""
        super().focusOutEvent(event)
        self.hold_space(False)
        self.viewport().update()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A step from the palette, or files."""
        gesture = self._drop_gesture(event)
        self._pointer = self._drop_pointer(event)
        if gesture is not None and self.begin(gesture, self._pointer):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show what would happen."""
        if self._gesture is not None:
            event.acceptProposedAction()
            self._pointer = self._drop_pointer(event)
            self._gesture.move(self._pointer)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went elsewhere."""
        self.cancel()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """It was let go here."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            event.acceptProposedAction()
            gesture.end(self._drop_pointer(event))
            self.setFocus()
            self.rested.emit()

    def _tidy(self) -> None:
        if self.desk.tidy():
            self.show_all()

    def _follow_edge(self) -> None:
        """While something is dragged near a border, what lies beyond comes into sight."""
        if self._gesture is None or not self._gesture.follows_edge:
            self._edge.stop()
            return
        room, at = self.viewport().rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE), self._pointer.on_view
        by = QPoint(_beyond(at.x(), room.left(), room.right()), _beyond(at.y(), room.top(), room.bottom()))
        if not by.isNull():
            self.pan(-by / 2)
            self._pointer = replace(self._pointer, at=self.mapToScene(at))
            self._gesture.move(self._pointer)

    def _gesture_for(self, event: QMouseEvent) -> Gesture | None:
        if event.button() == Qt.MouseButton.MiddleButton or (
            self._space and event.button() == Qt.MouseButton.LeftButton
        ):
            return Pan(self)
        hit = self.graph.hit(self._pointer.at)
        if event.button() == Qt.MouseButton.RightButton:
            self._select_hit(hit)
            return None
        if hit.side and hit.node is not None:
            return DrawLink(self, hit.node, hit.side, hit.port)
        if hit.node is not None:
            return MoveNodes(self, hit.node)
        if hit.link is not None:
            self.desk.select((), hit.link)
            return None
        return RubberBand(self)

    def _select_hit(self, hit: Hit) -> None:
        if hit.node is not None and hit.node not in self.desk.selected:
            self.desk.select((hit.node,))
        elif hit.node is None:
            self.desk.select((), hit.link)

    def _pointer_of(self, event: QMouseEvent) -> Pointer:
        place = event.position().toPoint()
        held = event.modifiers() & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier)
        return Pointer(self.mapToScene(place), place, bool(held))

    def _drop_pointer(self, event: QDropEvent) -> Pointer:
        place = event.position().toPoint()
        return Pointer(self.mapToScene(place), place)

    def _drop_gesture(self, event: QDropEvent) -> Gesture | None:
        data = event.mimeData()
        if data.hasFormat(MIME):
            offer = self.offered(bytes(data.data(MIME).data()).decode())
            return DropStep(self, offer) if offer else None
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        return DropFile(self, paths) if paths else None


def _beyond(at: int, low: int, high: int) -> int:
    """How far a number lies outside of a range, with its sign."""
    return min(0, at - low) + max(0, at - high)
