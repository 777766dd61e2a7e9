"""How a command speaks: progress and remarks on stderr, its result on stdout."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from canvas_app.base.spec import Json

DONE, CANNOT, WRONG_USAGE, STOPPED, BUG = 0, 1, 2, 3, 70
"""Exit codes: done, can't be done (the message says why), wrong usage, stopped, a bug."""

AsJson = Annotated[bool, typer.Option("--json", help="Write the result as one JSON object on stdout.")]

_EVERY = 2.0
"""Seconds between lines of progress where there is no terminal to draw a bar on."""


class Terminal:
    """The report of a job that a person or a script follows; leaves the terminal as it was."""

    enough = False

    def __init__(self, as_json: bool = False) -> None:
        self._as_json = as_json
        self._bar: Bar | None = None
        self._last = ("", 0.0)

    def __call__(self, done: float, note: str = "", found: Mapping[str, Json] | None = None) -> None:
        """Show how far the work is and what is being done."""
        del found
        if sys.stderr.isatty():
            self._draw(done, note)
        elif (
            note
            and (note != self._last[0] or done >= 1)
            and time.monotonic() - self._last[1] > self._wait(note)
        ):
            self._last = (note, time.monotonic())
            share = f"{done:4.0%} " if done >= 0 else "     "
            sys.stderr.write(f"{share}{note}\n")
            sys.stderr.flush()

    def tell(self, *lines: str) -> None:
        """Say something that is no result."""
        self._clear()
        for line in lines:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    def result(self, text: str, **facts: Json) -> None:
        """Say what came of it: in words, or as JSON where that was asked for."""
        self._clear()
        if self._as_json:
            text = json.dumps(facts, ensure_ascii=False, default=str)
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def close(self) -> None:
        """Take the bar away."""
        self._clear()

    def _wait(self, note: str) -> float:
        """Another kind of work is told at once; counts within the same work only now and then."""
        words = [word for word in note.split() if word.isalpha()]
        return _EVERY if words == [word for word in self._last[0].split() if word.isalpha()] else 0.0

    def _draw(self, done: float, note: str) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        if self._bar is None:
            columns = (
                SpinnerColumn(),
                BarColumn(30),
                TimeElapsedColumn(),
                TextColumn("{task.description}", markup=False),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task(note, total=1.0)
            self._bar.start()
        total = None if done < 0 else 1.0
        self._bar.update(self._bar.task_ids[0], completed=max(done, 0.0), total=total, description=note)

    def _clear(self) -> None:
        if self._bar is not None:
            bar, self._bar = self._bar, None
            bar.stop()


def outcome_value(outcome: Any) -> Any:
    """What a job gave; raises ``CanvasError`` where it failed, ``Cancelled`` where it stopped.

    A crash is a bug, and is raised as one.
    """
    from canvas_app.base.errors import Cancelled, CanvasError
    from canvas_app.jobs.job import Crashed, Done, Failed, Stopped

    match outcome:
        case Done(value):
            return value
        case Failed(message, hint, where):
            raise CanvasError(message, hint=hint, where=where)
        case Stopped():
            raise Cancelled
        case Crashed(log, message):
            raise RuntimeError(f"{message}\n{log}")
        case _:
            raise TypeError(outcome)
