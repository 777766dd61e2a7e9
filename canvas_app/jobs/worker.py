"""The child process of a pool: it takes one job after the other, and answers in JSON alone."""

from __future__ import annotations

import faulthandler
import importlib
import json
import sys
import threading
import traceback
from collections.abc import Mapping
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO

from canvas_app.jobs import life

if TYPE_CHECKING:
    from canvas_app.base.spec import Json


class Orders:
    """What the pool asked for: read by a thread of its own, which ends this process when the pool is gone."""

    def __init__(self, pipe: BinaryIO) -> None:
        self._pipe = pipe
        self._stopped = -1
        self._enough = -1
        self.waiting: SimpleQueue[tuple[Any, bytes]] = SimpleQueue()
        threading.Thread(target=self._listen, name="orders", daemon=True).start()

    def stopped(self, number: int) -> bool:
        """Whether the job of that number shall stop."""
        return self._stopped >= number

    def enough(self, number: int) -> bool:
        """Whether the job of that number shall finish with what it has."""
        return self._enough >= number

    def _listen(self) -> None:
        from canvas_app.jobs.wire import Kind, WireError, read_frame

        with suppress(OSError, WireError):
            while (frame := read_frame(self._pipe)) is not None:
                kind, payload = frame
                if kind is Kind.STOP:
                    self._stopped = int(json.loads(payload))
                elif kind is Kind.ENOUGH:
                    self._enough = int(json.loads(payload))
                else:
                    self.waiting.put((kind, payload))
        life.end_group()


class Voice:
    """The report of a job that runs here: its words go to the pool."""

    def __init__(self, number: int, orders: Orders, answers: BinaryIO) -> None:
        from canvas_app.jobs.pace import Pace

        self._number = number
        self._orders = orders
        self._answers = answers
        self._pace = Pace()
        self._speaking = threading.Lock()

    @property
    def enough(self) -> bool:
        """Whether the person wants to finish now."""
        return self._orders.enough(self._number)

    def __call__(self, done: float, note: str = "", found: Mapping[str, Json] | None = None) -> None:
        """Pass it on, or raise ``Cancelled``."""
        from canvas_app.base.errors import Cancelled
        from canvas_app.jobs.wire import Kind, write_json

        if self._orders.stopped(self._number):
            raise Cancelled
        with self._speaking:
            if self._pace.due(found):
                write_json(self._answers, Kind.PROGRESS, {"done": done, "note": note, "found": found})


def serve(orders: Orders, answers: BinaryIO) -> None:
    """Take jobs until the pool is gone."""
    from canvas_app.jobs.wire import Kind, write_frame

    write_frame(answers, Kind.READY, b"{}")
    number = 0
    while True:
        kind, payload = orders.waiting.get()
        if kind is Kind.PATHS:
            _make_ready(json.loads(payload))
        elif kind is Kind.JOB:
            answer, words = _answer(payload, Voice(number, orders, answers))
            write_frame(answers, answer, words)
            number += 1


def _make_ready(wanted: Mapping[str, Any]) -> None:
    """Find modules where the pool does, and load those that its jobs will need."""
    sys.path[:] = wanted["paths"]
    for name in wanted["preload"]:
        with suppress(ImportError):
            importlib.import_module(name)


def _answer(pickled: bytes, voice: Voice) -> tuple[Any, bytes]:
    """Run one job; whatever happens becomes one frame."""
    import pickle

    from canvas_app.jobs.job import Crashed, Done, Failed, Stopped, run_inline
    from canvas_app.jobs.wire import Kind, WireError

    try:
        job = pickle.loads(pickled)  # noqa: S301 (noqa: house) from our own parent, through a private pipe
        outcome = run_inline(job, voice)
        if isinstance(outcome, Done):
            result = job.dump_result(outcome.value)
            if len(result) > Kind.RESULT.cap:
                raise WireError(f"A result of {len(result)} bytes is too large: bulk data go by file.")
            return Kind.RESULT, result
    except Exception:  # noqa: BLE001 (noqa: house) the worker loop: a bug becomes an outcome
        outcome = Crashed(traceback.format_exc())
    match outcome:
        case Failed():
            where = {"node": outcome.where.node, "field": outcome.where.field}
            return Kind.FAILED, _json(message=outcome.message, hint=outcome.hint, where=where)
        case Stopped():
            return Kind.STOPPED, b"{}"
        case _:
            return Kind.CRASHED, _json(log=outcome.log[-100_000:])


def _json(**values: Json) -> bytes:
    return json.dumps(values).encode()


def main() -> None:
    """Start as ``python -m canvas_app.jobs.worker PARENT``."""
    orders, answers = life.settle(int(sys.argv[1]))
    faulthandler.enable()
    serve(Orders(orders), answers)


if __name__ == "__main__":
    main()
