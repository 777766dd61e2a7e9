"""Jobs run in child processes, and whatever happens to one stays with it."""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from canvas_app.base.errors import Where
from canvas_app.jobs.job import Crashed, Done, Failed, Stopped
from canvas_app.jobs.pool import InlinePool, Pool
from tests.jobs.some_jobs import (
    Bug,
    Chatter,
    Deaf,
    Die,
    Double,
    Doubled,
    Huge,
    Liar,
    Numbers,
    Print,
    Refuse,
    Settings,
    Wait,
)
from tests.jobs.told import Told


def is_there(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until_gone(*pids: int) -> bool:
    deadline = time.monotonic() + 10
    while any(map(is_there, pids)) and time.monotonic() < deadline:
        os.sched_yield()
    return not any(map(is_there, pids))


def test_a_job_runs_in_another_process_and_its_result_comes_back(pool: Pool) -> None:
    outcome = Told(pool, Double(21.0)).outcome()

    assert isinstance(outcome, Done)
    assert outcome.value == Doubled(42.0, outcome.value.pid)
    assert outcome.value.pid != os.getpid()


def test_no_process_is_started_before_the_first_job() -> None:
    pool = Pool(2)
    before = pool.pids()
    pool.close()

    assert before == ()


def test_one_process_serves_one_job_after_the_other(pool: Pool) -> None:
    first, second = Told(pool, Double(1.0)).outcome(), Told(pool, Double(2.0)).outcome()

    assert isinstance(first, Done)
    assert isinstance(second, Done)
    assert first.value.pid == second.value.pid


def test_a_warm_process_waits_for_its_job(pool: Pool) -> None:
    pool.warm()
    outcome = Told(pool, Double(1.0)).outcome()

    assert isinstance(outcome, Done)
    assert pool.pids() == (outcome.value.pid,)


def test_an_error_comes_back_with_its_hint_and_place(pool: Pool) -> None:
    assert Told(pool, Refuse()).outcome() == Failed(
        "There are no rows.", "Check the last filter.", Where("n1", "columns")
    )


def test_a_bug_comes_back_with_its_traceback(pool: Pool) -> None:
    outcome = Told(pool, Bug()).outcome()

    assert isinstance(outcome, Crashed)
    assert "ZeroDivisionError" in outcome.log


def test_progress_is_told_ten_times_a_second_and_no_find_is_lost(pool: Pool) -> None:
    told = Told(pool, Chatter(5000))
    started = time.monotonic()

    assert told.outcome() == Done(5000)
    finds = [said.found for said in told.progress if said.found is not None]
    assert finds == [{"find": number} for number in range(0, 5000, 100)]
    assert len(told.progress) - len(finds) <= 10 * (time.monotonic() - started) + 1


def test_a_running_job_can_be_stopped(pool: Pool) -> None:
    told = Told(pool, Wait())
    pid = told.find()["pid"]
    told.ticket.stop()

    assert told.outcome() == Stopped()
    assert is_there(pid)


def test_a_job_can_be_told_to_finish_with_what_it_has(pool: Pool) -> None:
    told = Told(pool, Wait())
    told.find()
    told.ticket.finish()

    assert told.outcome() == Done("enough")


def test_a_wish_to_finish_is_kept_until_the_job_has_its_turn(pool: Pool) -> None:
    first, second = Told(pool, Wait()), Told(pool, Wait())
    second.ticket.finish()
    first.find()
    first.ticket.stop()

    assert second.outcome() == Done("enough")


def test_a_waiting_job_is_stopped_at_once(pool: Pool) -> None:
    first, second = Told(pool, Wait()), Told(pool, Double(1.0))
    first.find()
    second.ticket.stop()

    assert second.outcome() == Stopped()
    assert [state.state for state in pool.tickets()] == ["running", "stopped"]


def test_a_deaf_job_loses_its_process_and_the_next_job_runs(pool: Pool) -> None:
    told = Told(pool, Deaf())
    pids = told.find()
    told.ticket.stop()

    assert told.outcome() == Stopped()
    assert wait_until_gone(pids["pid"], pids["own"])
    assert isinstance(Told(pool, Double(1.0)).outcome(), Done)


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        ("segmentation fault", "SIGSEGV"),
        ("exit", "exit code 3"),
        ("being killed", "ended from outside (signal 9)"),
    ],
)
def test_a_process_that_dies_fails_its_job_alone_and_shows_its_log(pool: Pool, by: str, reason: str) -> None:
    outcome, after = Told(pool, Die(by)), Told(pool, Double(1.0))
    crashed = outcome.outcome()

    assert isinstance(crashed, Crashed)
    assert reason in crashed.message
    assert "the library is not well" in crashed.log
    assert isinstance(after.outcome(), Done)


