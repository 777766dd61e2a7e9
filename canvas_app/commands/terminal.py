"""How a command speaks: progress and remarks on stderr, its result on stdout."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from canvas_app.base.spec import Json

DONE, CANNOT, WRONG_USAGE, STOPPED, BUG = 0, 1, 2, 3, 70
"""Exit codes: done, can't be done (the message says why), wrong usage, stopped, a bug."""

AsJson = Annotated[bool, typer.Option("--json", help="Write the result as one JSON object on stdout.")]

_EVERY = 10.0
"""Seconds between lines of progress where there is no terminal to draw a bar on."""
_ALL = (0.0, 1.0)


class Terminal:
    """The report of a job that a person or a script follows; leaves the terminal as it was."""

    enough = False

    def __init__(self, as_json: bool = False) -> None:
        self._as_json = as_json
        self._bar: Bar | None = None
        self._last = ("", 0.0)
        self._told = -1.0
        self._span = _ALL
        self._share = 0.0

    @contextmanager
    def part(self, start: float, end: float) -> Iterator[None]:
        """What is told meanwhile is one part of the whole work, from one share of it to another.

        A part from the beginning begins the work anew.
        """
        before, self._span = self._span, (start, end)
        self._share = self._share if start else 0.0
        try:
            yield
        finally:
            self._span = before
            self._share = max(self._share, end)

    def __call__(self, done: float, note: str = "", found: Mapping[str, Json] | None = None) -> None:
        """Show how far the whole work is, which never goes back, and what is being done."""
        del found
        start, end = self._span
        share = start + (end - start) * min(done, 1.0)
        if self._span == _ALL and (done >= 0 or self._share >= 1):
            self._share = max(share, 0.0)  # work that has no parts begins anew
        elif done >= 0:
            self._share = max(self._share, share)
        if sys.stderr.isatty():
            unknown = done < 0 and self._span == _ALL
            self._draw(-1.0 if unknown else self._share, note if unknown else f"{self._share:4.0%} {note}")
        elif self._is_news(done, note):
            self._write(note)

    def _write(self, note: str) -> None:
        self._last, self._told = (note, time.monotonic()), self._share
        sys.stderr.write(f"{self._share:4.0%} {note}\n")
        sys.stderr.flush()

    def _is_news(self, done: float, note: str) -> bool:
        """Another kind of work is news, and its end; counts within the same work only now and then."""
        if not note or (note == self._last[0] and done < 1):
            return False
        if self._share >= 1 > self._told:
            return True
        return time.monotonic() - self._last[1] > self._wait(note)

    def tell(self, *lines: str) -> None:
        """Say something that is no result."""
        self._clear()
        for line in lines:
            sys.stderr.write(f"{line}\n")
        sys.stderr.flush()

    def result(self, text: str, **facts: Json) -> None:
        """Say what came of it, in words or as JSON where that was asked for; the work is done then."""
        self._clear()
        if 0 <= self._told < 1:
            self._share = 1.0
            self._write("Done")
        if self._as_json:
            text = json.dumps(_finite(facts), ensure_ascii=False, default=str, allow_nan=False)
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()

    def close(self) -> None:
        """Take the bar away."""
        self._clear()

    def _wait(self, note: str) -> float:
        """Another kind of work is told at once; counts within the same work only now and then."""
        return _EVERY if _kind(note) == _kind(self._last[0]) else 0.0

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


def _finite(value: Any) -> Any:
    """The same with null for what is no number, which JSON has no word for."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case Mapping():
            return {key: _finite(item) for key, item in value.items()}
        case list() | tuple():
            return [_finite(item) for item in value]
        case _:
            return value


def _kind(note: str) -> str:
    """What is being done, without how often or to what: the first word that is none but letters."""
    return next((word for word in note.replace(":", " ").split() if word.isalpha()), "")


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
