"""The imports that run now: how far each is, and a button that stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from canvas_app.data.import_job import ImportJob
from canvas_app.data.refresh_job import RefreshJob
from canvas_app.ui.controls import button, label
from canvas_app.ui.grid.cell_text import percent

if TYPE_CHECKING:
    from canvas_app.ui.bridge import UiPool, Work


class RunningImports(QWidget):
    """One card per running import; nothing when there is none."""

    changed = Signal()
    """An import began or ended."""

    def __init__(self, runner: UiPool) -> None:
        super().__init__()
        self._runner = runner
        self._cards: dict[int, ImportCard] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        runner.changed.connect(self.follow)
        self.follow()

    def cards(self) -> tuple[ImportCard, ...]:
        """The cards that are shown."""
        return tuple(self._cards.values())

    def follow(self) -> None:
        """Show how far each import is; take away those that have ended."""
        works = (work for work in self._runner.works() if isinstance(work.job, ImportJob | RefreshJob))
        running = [work for work in works if work.running]
        before = set(self._cards)
        for key in before - {id(work) for work in running}:
            self._cards.pop(key).deleteLater()
        for work in reversed(running):
            if id(work) not in self._cards:
                self._cards[id(work)] = card = ImportCard(work)
                self._column.addWidget(card)
            self._cards[id(work)].follow()
        self.setVisible(bool(self._cards))
        if before != set(self._cards):
            self.changed.emit()


class ImportCard(QFrame):
    """One import: its file, what it does, how far it is."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self._work = work
        name = work.job.subject if isinstance(work.job, ImportJob | RefreshJob) else work.title
        self.title = label(f"Importing {name}", "strong")
        self.words = label("", "secondary")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.setAccessibleName(f"Import of {name}")
        self.stop = button("Stop", self._stop)
        self.stop.setAccessibleName(f"Stop importing {name}")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.bar)
        words.addWidget(self.words)
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 12, 16, 12)
        line.setSpacing(16)
        line.addLayout(words, 1)
        line.addWidget(self.stop)

    def follow(self) -> None:
        """Show what the job said last."""
        done = self._work.progress.done
        self.bar.setRange(0, 1000 if done > 0 else 0)
        self.bar.setValue(round(max(0.0, done) * 1000))
        amount = f" · {percent(done)}" if done > 0 else ""
        self.words.setText(f"{self._work.progress.note or 'Waiting'}{amount} · {self._work.elapsed:.0f} s")

    def _stop(self) -> None:
        self.stop.setEnabled(False)
        self.words.setText("Stopping")
        if self._work.ticket is not None:
            self._work.ticket.stop()
