"""Whatever happens in a job, its outcome is a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from canvas_app.base.errors import Cancelled, Where
from canvas_app.jobs.job import Crashed, Done, Failed, Job, Report, Stopped, run_inline
from tests.jobs.some_jobs import Bug, Double, Numbers, Refuse, Wait


class Stop:
    """A report that stops the job at its first word."""

    enough = False

    def __call__(self, done: float, note: str = "", found: Mapping[str, Any] | None = None) -> None:
        raise Cancelled


@dataclass(frozen=True)
class Greedy(Job[int]):
    title: ClassVar[str] = "Greedy"
    result: ClassVar[type[int]] = int

    def run(self, report: Report) -> int:
        raise MemoryError


def test_a_job_that_ends_gives_its_value() -> None:
    outcome = run_inline(Double(2.0))

    assert isinstance(outcome, Done)
    assert outcome.value.value == 4.0


def test_stopping_is_not_a_failure() -> None:
    assert run_inline(Wait(), Stop()) == Stopped()


def test_a_failure_says_why_what_to_do_and_where() -> None:
    outcome = run_inline(Refuse())

    assert outcome == Failed("There are no rows.", "Check the last filter.", Where("n1", "columns"))
    assert isinstance(outcome, Failed)
    assert outcome.text == "There are no rows. Check the last filter."


def test_a_bug_becomes_an_outcome_with_its_traceback() -> None:
    outcome = run_inline(Bug())

    assert isinstance(outcome, Crashed)
    assert "ZeroDivisionError" in outcome.log


def test_too_little_memory_is_a_failure_with_a_way_out() -> None:
    outcome = run_inline(Greedy())

    assert isinstance(outcome, Failed)
    assert "fewer rows" in outcome.hint


def test_a_result_survives_the_way_through_json() -> None:
    assert str(Numbers.load_result(Numbers.dump_result([float("nan"), float("inf")]))) == "[nan, inf]"
