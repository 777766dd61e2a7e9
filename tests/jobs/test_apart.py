"""A job in a process of its own: what it takes is limited, and what it does to itself stays there."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import psutil
import pytest

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.base.unit import Json
from canvas_app.jobs.apart import Fallen, TookTooLong, TookTooMuch, run_apart
from canvas_app.jobs.job import Job, Quiet, Report


@dataclass(frozen=True)
class Act(Job[int]):
    """Do what the name says, and give the process's id."""

    title = "Act"
    result: ClassVar[type[int]] = int

    what: str = "work"

    def run(self, report: Report) -> int:
        report(0.5, "half")
        if self.what == "refuse":
            raise CanvasError("No.", hint="Ask again.")
        if self.what == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if self.what == "sleep":
            threading.Event().wait(60)
        if self.what == "eat":
            eaten = [bytes([1]) * 50_000_000 for _ in range(8)]
            threading.Event().wait(len(eaten) * 60)
        return os.getpid()


def test_it_runs_in_another_process_that_ends_with_it() -> None:
    process = run_apart(Act(), Quiet())

    assert process != os.getpid()
    assert not psutil.pid_exists(process)


def test_what_it_says_is_passed_on() -> None:
    said: list[tuple[float, str]] = []

    class Listener:
        enough = False

        def __call__(self, done: float, note: str = "", found: Mapping[str, Json] | None = None) -> None:
            said.append((done, note))

    run_apart(Act(), Listener())
    assert (0.5, "half") in said


def test_what_it_refuses_is_refused_here() -> None:
    with pytest.raises(CanvasError, match=r"No\. Ask again\."):
        run_apart(Act("refuse"), Quiet())


def test_its_death_is_an_error_here() -> None:
    with pytest.raises(Fallen):
        run_apart(Act("die"), Quiet())


def test_it_may_not_be_silent_for_long() -> None:
    with pytest.raises(TookTooLong):
        run_apart(Act("sleep"), Quiet(), silence=0.2)


def test_it_may_not_take_much_memory() -> None:
    with pytest.raises(TookTooMuch):
        run_apart(Act("eat"), Quiet(), memory=250_000_000)


def test_stopping_ends_it() -> None:
    class Stop(Quiet):
        def __call__(self, done: float, note: str = "", found: Mapping[str, Json] | None = None) -> None:
            if note:
                raise Cancelled

    with pytest.raises(Cancelled):
        run_apart(Act("sleep"), Stop())
