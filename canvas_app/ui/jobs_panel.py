"""The list of jobs: how far each is, since when, how long it may take, with *Stop* and its log."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QPlainTextEdit,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from canvas_app.base.words import duration
from canvas_app.jobs.job import Crashed, Done, Failed
from canvas_app.ui.bridge import UiPool, Work
from canvas_app.ui.controls import button, label, row
from canvas_app.ui.theme.icons import pixmap

_EVERY_MS = 500


class JobsPanel(QDialog):
    """Stays open beside the work, and follows it."""

    def __init__(self, runner: UiPool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Jobs")
        self.resize(560, 420)
        self._runner = runner
        self._rows: dict[int, JobRow] = {}
        self._empty = label("Nothing has been run yet. Imports, builds and exports are listed here.", "muted")
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(12)
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(area)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.follow)
        runner.changed.connect(self.follow)

    def showEvent(self, event: QShowEvent) -> None:
        """Tick only while someone looks."""
        super().showEvent(event)
        self._timer.start(_EVERY_MS)
        self.follow()

    def follow(self) -> None:
        """Show all jobs as they are now; the newest on top."""
        if not self.isVisible():
            self._timer.stop()
            return
        works = self._runner.works()
        self._empty.setVisible(not works)
        for work in reversed(works):
            if id(work) not in self._rows:
                self._rows[id(work)] = JobRow(work)
                self._column.insertWidget(0, self._rows[id(work)])
        known = {id(work) for work in works}
        for gone in [key for key in self._rows if key not in known]:
            self._rows.pop(gone).deleteLater()
        for one in self._rows.values():
            one.follow()


class JobRow(QFrame):
    """One job."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._work = work
        self._note = label("", "secondary", wrap=True)
        self._time = label("", "caption")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress.setAccessibleName(f"Progress of {work.title}")
        number = work.ticket.id if work.ticket is not None else 0
        self._stop = button("Stop", self._ask_to_stop)
        self._stop.setAccessibleName(f"Stop job {number}: {work.title}")
        self._show_log = button("Log", self._toggle_log, look="link")
        self._show_log.setAccessibleName(f"Log of job {number}: {work.title}")
        self._log = QPlainTextEdit()
        self._log.setReadOnly(True)
        self._log.setAccessibleName(f"Words of job {number}: {work.title}")
        self._log.setProperty("role", "sunken")
        self._log.setFixedHeight(140)
        self._log.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(6)
        self._mark = label()
        self._mark.setVisible(False)
        head = row(self._mark, label(work.title, "strong"), 1, self._time, self._show_log, self._stop)
        column.addLayout(head)
        column.addWidget(self._progress)
        column.addWidget(self._note)
        column.addWidget(self._log)

    def follow(self) -> None:
        """Show how far it is."""
        work = self._work
        self._stop.setVisible(work.running)
        self._progress.setVisible(work.running)
        known = work.progress.done >= 0
        self._progress.setRange(0, 1000 if known else 0)
        self._progress.setValue(round(1000 * work.progress.done) if known else 0)
        self._note.setText(work.progress.note if work.running else _end_of(work))
        self._mark_the_end()
        left = work.remaining
        expected = "" if left is None else f" · about {duration(round(left))} to go"
        self._time.setText(f"{_spent(work.elapsed)}{expected}")
        if self._log.isVisible() and self._log.toPlainText() != work.log():
            self._log.setPlainText(work.log())

    def _mark_the_end(self) -> None:
        if isinstance(self._work.outcome, Failed | Crashed) and self._mark.isHidden():
            self._mark.setPixmap(pixmap("ph.warning-circle", 16, "bad"))
            self._mark.setVisible(True)

    def _ask_to_stop(self) -> None:
        if self._work.ticket is not None:
            self._work.ticket.stop()
            self._stop.setEnabled(False)

    def _toggle_log(self) -> None:
        self._log.setPlainText(self._work.log() or "It has said nothing yet.")
        self._log.setVisible(not self._log.isVisible())


def _spent(seconds: float) -> str:
    return "under 1 s" if seconds < 1 else duration(round(seconds))


def _end_of(work: Work) -> str:
    if isinstance(work.outcome, Done):
        return "Done."
    if isinstance(work.outcome, Failed):
        return f"Failed: {work.outcome.text}"
    return f"Failed: {work.outcome.message}" if isinstance(work.outcome, Crashed) else "Stopped."
