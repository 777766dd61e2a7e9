"""The one window for bugs: what is known can be copied, and the work goes on."""

from __future__ import annotations

import faulthandler
import logging
import platform
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout

from canvas_app import __version__
from canvas_app.ui.controls import button, label, row

_LOG = logging.getLogger("canvas_app.qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class ReportWindow(QDialog):
    """Shows a bug once; further ones are written below the first."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Something went wrong")
        self.resize(640, 420)
        words = "This is a fault of the application, not yours. Every edit is saved; you can go on working."
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("role", "sunken")
        self.text.setAccessibleName("Report")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(label("Something went wrong", "panel-title"))
        column.addWidget(label(words, "muted", wrap=True))
        column.addWidget(self.text)
        column.addLayout(
            row(1, button("Copy the report", self._copy), button("Go on", self.close, look="primary"))
        )

    def add(self, report: str) -> None:
        """Show another bug."""
        before = self.text.toPlainText()
        self.text.setPlainText(f"{before}\n\n{report}" if before else f"{_facts()}\n\n{report}")
        self.show()
        self.raise_()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())


@contextmanager
def watch_for_bugs(folder: Path) -> Iterator[ReportWindow]:
    """Show what nobody expected in the report window; hard faults are written to ``faults.log``."""
    window = ReportWindow()

    def report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        logging.getLogger("canvas_app").error(text)
        window.add(text)

    before = sys.excepthook
    sys.excepthook = report
    qInstallMessageHandler(_tell)
    with (folder / "faults.log").open("ab") as faults:
        faulthandler.enable(faults)
        try:
            yield window
        finally:
            faulthandler.disable()
            qInstallMessageHandler(None)
            sys.excepthook = before
            window.close()


def _tell(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    _LOG.log(_LEVELS[kind], "%s (%s)", message, context.category)


def _facts() -> str:
    python = platform.python_version()
    return f"canvas-app {__version__}, Python {python}, Qt {qVersion()}, {platform.platform()}"
