"""Asks for the answer to a row while it is typed: one question at a time, and the latest one wins."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from canvas_app.explain.row_job import ExplainedRow, ExplainRowJob
from canvas_app.jobs.job import Crashed, Done, Failed, Outcome
from canvas_app.ui.page import words_of

if TYPE_CHECKING:
    from canvas_app.ui.bridge import UiPool

Question = tuple[Path, dict[str, Any]]


class LiveAnswers(QObject):
    """Never more than one job on the way; what is typed meanwhile is asked when it is back."""

    answered = Signal(object)
    """The ``ExplainedRow`` of the latest question."""
    failed = Signal(str)

    def __init__(self, runner: UiPool) -> None:
        super().__init__()
        self._runner = runner
        self._asked: Question | None = None
        self._next: Question | None = None

    def ask(self, folder: Path, values: dict[str, Any]) -> None:
        """Have a row answered by the model in a folder."""
        self._next = (folder, values)
        if self._asked is None:
            self._send()

    def _send(self) -> None:
        self._asked, self._next = self._next, None
        if self._asked is not None:
            folder, values = self._asked
            self._runner.submit(ExplainRowJob(str(folder), values), outcome=self._back)

    def _back(self, outcome: Outcome[ExplainedRow]) -> None:
        outdated = self._next is not None and self._asked is not None and self._next[0] != self._asked[0]
        self._asked = None
        if isinstance(outcome, Done) and not outdated:
            self.answered.emit(outcome.value)
        elif isinstance(outcome, Failed | Crashed) and not outdated:
            self.failed.emit(words_of(outcome))
        self._send()
