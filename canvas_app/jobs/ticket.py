"""What a caller holds of a job that was handed in, and what the list of jobs shows of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, TypeVar

from canvas_app.jobs.job import Crashed, Done, Failed, Job, Outcome, Progress, Stopped

T = TypeVar("T")

State = Literal["queued", "running", "stopping", "done", "failed", "stopped", "crashed"]


class Ticket:
    """A job that was handed in: it can be stopped, or asked to finish now. Any thread may do so."""

    def __init__(self, id: int, job: Job[Any], stop: Callable[[], None], finish: Callable[[], None]) -> None:
        self.id = id
        self.job = job
        self._stop = stop
        self._finish = finish

    def stop(self) -> None:
        """Ask it to stop; if it stays deaf longer than ``job.patience``, its process is ended."""
        self._stop()

    def finish(self) -> None:
        """Ask it to finish now, with what it has so far."""
        self._finish()


class JobRunner(Protocol):
    """Where jobs are handed in."""

    def submit(
        self,
        job: Job[T],
        *,
        progress: Callable[[Progress], None] | None = None,
        outcome: Callable[[Outcome[T]], None] | None = None,
    ) -> Ticket:
        """Run a job; ``progress`` is told what it says, ``outcome`` once how it ended."""
        ...


@dataclass(frozen=True)
class TicketState:
    """A job as the list of jobs shows it."""

    id: int
    title: str
    job: Job[Any]
    state: State
    progress: Progress
    started: float | None
    """On the monotonic clock; None while it waits."""
    log: str
    """What it said, line by line, and how it ended where that was not well."""


@dataclass(eq=False)
class Task:
    """A job inside a runner, from being handed in to its outcome."""

    id: int
    job: Job[Any]
    tell_progress: Callable[[Progress], None] | None = None
    tell_outcome: Callable[[Outcome[Any]], None] | None = None
    progress: Progress = field(default_factory=lambda: Progress(-1.0, "Waiting"))
    started: float | None = None
    stopping: bool = False
    enough: bool = False
    outcome: Outcome[Any] | None = None
    lines: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Its turn has come."""
        self.started = time.monotonic()
        self.progress = Progress(-1.0, "Starting")

    def hear(self, said: Progress) -> None:
        """It said something."""
        if said.note and said.note != self.progress.note:
            self.lines.append(f"{time.monotonic() - (self.started or 0):7.1f} s  {said.note}")
        self.progress = said
        if self.tell_progress is not None:
            self.tell_progress(said)

    def end(self, outcome: Outcome[Any]) -> None:
        """It ended. Who asked it to stop is told that it stopped, even if it came to its end meanwhile."""
        self.outcome = Stopped() if self.stopping else outcome
        if self.tell_outcome is not None:
            self.tell_outcome(self.outcome)
        if isinstance(self.outcome, Done):
            self.outcome = Done(None)  # who wanted the value has it; the list of jobs needs no copy

    def state(self) -> TicketState:
        """As the list of jobs shows it."""
        return TicketState(
            self.id, self.job.title, self.job, self._state(), self.progress, self.started, self._log()
        )

    def _state(self) -> State:
        match self.outcome:
            case None if self.stopping:
                return "stopping"
            case None:
                return "queued" if self.started is None else "running"
            case Done():
                return "done"
            case Failed():
                return "failed"
            case Stopped():
                return "stopped"
            case _:
                return "crashed"

    def _log(self) -> str:
        lines = [*self.lines]
        if isinstance(self.outcome, Failed):
            lines.append(self.outcome.text)
        if isinstance(self.outcome, Crashed):
            lines += [self.outcome.message, self.outcome.log]
        return "\n".join(lines)
