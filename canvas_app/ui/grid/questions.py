"""Questions about the table that is shown, answered on the preview lane."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from canvas_app.base.errors import CanvasError

if TYPE_CHECKING:
    from canvas_app.data.engine import Engine
    from canvas_app.ui.bridge import PreviewLane
    from canvas_app.ui.grid.table_source import TableSource

_PATIENCE_MS = 100
"""How long an answer may take before it is shown that something works."""


class Questions(QObject):
    """Asks the lane on behalf of one grid; of one kind of question the latest wins."""

    late = Signal(bool)
    """Whether an answer takes longer than a person would not notice."""
    failed = Signal(str, object)
    """The kind of question that has no answer, and the ``CanvasError`` that says why."""

    def __init__(self, lane: PreviewLane) -> None:
        super().__init__()
        self._lane = lane
        self._about: object = None
        self._open: set[str] = set()
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_PATIENCE_MS)
        self._wait.timeout.connect(lambda: self.late.emit(True))

    def begin(self, about: object) -> None:
        """From now on questions are about another table; those before are dropped."""
        self.forget(*self._open)
        self._about = about

    def ask(self, kind: str, work: Callable[[Engine], Any], done: Callable[[Any], None]) -> None:
        """Run ``work`` on the lane's thread and tell ``done`` on this one."""
        about = self._about

        def answered(found: Any) -> None:
            self._end(kind)
            if about is self._about:
                done(found)

        def failed(error: CanvasError) -> None:
            self._end(kind)
            if about is self._about:
                self.failed.emit(kind, error)

        self._open.add(kind)
        if not self._wait.isActive():
            self._wait.start()
        self._lane.ask((id(self), kind), work, answered, failed)

    def busy(self) -> bool:
        """Whether an answer is waited for."""
        return bool(self._open)

    def forget(self, *kinds: str) -> None:
        """Drop questions, and stop what runs for them."""
        for kind in kinds:
            self._lane.forget((id(self), kind))
            self._end(kind)

    def let_go(self, source: TableSource, failed: Callable[[CanvasError], None]) -> None:
        """Have a table released on the lane's thread, whatever is shown."""
        self._lane.ask((id(source), "release"), lambda _: source.release(), lambda _: None, failed)

    def _end(self, kind: str) -> None:
        self._open.discard(kind)
        if not self._open:
            self._wait.stop()
            self.late.emit(False)
