"""The only cross-thread code of the window: jobs and small queries come back by queued signals.

Who waits for an answer stays on the window's thread, under a number. Other threads hold the number alone,
so that none of them is ever the last to hold a widget, and takes it apart.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.jobs.job import Crashed, Failed, Job, Outcome, Progress

if TYPE_CHECKING:
    from canvas_app.data.engine import Engine
    from canvas_app.jobs.pool import JobRunner, Ticket

T = TypeVar("T")

_Progressed = Callable[[Progress], None]
_Ended = Callable[[Outcome[Any]], None]

_WAITING = "Waiting for a worker"
_KEPT = 50
"""How many jobs that ended stay in the list."""
_AGAIN = 20
"""Milliseconds after which a query that was told to stop, and has not, is told again."""


class _Postman(QObject):
    """Carries calls from any thread to the thread that it was made on."""

    posted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.posted.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def _call(self, call: Callable[[], None]) -> None:
        call()


def delivered(tell: Callable[[T], None]) -> Callable[[T], None]:
    """A listener that may be told on any thread, and that passes it on to this one."""
    postman = _Postman()
    return lambda value: postman.posted.emit(partial(tell, value))


@dataclass
class Work:
    """A job as the window shows it: how far it is, since when, and how it ended."""

    job: Job[Any]
    started: float
    ticket: Ticket | None = None
    progress: Progress = field(default_factory=lambda: Progress(-1.0, _WAITING))
    outcome: Outcome[Any] | None = None
    ended: float | None = None
    notes: list[str] = field(default_factory=list)
    """What it said, line by line, with the seconds since its start."""
    found: list[Mapping[str, Any]] = field(default_factory=list)
    """What it showed already, oldest first; a page that comes late catches up from here."""

    @property
    def title(self) -> str:
        """What the job is called on screen, with what it is done to."""
        return f"{self.job.title} {self.job.subject}".strip()

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self.outcome is None

    @property
    def elapsed(self) -> float:
        """Seconds from its start until now, or until it ended."""
        return (self.ended or time.monotonic()) - self.started

    @property
    def remaining(self) -> float | None:
        """Seconds that it will take from now on, going by how far it is; None where nobody knows."""
        done = self.progress.done
        return self.elapsed * (1 - done) / done if self.running and 0.02 < done <= 1 else None

    def log(self) -> str:
        """All that it said, and how it ended where that was not well."""
        end = {Failed: lambda o: [o.text], Crashed: lambda o: [o.message, o.log]}.get(type(self.outcome))
        return "\n".join([*self.notes, *(end(self.outcome) if end else [])])


class UiPool(QObject):
    """A runner whose callbacks come on the window's thread; it remembers its jobs for the list."""

    changed = Signal()
    """A job was added, said something, or ended."""

    def __init__(self, runner: JobRunner) -> None:
        super().__init__()
        self._runner = runner
        self._postman = _Postman()
        self._works: list[Work] = []
        self._waiting: dict[int, tuple[Work, _Progressed | None, _Ended | None]] = {}
        self._numbers = count()
        self._closed = False

    def works(self) -> tuple[Work, ...]:
        """All jobs that run, and the latest that ended; the newest first."""
        return tuple(reversed(self._works))

    def submit(
        self,
        job: Job[T],
        *,
        progress: Callable[[Progress], None] | None = None,
        outcome: Callable[[Outcome[T]], None] | None = None,
    ) -> Ticket:
        """Run a job; both callbacks come on this thread, and none after ``close``."""
        work = Work(job, time.monotonic())
        if not job.quiet:
            self._works = [*self._works[-_KEPT:], work]
        number = next(self._numbers)
        self._waiting[number] = (work, progress, outcome)
        work.ticket = self._runner.submit(
            job,
            progress=lambda said: self._post(partial(self._tell, number, said)),
            outcome=lambda end: self._post(partial(self._end, number, end)),
        )
        self.changed.emit()
        return work.ticket

    def close(self) -> None:
        """Deliver nothing any more. The runner itself is closed by who made it."""
        self._closed = True
        self._waiting.clear()

    def _post(self, call: Callable[[], None]) -> None:
        if not self._closed:
            self._postman.posted.emit(call)

    def _tell(self, number: int, said: Progress) -> None:
        if number not in self._waiting:
            return
        work, tell, _ = self._waiting[number]
        if work.progress.note == _WAITING:
            work.started = time.monotonic()
        if said.note and said.note != work.progress.note:
            work.notes.append(f"{work.elapsed:7.1f} s  {said.note}")
        if said.found is not None:
            work.found.append(said.found)
        work.progress = said
        self.changed.emit()
        if tell is not None:
            tell(said)

    def _end(self, number: int, end: Outcome[Any]) -> None:
        if number not in self._waiting:
            return
        work, _, tell = self._waiting.pop(number)
        work.outcome = end
        work.ended = time.monotonic()
        self.changed.emit()
        if tell is not None:
            tell(end)


