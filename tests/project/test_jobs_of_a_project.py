"""Jobs of a project in real processes: what is stopped, killed or crashed leaves nothing half-written."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from canvas_app.jobs.job import Crashed, Progress
from canvas_app.jobs.pool import Pool, Ticket
from canvas_app.project.session import Session


@pytest.fixture
def pool() -> Iterator[Pool]:
    made = Pool(1)
    yield made
    made.close()


@pytest.fixture
def session(folder: Path, pool: Pool) -> Iterator[Session]:
    made = Session.create(folder, "My project", pool)
    yield made
    made.abandon()


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.csv"
    path.write_text("a,b,c\n" + "".join(f"{n},{n * 7919 % 1009},word {n}\n" for n in range(1_500_000)))
    return path


def imported(session: Session, path: Path, at_work: Callable[[Ticket], None] | None = None) -> list[Any]:
    """Import, do something while the rows are read, and wait for the end."""
    ends: list[Any] = []
    ended, reading = threading.Event(), threading.Event()

    def end(*outcome: Any) -> None:
        ends.extend(outcome or ["stopped"])
        ended.set()

    def progress(said: Progress) -> None:
        if said.note == "Reading rows":
            reading.set()

    ticket = session.import_file(path, done=end, failed=end, stopped=end, progress=progress)
    if at_work is not None:
        assert reading.wait(120)
        at_work(ticket)
    assert ended.wait(120)
    return ends


def files_of(folder: Path) -> list[str]:
    kept = ("project.db", "project.db-journal", "project.lock")
    return [path.name for path in folder.rglob("*") if path.is_file() and path.name not in kept]


def test_a_stopped_import_leaves_nothing_half_written(session: Session, large: Path) -> None:
    ends = imported(session, large, Ticket.stop)

    assert ends == ["stopped"]
    assert (session.project.datasets, files_of(session.folder)) == ((), [])
    assert session.jobs()[0].state == "stopped"


def test_an_import_whose_process_is_killed_leaves_nothing_and_the_next_one_works(
    session: Session, pool: Pool, large: Path, table: Path
) -> None:
    ends = imported(session, large, lambda _: psutil.Process(pool.pids()[0]).kill())

    assert isinstance(ends[0], Crashed)
    assert (session.project.datasets, files_of(session.folder)) == ((), [])
    assert imported(session, table)[0].key == "people/1"
    assert files_of(session.folder) == [session.data_path("people/1").name]
