import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton

from canvas_app.base.errors import CanvasError
from canvas_app.jobs.job import Done, Failed, Job, Progress, Stopped
from canvas_app.ui.bridge import UiPool
from canvas_app.ui.jobs_panel import JobsPanel
from canvas_app.ui.status import Status
from tests.ui.window_stage import PATIENCE


@dataclass(frozen=True)
class Count(Job[int]):
    """Counts."""

    title = "Count the rows"
    result = int

    def run(self, report):
        raise CanvasError("There are none.", hint="Import a table.")


@dataclass(frozen=True)
class CountFile(Count):
    """Counts a file."""

    path: str

    @property
    def subject(self):
        return Path(self.path).name


class Ticket:
    def __init__(self, job):
        self.id, self.job, self.stopped = 7, job, False

    def stop(self):
        self.stopped = True

    def finish(self):
        raise AssertionError("Nobody asked for that.")


class Runner:
    """Holds a job until the test says how far it is."""

    def submit(self, job, *, progress=None, outcome=None):
        self.progress, self.outcome, self.ticket = progress, outcome, Ticket(job)
        return self.ticket


@pytest.fixture
def runner(qapp):
    return Runner()


@pytest.fixture
def pool(runner):
    return UiPool(runner)


@pytest.fixture
def panel(pool, qtbot):
    panel = JobsPanel(pool, None)
    qtbot.addWidget(panel)
    panel.show()
    return panel


@pytest.fixture
def status(pool, qtbot):
    status = Status(pool)
    qtbot.addWidget(status)
    status.show()
    return status


def words(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text()]


def button(widget, text):
    return next(item for item in widget.findChildren(QPushButton) if item.text() == text)


def test_an_empty_list_says_what_will_be_there(panel):
    assert words(panel) == ["Nothing has been run yet. Imports, builds and exports are listed here."]


def test_a_job_tells_how_far_it_is_and_can_be_stopped(panel, pool, runner, qtbot):
    pool.submit(Count())
    runner.progress(Progress(0.4, "Reading"))
    qtbot.waitUntil(lambda: "Reading" in words(panel), timeout=PATIENCE)

    assert "Count the rows" in words(panel)
    assert panel.findChild(QProgressBar).value() == 400
    button(panel, "Stop").click()
    assert runner.ticket.stopped


def test_a_failed_job_keeps_its_words_and_its_log(panel, pool, runner, qtbot):
    pool.submit(Count())
    runner.progress(Progress(0.4, "Reading"))
    runner.outcome(Failed("There are none.", "Import a table."))
    qtbot.waitUntil(lambda: "Failed: There are none. Import a table." in words(panel), timeout=PATIENCE)

    assert not button(panel, "Stop").isVisible()
    assert "Reading" in pool.works()[0].log()


def test_a_job_about_a_file_is_named_after_it_and_a_short_one_says_so(panel, pool, qtbot):
    pool.submit(CountFile("/there/titanic.csv"))
    qtbot.waitUntil(lambda: "under 1 s" in words(panel), timeout=PATIENCE)

    assert "Count the rows titanic.csv" in words(panel)


def test_the_status_shows_the_running_job(status, pool, runner, qtbot):
    assert button(status, "Ready").isVisible()
    pool.submit(Count())
    runner.progress(Progress(0.25, "Reading"))
    qtbot.waitUntil(lambda: "Count the rows · Reading" in words(status), timeout=PATIENCE)

    assert button(status, "Working").isVisible()
    assert "1 worker in use" in words(status)
    assert status.findChild(QProgressBar).value() == 250
    button(status, "Stop").click()
    assert runner.ticket.stopped
    runner.outcome(Stopped())
    qtbot.waitUntil(lambda: "No worker in use" in words(status), timeout=PATIENCE)
    assert not button(status, "Stop").isVisible()


def test_an_unknown_length_is_shown_as_such(status, pool, runner, qtbot):
    pool.submit(Count())
    runner.progress(Progress(-1.0, "Reading"))
    qtbot.waitUntil(lambda: "Count the rows · Reading" in words(status), timeout=PATIENCE)

    assert status.findChild(QProgressBar).maximum() == 0


def test_what_remains_goes_by_how_far_it_is(pool, runner, qtbot):
    pool.submit(Count())
    work = pool.works()[0]
    assert work.remaining is None
    work.started, work.progress = time.monotonic() - 30, Progress(0.5)

    assert work.remaining == pytest.approx(30, abs=1)
    work.outcome = Done(3)
    assert work.remaining is None
