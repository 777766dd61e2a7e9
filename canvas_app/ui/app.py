"""Opens the window: fast, with nothing imported that the first sight of it does not need."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from canvas_app.base.home import home
from canvas_app.ui import theme
from canvas_app.ui.bridge import PreviewLane, UiPool
from canvas_app.ui.view_state import ViewState
from canvas_app.ui.window import Window


def main(project: Path | None = None) -> int:
    """Open the window, with a project if one is named; the answer is the exit code."""
    from canvas_app.jobs.pool import Pool
    from canvas_app.ui.report_window import watch_for_bugs

    os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
    application = start()
    reports = watch_for_bugs(home())
    pool = Pool()
    window = Window(UiPool(pool), PreviewLane(), ViewState(home()))
    window.show()
    if project is not None:
        window.open_project(project)
    code = application.exec()
    reports.close()
    pool.close()
    return code


def start() -> QApplication:
    """The application, dressed in the theme of the system or of the person's choice."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("canvas-app")
    application.setApplicationDisplayName("Canvas App")
    application.setDesktopFileName("canvas-app")
    theme.dress(application)
    return application
