"""Being ended by a signal is being closed: every edit is written, every worker ended.

Qt calls Python from C++, where an exception that a signal handler raises has no way to go. So the handler
does nothing: Python tells of the signal through a pipe, and the window is closed from the event loop.
"""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


class Termination(QObject):
    """Calls ``asked`` at each signal that shall end the process, from its making until ``give_back``."""

    def __init__(self, asked: Callable[[], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked = asked
        self._told, self._ours = socket.socketpair()
        for end in (self._told, self._ours):
            end.setblocking(False)
        self._pipe_before = signal.set_wakeup_fd(self._ours.fileno(), warn_on_full_buffer=False)
        self._before = [(number, signal.signal(number, _leave_it)) for number in _SIGNALS]
        self._notifier = QSocketNotifier(self._told.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)

    def give_back(self) -> None:
        """Let signals do what they did before."""
        self._notifier.setEnabled(False)
        for number, handler in self._before:
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._pipe_before)
        self._told.close()
        self._ours.close()

    def _hear(self) -> None:
        if set(self._told.recv(64)) & set(_SIGNALS):
            self._asked()


def _leave_it(number: int, frame: FrameType | None) -> None:
    del number, frame