def test_a_process_that_died_while_idle_is_replaced_before_the_next_job(pool: Pool) -> None:
    first = Told(pool, Double(1.0)).outcome()
    assert isinstance(first, Done)
    psutil.Process(first.value.pid).kill()
    assert wait_until_gone(first.value.pid)

    assert isinstance(Told(pool, Double(1.0)).outcome(), Done)


def test_what_libraries_print_disturbs_nothing(pool: Pool) -> None:
    assert Told(pool, Print()).outcome() == Done(0)


def test_numbers_that_json_does_not_know_come_back(pool: Pool) -> None:
    outcome = Told(pool, Numbers()).outcome()

    assert isinstance(outcome, Done)
    assert math.isnan(outcome.value[0])
    assert outcome.value[1:] == [math.inf, -0.0]


@pytest.mark.parametrize(("job", "reason"), [(Huge(), "too large"), (Liar(), "can't be read")])
def test_a_result_that_does_not_fit_is_a_bug_of_that_job_alone(pool: Pool, job: Huge, reason: str) -> None:
    outcome = Told(pool, job).outcome()

    assert isinstance(outcome, Crashed)
    assert reason in outcome.log
    assert isinstance(Told(pool, Double(1.0)).outcome(), Done)


def test_a_worker_knows_its_cores_and_its_place(pool: Pool) -> None:
    outcome = Told(pool, Settings()).outcome()

    assert isinstance(outcome, Done)
    assert int(outcome.value.pop("OMP_NUM_THREADS")) >= 1
    assert int(outcome.value.pop("nice")) >= min(19, os.nice(0) + 10)
    assert int(outcome.value.pop("oom")) == 800
    assert outcome.value == {"GOMP_SPINCOUNT": "10000", "MLFLOW_DISABLE_TELEMETRY": "true"}


def test_the_list_of_jobs_shows_what_each_is_doing(pool: Pool) -> None:
    first, second = Told(pool, Wait()), Told(pool, Refuse())
    first.find()
    running, queued = pool.tickets()

    assert (running.title, running.state, running.progress.note) == ("Wait", "running", "Waiting for a word")
    assert running.started is not None
    assert (queued.title, queued.state, queued.started) == ("Refuse", "queued", None)
    first.ticket.stop()
    second.outcome()
    assert [state.state for state in pool.tickets()] == ["stopped", "failed"]
    assert "There are no rows." in pool.tickets()[1].log


def test_memory_in_use_is_told(pool: Pool) -> None:
    Told(pool, Double(1.0)).outcome()

    assert pool.memory() > 1_000_000


def test_closing_ends_every_job_and_leaves_no_process() -> None:
    pool = Pool(2)
    deaf, waiting, queued = Told(pool, Deaf()), Told(pool, Wait()), Told(pool, Double(1.0))
    pids = deaf.find()
    waiting.find()
    workers = pool.pids()
    pool.close()

    assert [told.outcome() for told in (deaf, waiting, queued)] == [Stopped()] * 3
    assert wait_until_gone(*workers, pids["own"])


def test_a_closed_pool_takes_no_job(pool: Pool) -> None:
    pool.close()

    assert Told(pool, Double(1.0)).outcome() == Stopped()


@pytest.mark.skipif(sys.platform == "win32", reason="the signal is called so on other systems alone")
def test_children_and_their_children_die_with_the_application() -> None:
    program = (
        "from tests.jobs.some_jobs import Deaf\n"
        "from canvas_app.jobs.pool import Pool\n"
        "import signal\n"
        "pool = Pool(2)\n"
        "pool.submit(Deaf(), progress=lambda said: said.found and"
        " print(said.found['pid'], said.found['own'], *pool.pids(), flush=True))\n"
        "signal.pause()\n"
    )
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=root, text=True
    ) as app:
        assert app.stdout is not None
        pids = [int(word) for word in app.stdout.readline().split()]
        app.kill()

    assert len(pids) == 4
    assert wait_until_gone(*pids)


def test_an_inline_pool_has_its_outcome_before_it_returns() -> None:
    told = Told(InlinePool(), Double(2.0))

    assert told.outcome() == Done(Doubled(4.0, os.getpid()))
    assert told.progress[-1].note == "Doubling"


def test_a_job_of_an_inline_pool_can_be_stopped_by_who_hears_of_its_progress() -> None:
    pool, outcomes = InlinePool(), []

    def stop(_: object) -> None:
        assert pool.running is not None
        pool.running.stop()

    pool.submit(Wait(), progress=stop, outcome=outcomes.append)

    assert outcomes == [Stopped()]
    assert pool.running is None
