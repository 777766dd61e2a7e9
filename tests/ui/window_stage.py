"""The real window for tests: its jobs run at once, its queries on its own lane."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from canvas_app.jobs.pool import InlinePool
from canvas_app.ui.bridge import PreviewLane, UiPool
from canvas_app.ui.view_state import ViewState
from canvas_app.ui.window import Window

PATIENCE = 60_000
"""Milliseconds that a test waits for a job; far more than it takes, for machines that are busy."""


@contextmanager
def shown_window(home: Path) -> Iterator[Window]:
    """A window as ``canvas-app`` opens it, closed at the end."""
    window = Window(UiPool(InlinePool()), PreviewLane(), ViewState(home))
    window.show()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