@dataclass(frozen=True)
class _Asker:
    number: int
    done: Callable[[Any], None]
    failed: Callable[[CanvasError], None]


def _new_engine() -> Engine:
    from canvas_app.data.engine import Engine

    return Engine()


class PreviewLane(QObject):
    """One thread with an engine of its own for small queries: of one key, the latest question wins."""

    def __init__(self, engine: Callable[[], Engine] = _new_engine) -> None:
        super().__init__()
        self._make_engine = engine
        self._engine: Engine | None = None
        self._postman = _Postman()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="preview")
        self._lock = threading.Lock()
        self._latest: dict[Hashable, _Asker] = {}
        self._running: tuple[Hashable, int] | None = None
        self._numbers = count()
        self._closed = False
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN)
        self._again.timeout.connect(self._hurry)

    def ask(
        self,
        key: Hashable,
        work: Callable[[Engine], T],
        done: Callable[[T], None],
        failed: Callable[[CanvasError], None],
    ) -> None:
        """Run ``work`` on the lane's thread; ``done`` or ``failed`` comes on this one.

        A question of the same key that has not been answered is dropped, its running query interrupted.
        """
        number = next(self._numbers)
        with self._lock:
            if self._closed:
                return
            self._latest[key] = _Asker(number, done, failed)
        self._hurry()
        answer = self._thread.submit(self._answer, key, number, work)
        answer.add_done_callback(
            lambda _: self._postman.posted.emit(partial(self._deliver, key, number, answer))
        )

    def forget(self, key: Hashable | None = None) -> None:
        """Drop the question of a key, or all, and stop what runs for it."""
        with self._lock:
            for one in [key] if key is not None else list(self._latest):
                self._latest.pop(one, None)
        self._hurry()

    def busy(self) -> bool:
        """Whether a question waits for its answer."""
        return bool(self._latest)

    def close(self) -> None:
        """Stop what runs, end the thread and the engine; nothing is delivered any more."""
        if self._closed:
            return
        self.forget()
        with self._lock:
            self._closed = True
        ended = self._thread.submit(self._end)
        while not ended.done():
            self._hurry()
            wait([ended], _AGAIN / 1000)
        self._again.stop()
        self._thread.shutdown(wait=True)

    def _hurry(self) -> None:
        """Stop what nobody waits for, and once more until it ends: its query may not quite have begun."""
        with self._lock:
            idle = self._running is None or self._waited_for(*self._running)
            if not idle and self._engine is not None:
                self._engine.interrupt()
        if not idle:
            self._again.start()

    def _end(self) -> None:
        if self._engine is not None:
            self._engine.close()

    def _answer(self, key: Hashable, number: int, work: Callable[[Engine], Any]) -> Any:
        if not self._waited_for(key, number):
            raise Cancelled
        if self._engine is None:
            self._engine = self._make_engine()
        self._engine.settle()
        with self._lock:
            if not self._waited_for(key, number):
                raise Cancelled
            self._running = (key, number)
        try:
            return work(self._engine)
        finally:
            with self._lock:
                self._running = None

    def _waited_for(self, key: Hashable, number: int) -> bool:
        asker = self._latest.get(key)
        return asker is not None and asker.number == number

    def _deliver(self, key: Hashable, number: int, answer: Future[Any]) -> None:
        if self._closed or not self._waited_for(key, number):
            return
        asker = self._latest.pop(key)
        error = answer.exception()
        if error is None:
            asker.done(answer.result())
        elif isinstance(error, CanvasError):
            asker.failed(error)
        elif not isinstance(error, Cancelled):
            raise error
