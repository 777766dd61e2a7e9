"""Jobs run in child processes: none can freeze the window, take it down, or outlive it."""

from __future__ import annotations

import json
import pickle
import shutil
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from canvas_app.base.errors import Cancelled, Where
from canvas_app.base.unit import Json
from canvas_app.jobs.child import Child, how_it_ended
from canvas_app.jobs.job import Crashed, Done, Failed, Job, Outcome, Progress, Stopped, run_inline
from canvas_app.jobs.pace import Pace
from canvas_app.jobs.scratch import clear_dead_scratch, new_scratch
from canvas_app.jobs.ticket import JobRunner, Task, Ticket, TicketState
from canvas_app.jobs.wire import Kind

__all__ = ["InlinePool", "JobRunner", "Pool", "Ticket", "TicketState"]

T = TypeVar("T")

_KEPT = 50
"""How many jobs that ended stay in the list."""
_HEAVY = 1_500_000_000
"""Bytes; a process that kept more than this after its job is replaced, as Python gives little back."""


class Pool:
    """Supervising threads, each with one warm child process; none is started before the first job."""

    def __init__(self, workers: int = 2, *, scratch: Path | None = None, preload: Sequence[str] = ()) -> None:
        self._desks = tuple(_Desk(self, number, preload) for number in range(workers))
        self._wanted_scratch = scratch
        self._scratch: Path | None = None
        self._tasks: list[Task] = []
        self._queue: deque[Task] = deque()
        self._changed = threading.Condition()
        self._ids = count(1)
        self._open = True
        self._started = False

    def submit(
        self,
        job: Job[T],
        *,
        progress: Callable[[Progress], None] | None = None,
        outcome: Callable[[Outcome[T]], None] | None = None,
    ) -> Ticket:
        """Queue a job. Both callbacks come on a thread of the pool; that of a queued job which is stopped
        comes on the thread that stops it."""
        task = Task(next(self._ids), job, progress, outcome)
        ticket = Ticket(task.id, job, lambda: self._stop(task), lambda: self._finish(task))
        with self._changed:
            accepted = self._open
            if accepted:
                self._tasks.append(task)
                self._forget_old()
                self._queue.append(task)
                self._start()
                self._changed.notify()
        if not accepted:
            task.stopping = True
            task.end(Stopped())
        return ticket

    def warm(self) -> None:
        """Start the processes now, so that the first job need not wait for them."""
        with self._changed:
            if self._open:
                self._start()

    def tickets(self) -> tuple[TicketState, ...]:
        """The jobs that wait or run, and the latest that ended, in the order in which they came."""
        with self._changed:
            return tuple(task.state() for task in self._tasks)

    def memory(self) -> int:
        """Bytes in use by all processes of the pool."""
        return sum(desk.memory() for desk in self._desks)

    def pids(self) -> tuple[int, ...]:
        """The process of each worker that has one."""
        return tuple(pid for desk in self._desks if (pid := desk.pid()) is not None)

    def close(self) -> None:
        """End all jobs and leave no process behind."""
        with self._changed:
            self._open = False
            waiting, running = list(self._queue), [task for task in self._tasks if task.outcome is None]
            self._queue.clear()
            for task in running:
                task.stopping = True
            self._changed.notify_all()
        for task in waiting:
            task.end(Stopped())
        for desk in self._desks:
            desk.close()
        if self._scratch is not None and self._wanted_scratch is None:
            shutil.rmtree(self._scratch, ignore_errors=True)

    def next_task(self) -> Task | None:
        """Wait for a job that nobody has taken yet; None when the pool closes."""
        with self._changed:
            while self._open and not self._queue:
                self._changed.wait()
            if not self._open:
                return None
            task = self._queue.popleft()
            task.begin()
            return task

    def place(self, number: int) -> Path:
        """The folder of that worker, for its log and its temporary files."""
        assert self._scratch is not None
        return self._scratch / f"worker-{number}"

    def _start(self) -> None:
        if self._started:
            return
        self._started = True
        self._scratch = self._wanted_scratch or new_scratch("pool")
        self._scratch.mkdir(parents=True, exist_ok=True)
        for desk in self._desks:
            desk.start()

    def _stop(self, task: Task) -> None:
        with self._changed:
            if task.outcome is not None or task.stopping:
                return
            task.stopping = True
            waiting = task in self._queue
            if waiting:
                self._queue.remove(task)
        if waiting:
            task.end(Stopped())
        else:
            self._ask(task, Kind.STOP)

    def _finish(self, task: Task) -> None:
        task.enough = True
        self._ask(task, Kind.ENOUGH)

    def _ask(self, task: Task, kind: Kind) -> None:
        for desk in self._desks:
            desk.ask(task, kind)

    def _forget_old(self) -> None:
        ended = [task for task in self._tasks if task.outcome is not None]
        for task in ended[:-_KEPT]:
            self._tasks.remove(task)


