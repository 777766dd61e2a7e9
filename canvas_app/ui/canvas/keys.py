"""The keys of the canvas: edit, walk along links, nudge, zoom, and search by typing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent

from canvas_app.flow import edits
from canvas_app.ui.canvas.gestures.gesture import Search
from canvas_app.ui.canvas.walk import neighbour

if TYPE_CHECKING:
    from canvas_app.ui.canvas.view import FlowView

NUDGE = 8.0
"""How far Alt and an arrow move a node, in canvas units."""

_CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Keys:
    """What each key does while the canvas has the focus."""

    def __init__(self, view: FlowView) -> None:
        self._view = view
        key = Qt.Key
        self._looks: dict[int, Callable[[], object]] = {
            _code(key.Key_Escape): self._escape,
            _code(key.Key_Return): self._open,
            _code(key.Key_Enter): self._open,
            _code(key.Key_Space): lambda: view.hold_space(True),
            _code(key.Key_A, _CTRL): lambda: view.desk.select([node.id for node in view.desk.flow]),
            _code(key.Key_C, _CTRL): self.copy,
            _code(key.Key_0, _CTRL): lambda: view.zoom_to(1.0),
            _code(key.Key_1, _CTRL): view.fit,
            _code(key.Key_Plus, _CTRL): lambda: view.zoom_to(view.zoom * 1.25),
            _code(key.Key_Equal, _CTRL): lambda: view.zoom_to(view.zoom * 1.25),
            _code(key.Key_Minus, _CTRL): lambda: view.zoom_to(view.zoom / 1.25),
        }
        self._edits: dict[int, Callable[[], object]] = {
            _code(key.Key_Delete): lambda: view.desk.remove(),
            _code(key.Key_Backspace): lambda: view.desk.remove(),
            _code(key.Key_F2): self._rename,
            _code(key.Key_X, _CTRL): self._cut,
            _code(key.Key_V, _CTRL): self.paste,
            _code(key.Key_D, _CTRL): lambda: view.desk.duplicate(),
            _code(key.Key_Period, _CTRL): lambda: view.search(Search(view.free_spot())),
            _code(key.Key_L, _CTRL | _SHIFT): view.tidy,
        }
        for arrow, way in _WAYS.items():
            self._looks[_code(arrow)] = partial(self._walk, way)
            self._edits[_code(arrow, _ALT)] = partial(self._nudge, way)

    def takes(self, event: QKeyEvent) -> bool:
        """Whether the canvas has a use for the key, before shortcuts of the window."""
        return _pressed(event) in {*self._looks, *self._edits} or _types(event)

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key does; False when it does nothing here. Edits ask first whether they may."""
        pressed = _pressed(event)
        if pressed in self._looks:
            self._looks[pressed]()
        elif pressed in self._edits:
            if self._view.may_edit():
                self._edits[pressed]()
        elif _types(event):
            self._view.search(Search(self._view.free_spot(), text=event.text()))
        else:
            return False
        return True

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        text = self._view.desk.copied()
        if text:
            QGuiApplication.clipboard().setText(text)

    def paste(self) -> None:
        """Put what is on the clipboard onto the canvas, near the pointer if it is there."""
        view = self._view
        view.desk.paste(QGuiApplication.clipboard().text())

    def _cut(self) -> None:
        self.copy()
        self._view.desk.remove()

    def _escape(self) -> None:
        if not self._view.cancel():
            self._view.desk.select(())

    def _rename(self) -> None:
        if self._view.desk.current is not None:
            self._view.rename(self._view.desk.current)

    def _open(self) -> None:
        if self._view.desk.current is not None:
            self._view.opened.emit(self._view.desk.current)

    def _walk(self, way: tuple[int, int]) -> None:
        desk = self._view.desk
        found = neighbour(desk.flow, desk.current, way)
        if found is not None:
            desk.select((found,))
            self._view.reveal(found)

    def _nudge(self, way: tuple[int, int]) -> None:
        desk = self._view.desk
        flow = desk.flow
        places = {
            node: (flow[node].x + way[0] * NUDGE, flow[node].y + way[1] * NUDGE) for node in desk.selected
        }
        if places:
            names = "-".join(sorted(places))
            desk.edit("Move node", edits.move_nodes, places, gesture=f"nudge-{names}")


def _code(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> int:
    return QKeyCombination(held, key).toCombined()


def _pressed(event: QKeyEvent) -> int:
    return QKeyCombination(
        event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier, Qt.Key(event.key())
    ).toCombined()


def _types(event: QKeyEvent) -> bool:
    held = event.modifiers() & (_CTRL | _ALT | Qt.KeyboardModifier.MetaModifier)
    text = event.text()
    return not held and len(text) == 1 and text.isprintable() and not text.isspace()
