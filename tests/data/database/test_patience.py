from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import pytest

from canvas_app.base.errors import Cancelled
from canvas_app.data.database.patience import Patience, TooLate
from canvas_app.jobs.job import Quiet


class StopAt:
    """A report that asks to stop when it is told of something."""

    enough = False

    def __init__(self, word: str) -> None:
        self.word = word
        self.said: list[tuple[float, str]] = []

    def __call__(self, done: float, note: str = "", found: Mapping[str, Any] | None = None) -> None:
        self.said.append((done, note))
        if note == self.word and len(self.said) > 1:
            raise Cancelled


def test_a_call_gives_what_it_gives_and_raises_what_it_raises() -> None:
    patience = Patience(Quiet())

    assert patience.wait_for(lambda: 6 * 7) == 42
    with pytest.raises(ZeroDivisionError):
        patience.wait_for(lambda: 1 / 0)
    patience.close()


def test_a_call_that_takes_its_time_is_given_up_when_asked_to_stop() -> None:
    report, ended = StopAt("Thinking"), threading.Event()
    patience = Patience(report)
    patience.say(-1.0, "Thinking")

    with pytest.raises(Cancelled):
        patience.wait_for(lambda: ended.wait(30), ended.set)
    assert ended.is_set()
    assert report.said == [(-1.0, "Thinking")] * 2
    patience.close()


def test_a_call_that_never_ends_is_too_late() -> None:
    patience, ended = Patience(Quiet()), threading.Event()

    with pytest.raises(TooLate, match="no answer"):
        patience.wait_for(lambda: ended.wait(30), ended.set, 0.0)
    patience.close()
