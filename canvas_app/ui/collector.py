"""Garbage is collected on the window's thread alone, since no other may take a widget apart.

Python collects cycles on whichever thread happens to allocate. Where that is a worker's and the cycle holds a
widget, its timers stay behind and fire at nothing: the window dies in ``QTimerInfoList::activateTimers``.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_BEAT = 1_000
"""Milliseconds between two looks."""


class Collector(QObject):
    """Takes over from Python's own collection for as long as it lives; what was off before stays off."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        if gc.isenabled():
            gc.disable()
            self.destroyed.connect(gc.enable)
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """Collect the oldest generation that is due by Python's own thresholds, if any."""
        for generation in (2, 1, 0):
            if gc.get_count()[generation] > gc.get_threshold()[generation]:
                gc.collect(generation)
                return
