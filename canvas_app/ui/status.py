"""The strip below: whether something works, what, how far, and what it takes of the machine."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from canvas_app.ui.bridge import UiPool, Work
from canvas_app.ui.controls import button, label
from canvas_app.ui.machine import memory_in_use
from canvas_app.ui.theme.icons import icon

_EVERY_MS = 2000


class Status(QWidget):
    """Shows the newest running job; a click on it opens the list of all."""

    jobs_wanted = Signal()

    def __init__(self, runner: UiPool) -> None:
        super().__init__()
        self.setObjectName("status")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(28)
        self._runner = runner
        self._ready = _quiet_button("Ready", "Jobs")
        self._ready.clicked.connect(self.jobs_wanted)
        self._doing = label()
        self._progress = QProgressBar()
        self._progress.setAccessibleName("Progress of the running job")
        self._progress.setTextVisible(False)
        self._progress.setFixedWidth(160)
        self._stop = _quiet_button("Stop", "Stop the job that is shown")
        self._stop.clicked.connect(self._stop_shown)
        self._workers = label()
        self._memory = label()
        self._memory.setToolTip("Memory in use by the window and its workers")
        self._lay_out()
        runner.changed.connect(self.follow)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._measure)
        self._timer.start(_EVERY_MS)
        self.follow()

    def follow(self) -> None:
        """Show what runs now."""
        running = [work for work in self._runner.works() if work.running]
        self._ready.setText("Working" if running else "Ready")
        self._ready.setIcon(icon("ph.spinner-gap", "accent") if running else icon("ph.check-circle", "good"))
        self._workers.setText(_count(len(running)))
        self._workers.setMinimumWidth(self._workers.sizeHint().width())
        for part in (self._doing, self._progress, self._stop):
            part.setVisible(bool(running))
        if running:
            self._show(running[0], len(running) - 1)

    def _show(self, work: Work, others: int) -> None:
        more = f" · and {others} more" if others else ""
        note = f" · {work.progress.note}" if work.progress.note else ""
        self._doing.setText(
            self._doing.fontMetrics().elidedText(
                f"{work.title}{note}{more}", Qt.TextElideMode.ElideRight, 460
            )
        )
        self._stop.setAccessibleName(f"Stop job: {work.title}")
        known = work.progress.done >= 0
        self._progress.setRange(0, 1000 if known else 0)
        self._progress.setValue(round(1000 * work.progress.done) if known else 0)

    def _stop_shown(self) -> None:
        work = next((work for work in self._runner.works() if work.running), None)
        if work is not None and work.ticket is not None:
            work.ticket.stop()

    def _measure(self) -> None:
        if self.isVisible():
            self._memory.setText(f"{memory_in_use() / 1e9:.1f} GB")

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 16, 0)
        row.setSpacing(14)
        for part in (self._ready, self._doing, self._progress, self._stop):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        for part in (self._workers, self._memory):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)


def _quiet_button(text: str, tip: str) -> QPushButton:
    made = button(text, look="quiet")
    made.setToolTip(tip)
    made.setFixedHeight(22)
    return made


def _count(running: int) -> str:
    return (
        "No worker in use"
        if not running
        else "1 worker in use"
        if running == 1
        else f"{running} workers in use"
    )
