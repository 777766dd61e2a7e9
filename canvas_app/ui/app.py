"""Opens the window: fast, with nothing imported that the first sight of it does not need."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from canvas_app.base.home import home
from canvas_app.ui import theme
from canvas_app.ui.bridge import PreviewLane, UiPool
from canvas_app.ui.collector import Collector
from canvas_app.ui.ending import end_windows
from canvas_app.ui.termination import Termination
from canvas_app.ui.view_state import ViewState
from canvas_app.ui.window import Window

if TYPE_CHECKING:
    from canvas_app.jobs.job import Job, Outcome, Progress
    from canvas_app.jobs.pool import Pool
    from canvas_app.jobs.ticket import Ticket

T = TypeVar("T")

_NEEDED_FIRST = ("canvas_app.data.import_job", "ibis")
"""What the first job of nearly everybody needs: an import."""
_REST = 600
"""Milliseconds after which the window has been painted, and its workers may start."""

_TURN = 0.001
"""Seconds for which a thread that computes may keep the window waiting. Every picture of the canvas takes
Python's lock several times: with the usual 5 ms it came 40 to 100 ms late while a table was previewed."""


def main(project: Path | None = None) -> int:
    """Open the window, with a project if one is named; the answer is the exit code."""
    return run(start(), project)


def run(application: QApplication, project: Path | None = None) -> int:
    """Show the window until it is closed; no process, thread or window is left behind."""
    from canvas_app.ui.report_window import watch_for_bugs

    with watch_for_bugs(home()):
        pool = LatePool()
        window, close = open_window(pool)
        window.show()
        QTimer.singleShot(_REST, window, pool.warm)
        if project is not None:
            window.open_project(project)
        termination = Termination(lambda: window.end() and application.exit(0))
        code = application.exec()  # (noqa: house) Qt's event loop
        close()
        termination.give_back()
    end_windows()
    return code


def open_window(pool: LatePool | None = None) -> tuple[Window, Callable[[], None]]:
    """The window with its workers; the second ends them, once the window is closed."""
    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    pool = pool or LatePool()
    return Window(UiPool(pool), PreviewLane(), ViewState(home())), pool.close


class LatePool:
    """The pool, made when the first job comes: the window is there sooner without it."""

    def __init__(self) -> None:
        self._pool: Pool | None = None

    def submit(
        self,
        job: Job[T],
        *,
        progress: Callable[[Progress], None] | None = None,
        outcome: Callable[[Outcome[T]], None] | None = None,
    ) -> Ticket:
        """Run a job in a child process."""
        return self._made().submit(job, progress=progress, outcome=outcome)

    def warm(self) -> None:
        """Start the processes ahead of the first job; they load what jobs need while nobody waits."""
        self._made().warm()

    def close(self) -> None:
        """End all jobs and leave no process behind."""
        if self._pool is not None:
            self._pool.close()

    def _made(self) -> Pool:
        from canvas_app.jobs.pool import Pool

        if self._pool is None:
            self._pool = Pool(preload=_NEEDED_FIRST)
        return self._pool


def start() -> QApplication:
    """The application, dressed in the theme of the system or of the person's choice."""
    sys.setswitchinterval(_TURN)
    application = QApplication(sys.argv[:1])
    application.setApplicationName("canvas-app")
    application.setApplicationDisplayName("Canvas App")
    application.setDesktopFileName("canvas-app")
    Collector(application)
    theme.dress(application, cast("theme.Appearance", ViewState(home()).appearance()))
    return application
