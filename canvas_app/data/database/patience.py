"""Waiting for a server: on a thread of its own, so that a job can be stopped while the server thinks."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from typing import TypeVar

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.jobs.job import Report

T = TypeVar("T")

_BEAT = 0.1
_LAST = 1.0
"""Seconds in which a call that was given up may still end by itself."""


class TooLate(CanvasError):
    """A server that did not answer in time."""


class Patience:
    """Runs one call after the other on one thread, reporting meanwhile."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")
        self.done = -1.0
        self.note = ""

    def say(self, done: float, note: str) -> None:
        """Report that, now and while the next calls run."""
        self.done, self.note = done, note
        self._report(done, note)

    def wait_for(
        self, call: Callable[[], T], give_up: Callable[[], None] | None = None, seconds: float | None = None
    ) -> T:
        """What the call gives or raises; ``TooLate`` after so many seconds.

        When the report asks to stop, ``give_up`` is called, which shall make the call end.
        """
        running = self._thread.submit(call)
        latest = time.monotonic() + seconds if seconds is not None else None
        try:
            while not wait([running], _BEAT).done:
                self._report(self.done, self.note)
                if latest is not None and time.monotonic() > latest:
                    raise TooLate(f"There was no answer within {seconds:.0f} seconds.")
        except (Cancelled, TooLate):
            if give_up is not None:
                with suppress(OSError):
                    give_up()
            wait([running], _LAST)
            raise
        return running.result()

    def close(self) -> None:
        """Take no more calls."""
        self._thread.shutdown(wait=False, cancel_futures=True)
