"""A copy is a project of its own; where it can't be whole, there is none."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from canvas_app.base.errors import Cancelled, CanvasError
from canvas_app.jobs.job import Crashed, Failed, Progress, Quiet, Stopped, run_inline
from canvas_app.jobs.pool import InlinePool, Pool
from canvas_app.project.copy_job import CopyJob
from canvas_app.project.project import rename
from canvas_app.project.recent import recent_projects
from canvas_app.project.session import Session
from tests.project.disks import fill
from tests.project.test_codec import RECORD


@pytest.fixture
def filled(session: Session, table: Path, tmp_path: Path) -> Session:
    """A project with a table, a model and edits."""
    session.import_file(table)
    (tmp_path / "model" / "inner").mkdir(parents=True)
    (tmp_path / "model" / "inner" / "model.txt").write_text("trees")
    session.keep_model(replace(RECORD, model=replace(RECORD.model, folder=str(tmp_path / "model"))))
    session.edit("Rename", rename, "Second name")
    return session


def job(session: Session, out: Path) -> CopyJob:
    session.flush()
    return CopyJob(str(session.folder), str(out), "Copy", str(out.with_name(".copy.part")))


def saved(session: Session, out: Path, name: str = "Copy") -> Session:
    """The copy, opened."""
    ends: list[Any] = []
    session.save_copy(out, name, done=ends.append, failed=ends.append)
    assert not isinstance(ends[0], Failed | Crashed), ends
    return Session.open(out, InlinePool())


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "project.lock"
    }


def test_a_copy_opens_as_a_project_of_its_own_beside_the_open_one(filled: Session, tmp_path: Path) -> None:
    copy = saved(filled, tmp_path / "new" / "copy")

    assert (copy.look_only, copy.project.name) == (False, "Copy")
    assert copy.project.datasets == filled.project.datasets
    assert copy.data_path("people/1").read_bytes() == filled.data_path("people/1").read_bytes()
    assert [item.id for item in copy.models] == [item.id for item in filled.models]
    assert (copy.model_folder(copy.models[0].id) / "inner" / "model.txt").read_text() == "trees"
    copy.close()


def test_a_copy_has_the_history_of_the_project(filled: Session, tmp_path: Path) -> None:
    copy = saved(filled, tmp_path / "copy")

    assert copy.undo_label == "Save a copy as Copy"
    copy.undo()
    assert (copy.project.name, copy.undo_label) == ("Second name", "Rename")
    copy.undo()
    assert copy.project.name == "My project"
    copy.close()


def test_edits_of_the_one_are_none_of_the_other(filled: Session, tmp_path: Path) -> None:
    copy = saved(filled, tmp_path / "copy")
    copy.edit("Rename", rename, "Theirs")
    filled.edit("Rename", rename, "Ours")
    copy.close()
    filled.close()

    names = [Session.open(folder, InlinePool(), look_only=True) for folder in (copy.folder, filled.folder)]
    assert [session.project.name for session in names] == ["Theirs", "Ours"]
    for session in names:
        session.close()


def test_only_what_belongs_to_the_document_is_copied(filled: Session, tmp_path: Path) -> None:
    for name in ("cache", "exports", "work"):
        (filled.folder / name).mkdir(exist_ok=True)
        (filled.folder / name / "file.txt").write_text("made again at will")
    (filled.folder / "data" / ".half.0123.part").write_text("half of an import")
    run_inline(job(filled, tmp_path / "copy"))

    kept = {name for name in files_of(filled.folder) if name.startswith(("data/", "models/"))}
    assert set(files_of(tmp_path / "copy")) == {"project.db", *kept} - {"data/.half.0123.part"}
    assert not (tmp_path / "copy" / "project.lock").exists()


def test_work_that_runs_in_the_project_is_not_broken_off_in_the_copy(filled: Session, tmp_path: Path) -> None:
    copy = saved(filled, tmp_path / "copy")

    assert "Save a copy" not in [line.title for line in copy.jobs()]
    assert "interrupted" not in [line.state for line in copy.jobs()]
    assert filled.jobs()[0].title == "Save a copy"
    copy.close()


def test_on_one_disk_tables_take_no_room_twice(filled: Session, tmp_path: Path) -> None:
    copy = saved(filled, tmp_path / "copy")

    assert copy.data_path("people/1").samefile(filled.data_path("people/1"))
    copy.close()


def test_on_another_disk_tables_are_copied(filled: Session, small_disk: Path) -> None:
    copy = saved(filled, small_disk / "copy")

    assert not copy.data_path("people/1").samefile(filled.data_path("people/1"))
    assert files_of(copy.folder / "data") == files_of(filled.folder / "data")
    copy.close()


def test_a_copy_is_among_the_recent_projects(filled: Session, tmp_path: Path) -> None:
    filled.save_copy(tmp_path / "copy", "Copy")
    filled.flush()

    assert (recent_projects()[0].path, recent_projects()[0].name) == (str(tmp_path / "copy"), "Copy")
    assert (recent_projects()[0].tables, recent_projects()[0].models) == (1, 1)


def test_an_empty_folder_is_taken(filled: Session, tmp_path: Path) -> None:
    (tmp_path / "copy").mkdir()
    copy = saved(filled, tmp_path / "copy")

    assert copy.project.name == "Copy"
    copy.close()


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("full", "full is not empty: there is letter.txt"),
        ("full/letter.txt", "letter.txt is not a folder"),
        ("my project/data/copy", "lies inside the project"),
        ("my project", "lies inside the project"),
    ],
)
def test_a_place_that_is_not_free_is_refused_and_left_as_it_is(
    filled: Session, tmp_path: Path, place: str, said: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear Ada")
    filled.flush()
    before = files_of(tmp_path)
    refused: list[Any] = []
    filled.save_copy(tmp_path / place, failed=refused.append)

    assert said in refused[0].message
    assert refused[0].hint.startswith("Choose a")
    filled.flush()
    assert {**files_of(tmp_path), "my project/project.db": b""} == {**before, "my project/project.db": b""}


def test_a_stopped_copy_leaves_nothing(filled: Session, small_disk: Path) -> None:
    def stop(done: float, note: str = "", found: Any = None) -> None:
        if note.startswith("Copying file 2"):
            raise Cancelled

    stop.enough = False  # type: ignore[attr-defined]  # a report may be a function
    assert run_inline(job(filled, small_disk / "copy"), stop) == Stopped()  # type: ignore[arg-type]  # as above
    assert list(small_disk.iterdir()) == []


def test_a_copy_whose_process_is_killed_leaves_nothing(folder: Path, small_disk: Path) -> None:
    pool = Pool(1)
    session = Session.create(folder, "My project", pool)
    (folder / "data").mkdir()
    for number in range(3000):
        (folder / "data" / f"{number}.parquet").touch()
    ends: list[Any] = []
    copying, ended = threading.Event(), threading.Event()

    def progress(said: Progress) -> None:
        if said.note.startswith("Copying file"):
            copying.set()

    def end(*outcome: Any) -> None:
        ends.extend(outcome)
        ended.set()

    session.save_copy(small_disk / "copy", done=end, failed=end, stopped=end, progress=progress)
    assert copying.wait(60)
    psutil.Process(pool.pids()[0]).kill()
    assert ended.wait(60)
    session.abandon()
    pool.close()

    assert isinstance(ends[0], Crashed)
    assert list(small_disk.iterdir()) == []


def test_too_little_room_is_told_before_anything_is_copied(filled: Session, small_disk: Path) -> None:
    (filled.folder / "data" / "large.parquet").write_bytes(b"x" * 3_000_000)

    with pytest.raises(CanvasError, match=f"The disk of {small_disk} is full. It needs 4.0 MB") as told:
        job(filled, small_disk / "copy").run(Quiet())
    assert told.value.hint == "Free some space, or choose a folder on another disk."
    assert list(small_disk.iterdir()) == []


def test_a_disk_that_fills_up_is_told_and_nothing_stays(filled: Session, small_disk: Path) -> None:
    with pytest.raises(OSError, match="No space"):
        fill(small_disk / "filler")

    with pytest.raises(CanvasError, match=f"The disk of {small_disk} is full"):
        job(filled, small_disk / "copy").run(Quiet())
    assert [path.name for path in small_disk.iterdir()] == ["filler"]


@pytest.fixture
def fixed_disk(small_disk: Path) -> Iterator[Path]:
    """A disk that can only be read."""
    mount = shutil.which("mount") or ""
    subprocess.run([mount, "-o", "remount,ro", str(small_disk)], check=True)
    yield small_disk
    subprocess.run([mount, "-o", "remount,rw", str(small_disk)], check=True)


def test_a_place_that_can_not_be_written_is_named(filled: Session, fixed_disk: Path) -> None:
    failed: list[Any] = []
    filled.save_copy(fixed_disk / "copy", failed=failed.append)

    assert failed[0].message == f"{fixed_disk / 'copy'} can't be opened: the system doesn't allow it."
    assert "Choose another folder" in failed[0].hint


def test_a_project_that_can_not_be_written_is_copied_all_the_same(
    table: Path, small_disk: Path, tmp_path: Path
) -> None:
    Session.create(small_disk / "study", "Study", InlinePool()).close()
    subprocess.run([shutil.which("mount") or "", "-o", "remount,ro", str(small_disk)], check=True)
    looking = Session.open(small_disk / "study", InlinePool())
    assert looking.look_only
    copy = saved(looking, tmp_path / "copy")
    copy.import_file(table)

    assert [item.key for item in copy.project.datasets] == ["people/1"]
    copy.close()
    looking.close()


def test_edits_that_their_disk_does_not_take_are_in_the_copy(small_disk: Path, tmp_path: Path) -> None:
    session = Session.create(small_disk / "study", "Study", InlinePool())
    session.flush()
    with pytest.raises(OSError, match="No space"):
        fill(small_disk / "filler")
    for number in range(50):
        session.edit("Rename", rename, f"edit {number} " + "".join(map(chr, range(200, 5000, number + 1))))
    with pytest.raises(CanvasError, match="is full"):
        session.flush()
    copy = saved(session, tmp_path / "copy", session.project.name)

    assert copy.project.name.startswith("edit 49")
    copy.close()
    session.abandon()
