"""What the list of jobs shows of a job, from waiting to its end."""

from __future__ import annotations

from typing import Any

import pytest

from canvas_app.jobs.job import Crashed, Done, Failed, Progress, Stopped
from canvas_app.jobs.pace import Pace
from canvas_app.jobs.pool import InlinePool, Pool
from canvas_app.jobs.ticket import Task, Ticket
from tests.jobs.some_jobs import Bug, Chatter, Double, Doubled, Refuse, Wait
from tests.jobs.told import Told


def running() -> Task:
    task = Task(1, Double(1.0))
    task.begin()
    return task


def test_a_job_waits_until_its_turn_comes():
    task = Task(7, Double(1.0))

    assert (task.state().id, task.state().state, task.state().started) == (7, "queued", None)
    assert task.state().progress.note == "Waiting"
    task.begin()
    assert (task.state().state, task.state().progress.note) == ("running", "Starting")


@pytest.mark.parametrize(
    ("outcome", "state", "log"),
    [
        (Done(Doubled(2.0, 1)), "done", ""),
        (Failed("There are no rows.", "Check the filter."), "failed", "There are no rows. Check the filter."),
        (Stopped(), "stopped", ""),
        (Crashed("Traceback", "It died."), "crashed", "It died.\nTraceback"),
    ],
)
def test_how_a_job_ended_is_shown_with_the_reason(outcome: Any, state: str, log: str):
    task = running()
    task.end(outcome)

    assert (task.state().state, task.state().log) == (state, log)


@pytest.mark.parametrize("outcome", [Done(1), Failed("No."), Crashed("bug")])
def test_who_asked_to_stop_is_told_that_it_stopped_however_it_ended(outcome: Any):
    told: list[Any] = []
    task = Task(1, Double(1.0), tell_outcome=told.append)
    task.begin()
    task.stopping = True

    assert task.state().state == "stopping"
    task.end(outcome)
    assert told == [Stopped()]
    assert task.state().state == "stopped"


def test_the_value_of_a_job_goes_to_who_wanted_it_and_is_not_kept():
    told: list[Any] = []
    task = Task(1, Double(1.0), tell_outcome=told.append)
    task.begin()
    task.end(Done("a large value"))

    assert told == [Done("a large value")]
    assert task.outcome == Done(None)


def test_a_job_without_listeners_ends_as_well():
    task = running()
    task.hear(Progress(0.5, "Half"))
    task.end(Done(1))

    assert task.state().state == "done"


def test_the_log_has_each_word_once_with_its_time():
    task = running()
    for note in ("Reading", "Reading", "", "Writing"):
        task.hear(Progress(0.1, note))
    lines = task.state().log.splitlines()

    assert [line.split("s  ")[1] for line in lines] == ["Reading", "Writing"]
    assert all(float(line.split(" s")[0]) >= 0 for line in lines)


def test_a_ticket_passes_wishes_on():
    wishes: list[str] = []
    ticket = Ticket(3, Double(1.0), lambda: wishes.append("stop"), lambda: wishes.append("finish"))
    ticket.finish()
    ticket.stop()

    assert wishes == ["finish", "stop"]
    assert (ticket.id, ticket.job) == (3, Double(1.0))


def test_the_first_word_and_every_find_are_passed_on_and_others_only_in_time():
    pace = Pace()

    assert [pace.due(), pace.due(), pace.due({"a": 1}), pace.due(), pace.due({})] == [
        True,
        False,
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("job", "kind"), [(Double(3.0), Done), (Refuse(), Failed), (Bug(), Crashed), (Chatter(300), Done)]
)
def test_an_inline_pool_gives_any_outcome_as_a_value_and_then_nothing_runs(job: Any, kind: type):
    pool = InlinePool()
    told = Told(pool, job)

    assert isinstance(told.outcome(), kind)
    assert pool.running is None


def test_an_inline_job_can_be_asked_to_finish_by_who_hears_of_it():
    pool, outcomes = InlinePool(), []

    def finish(_: object) -> None:
        assert pool.running is not None
        pool.running.finish()

    pool.submit(Wait(), progress=finish, outcome=outcomes.append)

    assert outcomes == [Done("enough")]


def test_stopping_a_job_that_has_ended_changes_nothing(pool: Pool):
    told = Told(pool, Double(1.0))
    outcome = told.outcome()
    told.ticket.stop()
    told.ticket.finish()

    assert isinstance(outcome, Done)
    assert [state.state for state in pool.tickets()] == ["done"]


def test_tickets_are_numbered_in_the_order_in_which_they_came(pool: Pool):
    first, second, third = (Told(pool, Double(float(at))) for at in range(3))

    assert [told.ticket.id for told in (first, second, third)] == [1, 2, 3]
    assert [told.outcome().value.value for told in (first, second, third)] == [0.0, 2.0, 4.0]


def test_only_the_latest_jobs_that_ended_stay_in_the_list(pool: Pool):
    told = [Told(pool, Double(float(at))) for at in range(60)]
    for item in told:
        item.outcome()
    last = Told(pool, Double(0.0))
    last.outcome()
    numbers = [state.id for state in pool.tickets()]

    assert numbers == list(range(numbers[0], 62))
    assert 50 <= len(numbers) <= 52


def test_a_job_that_can_not_travel_says_so_and_the_next_one_runs(pool: Pool):
    outcome = Told(pool, Double(lambda: 1.0)).outcome()  # type: ignore[arg-type]  # that is the mistake

    assert isinstance(outcome, Crashed)
    assert "can't be sent to another process" in outcome.log
    assert isinstance(Told(pool, Double(1.0)).outcome(), Done)