class _Desk:
    """One supervising thread and its child process."""

    def __init__(self, pool: Pool, number: int, preload: Sequence[str]) -> None:
        self._pool = pool
        self._number = number
        self._preload = preload
        self._child: Child | None = None
        self._task: tuple[Task, int] | None = None
        self._lock = threading.Lock()
        self._open = True
        self._thread = threading.Thread()

    def start(self) -> None:
        with self._lock:
            if not self._open:
                return
            self._thread = threading.Thread(target=self._work, name=f"jobs-{self._number}", daemon=True)
            self._thread.start()

    def pid(self) -> int | None:
        with self._lock:
            return self._child.pid if self._child is not None else None

    def memory(self) -> int:
        with self._lock:
            child = self._child
        return child.memory() if child is not None else 0

    def ask(self, task: Task, kind: Kind) -> None:
        """Pass a wish on to the task, if it is the one that runs here."""
        with self._lock:
            if self._task is None or self._task[0] is not task or self._child is None:
                return
            self._child.ask(kind, self._task[1])
            if kind is Kind.STOP:
                self._wait_no_longer_than(task.job.patience, task)

    def close(self) -> None:
        with self._lock:
            self._open = False
            if self._child is not None:
                self._child.kill()
        if self._thread.is_alive():
            self._thread.join()

    def _wait_no_longer_than(self, patience: float, task: Task) -> None:
        timer = threading.Timer(patience, self._lose_patience, [task])
        timer.daemon = True
        timer.start()

    def _lose_patience(self, task: Task) -> None:
        with self._lock:
            if self._task is not None and self._task[0] is task and self._child is not None:
                self._child.kill()

    def _work(self) -> None:
        """The thread. A callback that raises ends it and is reported as any bug; another takes its place."""
        done = False
        try:
            self._serve()
            done = True
        finally:
            if not done:
                self._task = None
                self.start()

    def _serve(self) -> None:
        """A child is there before a job is, and again after one was lost."""
        trouble = self._hire()
        if self._number == 0:
            clear_dead_scratch()
        while (task := self._pool.next_task()) is not None:
            if self._child is None or not self._child.alive():
                self._dismiss()
                trouble = self._hire()
            task.end(self._run(task) if self._child is not None else Crashed(trouble))
            if self._child is None or self._child.memory() > _HEAVY:
                self._dismiss()
                trouble = self._hire()
        self._dismiss()

    def _hire(self) -> str:
        """Start a child; the answer says why that failed, if it did."""
        try:
            child = Child(self._pool.place(self._number), self._preload)
        except OSError as error:
            return f"The system can't start another process: {error}"
        with self._lock:
            self._child = child
            if not self._open:
                child.kill()
        return ""

    def _dismiss(self) -> int:
        with self._lock:
            child, self._child = self._child, None
        return child.bury() if child is not None else 0

    def _run(self, task: Task) -> Outcome[Any]:
        try:
            pickled = pickle.dumps(task.job)
        except (pickle.PicklingError, TypeError, AttributeError) as error:
            return Crashed(f"{type(task.job).__name__} can't be sent to another process: {error}")
        with self._lock:
            assert self._child is not None
            child = self._child
            self._task = (task, child.give(pickled))
            if task.enough:
                child.ask(Kind.ENOUGH, self._task[1])
            if task.stopping:
                child.ask(Kind.STOP, self._task[1])
                self._wait_no_longer_than(task.job.patience, task)
        outcome = self._listen(child, task)
        with self._lock:
            self._task = None
        return outcome if outcome is not None else self._died(child)

    def _listen(self, child: Child, task: Task) -> Outcome[Any] | None:
        """Pass on what the job says until it has ended; None when its process did."""
        while (frame := child.hear()) is not None:
            kind, payload = frame
            try:
                outcome = _read(kind, payload, task)
            except (ValueError, TypeError, KeyError) as error:
                self._dismiss()  # waits until it is gone, so that no job is given to it
                return Crashed(f"What came back from {type(task.job).__name__} can't be read: {error}")
            if outcome is not None:
                return outcome
        return None

    def _died(self, child: Child) -> Crashed:
        code = self._dismiss()
        reason = how_it_ended(code, child.short_of_memory())
        return Crashed(f"{child.last_words()}\n{reason}".strip(), message=reason)


def _read(kind: Kind, payload: bytes, task: Task) -> Outcome[Any] | None:
    """What a frame from the child means; None while the job goes on."""
    match kind:
        case Kind.RESULT:
            return Done(task.job.load_result(payload))
        case Kind.FAILED:
            said = json.loads(payload)
            where = Where(said["where"]["node"], said["where"]["field"])
            return Failed(str(said["message"]), str(said["hint"]), where)
        case Kind.STOPPED:
            return Stopped()
        case Kind.CRASHED:
            return Crashed(str(json.loads(payload)["log"]))
        case Kind.PROGRESS:
            said = json.loads(payload)
            task.hear(Progress(float(said["done"]), str(said["note"]), said["found"]))
        case _:
            pass
    return None


class InlinePool:
    """Runs each job at once, in the thread that hands it in."""

    def __init__(self) -> None:
        self._ids = count(1)
        self._running: list[Ticket] = []

    @property
    def running(self) -> Ticket | None:
        """The job that runs now, for another thread or a progress callback to stop or finish."""
        return self._running[-1] if self._running else None

    def submit(
        self,
        job: Job[T],
        *,
        progress: Callable[[Progress], None] | None = None,
        outcome: Callable[[Outcome[T]], None] | None = None,
    ) -> Ticket:
        """Run it to its end; both callbacks come before this returns."""
        task = Task(next(self._ids), job, progress, outcome)
        voice = _InlineVoice(task)
        ticket = Ticket(task.id, job, voice.stop, voice.finish)
        task.begin()
        self._running.append(ticket)
        try:
            ended = run_inline(job, voice)
        finally:
            self._running.remove(ticket)
        task.end(ended)
        return ticket


class _InlineVoice:
    """The report of a job that runs in the thread of its caller."""

    def __init__(self, task: Task) -> None:
        self._task = task
        self._pace = Pace()

    @property
    def enough(self) -> bool:
        return self._task.enough

    def __call__(self, done: float, note: str = "", found: Mapping[str, Json] | None = None) -> None:
        if self._task.stopping:
            raise Cancelled
        if self._pace.due(found):
            self._task.hear(Progress(done, note, found))

    def stop(self) -> None:
        self._task.stopping = self._task.outcome is None

    def finish(self) -> None:
        self._task.enough = True
