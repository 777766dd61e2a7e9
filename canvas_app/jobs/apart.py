"""One job in a process of its own, which may take so much memory and be silent so long, and no more."""

from __future__ import annotations

import json
import pickle
import threading
import time
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import TypeVar

from canvas_app.base.errors import Cancelled, CanvasError, Where
from canvas_app.jobs.child import Child
from canvas_app.jobs.job import Job, Report
from canvas_app.jobs.scratch import scratch
from canvas_app.jobs.wire import Kind

T = TypeVar("T")

_BEAT = 0.05
_MEMORY = 1_800_000_000
_SILENCE = 60.0

Frames = SimpleQueue[tuple[Kind, bytes] | None]


class Fallen(CanvasError):
    """The process of a job had to be ended, or ended by itself."""


class TookTooMuch(Fallen):
    """It took more memory than it may."""


class TookTooLong(Fallen):
    """It said nothing for longer than it may."""


def run_apart(job: Job[T], report: Report, *, memory: int = _MEMORY, silence: float = _SILENCE) -> T:
    """The result of a job that runs in a process made for it; ``memory`` in bytes, ``silence`` in seconds.

    Raises what the job raises, and ``Fallen`` where the process did not come to the end of it.
    """
    with scratch("apart") as folder:
        child = Child(folder)
        frames: Frames = SimpleQueue()
        listener = threading.Thread(target=_listen, args=(child, frames), name="apart", daemon=True)
        listener.start()
        try:
            child.give(pickle.dumps(job))
            return _awaited(job, report, child, frames, (memory, silence))
        finally:
            child.kill()
            listener.join()
            child.bury()


def _listen(child: Child, frames: Frames) -> None:
    while (frame := child.hear()) is not None:
        frames.put(frame)
    frames.put(None)


def _awaited(job: Job[T], report: Report, child: Child, frames: Frames, limits: tuple[int, float]) -> T:
    memory, silence = limits
    said, heard = (-1.0, ""), time.monotonic()
    while True:
        with suppress(Empty):
            frame = frames.get(timeout=_BEAT)
            heard = time.monotonic()
            if frame is None:
                raise Fallen(child.last_words() or "It ended by itself.")
            kind, payload = frame
            if kind is Kind.RESULT:
                return job.load_result(payload)
            said = _heard(kind, payload) or said
        report(*said)
        if child.memory() > memory:
            raise TookTooMuch("It took too much memory.")
        if time.monotonic() - heard > silence:
            raise TookTooLong("It took too long.")


def _heard(kind: Kind, payload: bytes) -> tuple[float, str] | None:
    """How far it is, in its words; raises what it raised."""
    said = json.loads(payload)
    match kind:
        case Kind.PROGRESS:
            return said["done"], said["note"]
        case Kind.FAILED:
            raise CanvasError(said["message"], hint=said["hint"], where=Where(**said["where"]))
        case Kind.STOPPED:
            raise Cancelled
        case Kind.CRASHED:
            raise RuntimeError(said["log"])
    return None
