import threading
from dataclasses import dataclass

import pytest

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.data.engine import Engine as DuckDB
from canvas_app.data.file_rows import Look, part_of_file
from canvas_app.data.profile import profile_file
from canvas_app.jobs.job import Done, Failed, Job
from canvas_app.jobs.pool import InlinePool
from canvas_app.ui.bridge import PreviewLane, UiPool
from tests.ui.window_stage import PATIENCE


@dataclass(frozen=True)
class Add(Job[int]):
    """Adds, and says so."""

    title = "Add"
    result = int
    one: int
    other: int

    def run(self, report):
        report(0.5, "Adding")
        if self.one < 0:
            raise CanvasError("Too small.", hint="Take more.")
        return self.one + self.other


class Engine:
    """Stands for DuckDB: a query that waits until it is interrupted or let go.

    The first interruptions are lost while it is ``deaf``, as they are while a query has not quite begun.
    """

    def __init__(self):
        self.started = threading.Event()
        self.go_on = threading.Event()
        self.interrupted = False
        self.closed = False
        self.deaf = 0

    def query(self):
        self.started.set()
        assert self.go_on.wait(10)
        if self.interrupted:
            raise Cancelled

    def interrupt(self):
        if self.deaf:
            self.deaf -= 1
            return
        self.interrupted = True
        self.go_on.set()

    def settle(self):
        pass

    def close(self):
        self.closed = True


@pytest.fixture
def engine():
    return Engine()


@pytest.fixture
def lane(qapp, engine):
    lane = PreviewLane(lambda: engine)
    yield lane
    engine.go_on.set()
    lane.close()


def test_an_outcome_comes_on_the_windows_thread(qtbot):
    pool, told = UiPool(InlinePool()), []
    pool.submit(Add(1, 2), outcome=lambda end: told.append((end, threading.current_thread())))

    assert told == []
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)
    assert told == [(Done(3), threading.main_thread())]


def test_works_remember_what_was_said_and_how_it_ended(qtbot):
    pool = UiPool(InlinePool())
    pool.submit(Add(-1, 2))
    (work,) = pool.works()
    qtbot.waitUntil(lambda: not work.running, timeout=PATIENCE)

    assert work.outcome == Failed("Too small.", "Take more.")
    assert "Adding" in work.log()
    assert work.log().endswith("Too small. Take more.")


def test_nothing_comes_after_the_pool_is_closed(qtbot):
    pool, told = UiPool(InlinePool()), []
    pool.submit(Add(1, 2), outcome=told.append)
    pool.close()
    qtbot.wait(10)

    assert told == []


def test_an_answer_comes_on_the_windows_thread(lane, qtbot):
    told = []
    lane.ask("a", lambda engine: threading.current_thread(), lambda thread: told.append(thread), told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)

    assert told[0] is not threading.main_thread()
    assert not lane.busy()


def test_the_latest_question_of_a_key_wins(lane, engine, qtbot):
    told = []
    lane.ask("a", lambda engine: engine.query() or "old", told.append, told.append)
    assert engine.started.wait(10)
    lane.ask("a", lambda engine: "new", told.append, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)

    assert engine.interrupted
    assert told == ["new"]


def test_what_nobody_waits_for_is_told_to_stop_until_it_does(lane, engine, qtbot):
    told = []
    engine.deaf = 3
    lane.ask("a", lambda engine: engine.query() or "old", told.append, told.append)
    assert engine.started.wait(10)
    lane.ask("a", lambda engine: "new", told.append, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)

    assert engine.interrupted
    assert told == ["new"]


def test_closing_waits_for_no_query_that_missed_its_interruption(qapp, engine):
    lane = PreviewLane(lambda: engine)
    engine.deaf = 3
    lane.ask("a", lambda engine: engine.query(), print, print)
    assert engine.started.wait(10)
    lane.close()
    lane.close()

    assert engine.interrupted
    assert engine.closed


def test_an_interruption_that_came_too_late_does_not_hit_the_next_question(qapp, qtbot, tmp_path):
    path, told = tmp_path / "rows.parquet", []

    def too_late(engine):
        engine.write_parquet(engine.from_rows({"n": [3, 1, 2]}), path)
        profile_file(engine, path)
        engine.interrupt()

    lane = PreviewLane(lambda: DuckDB(scratch=tmp_path / "lane"))
    lane.ask("profile", too_late, told.append, told.append)
    lane.ask("page", lambda engine: part_of_file(engine, path, Look(0, 3)).num_rows, told.append, told.append)
    qtbot.waitUntil(lambda: len(told) == 2, timeout=PATIENCE)
    lane.close()

    assert told == [None, 3]


def test_questions_of_other_keys_are_all_answered(lane, qtbot):
    told = []
    for key in "abc":
        lane.ask(key, lambda engine, key=key: key, told.append, told.append)
    qtbot.waitUntil(lambda: len(told) == 3, timeout=PATIENCE)

    assert told == ["a", "b", "c"]


def test_an_error_says_what_to_do(lane, qtbot):
    def work(engine):
        raise CanvasError("No rows.", hint="Check the filter.")

    told = []
    lane.ask("a", work, lambda _: told.append("done"), lambda error: told.append(str(error)))
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)

    assert told == ["No rows. Check the filter."]


def test_a_forgotten_question_is_not_answered(lane, engine, qtbot):
    told = []
    lane.ask("a", lambda engine: engine.query() or "old", told.append, told.append)
    assert engine.started.wait(10)
    lane.forget("a")
    lane.ask("b", lambda engine: "b", told.append, told.append)
    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE)

    assert told == ["b"]


def test_nothing_comes_after_the_lane_is_closed(qapp, engine, qtbot):
    lane, told = PreviewLane(lambda: engine), []
    lane.ask("a", lambda engine: engine.query() or "old", told.append, told.append)
    assert engine.started.wait(10)
    lane.close()
    lane.ask("a", lambda engine: "late", told.append, told.append)
    qtbot.wait(10)

    assert told == []
    assert engine.closed


def test_a_bug_in_a_question_is_not_swallowed(lane, qtbot):
    with qtbot.capture_exceptions() as bugs:
        lane.ask("a", lambda engine: 1 / 0, print, print)
        qtbot.waitUntil(lambda: bool(bugs), timeout=PATIENCE)

    assert bugs[0][0] is ZeroDivisionError
