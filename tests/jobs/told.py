"""What a job said and how it ended, to be waited for."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any

from canvas_app.jobs.job import Job, Outcome, Progress
from canvas_app.jobs.pool import JobRunner, Ticket


class Told:
    """A job that was handed in to a runner."""

    def __init__(self, runner: JobRunner, job: Job[Any]) -> None:
        self._finds: SimpleQueue[Any] = SimpleQueue()
        self._outcome: SimpleQueue[Outcome[Any]] = SimpleQueue()
        self.progress: list[Progress] = []
        self.ticket: Ticket = runner.submit(job, progress=self._hear, outcome=self._outcome.put)

    def _hear(self, said: Progress) -> None:
        self.progress.append(said)
        if said.found is not None:
            self._finds.put(said.found)

    def find(self) -> Any:
        return self._finds.get(timeout=30)

    def outcome(self) -> Outcome[Any]:
        return self._outcome.get(timeout=30)
