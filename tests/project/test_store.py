"""Whatever happens to the process or the disk: what was acknowledged is there, and the project opens."""

from __future__ import annotations

import contextlib
import errno
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.backups import list_backups, newest_backup, restore
from canvas_app.project.database import BrokenProject, NewerProject
from canvas_app.project.entries import Edit
from canvas_app.project.formats import FORMATS, Format
from canvas_app.project.history import LIMIT
from canvas_app.project.lock import Held
from canvas_app.project.project import Project, rename
from canvas_app.project.session import Session
from canvas_app.project.store import Store, require_readable_format
from tests.project.disks import fill


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def sql(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(folder / "project.db", isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.fixture
def closed(session: Session) -> Path:
    """A project with three edits, closed."""
    for name in ("A", "B", "C"):
        session.edit("Rename", rename, name)
    session.close()
    return session.folder


WRITER = """
import sys
from pathlib import Path
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.project import rename
from canvas_app.project.session import Session
session = Session.open(Path(sys.argv[1]), InlinePool())
for number in range(100_000):
    session.edit("Rename", rename, f"edit {number}")
    session.flush()
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is of other systems")
@pytest.mark.parametrize("acknowledged", [1, 7, 40])
def test_kill_9_loses_at_most_the_edit_in_flight(closed: Path, acknowledged: int) -> None:
    command = [sys.executable, "-c", WRITER, str(closed)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        while int(writer.stdout.readline()) < acknowledged:
            continue
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().split()
    last = int(rest[-1]) if rest else acknowledged
    session = Session.open(closed, InlinePool())

    assert session.project.name in (f"edit {last}", f"edit {last + 1}")
    session.undo()
    assert session.undo_label == "Rename"
    session.close()


def test_many_quick_edits_are_few_commits_and_all_of_them_are_there(session: Session) -> None:
    for number in range(300):
        session.edit("Rename", rename, f"edit {number}")
    session.close()
    session = Session.open(session.folder, InlinePool())

    assert session.project.name == "edit 299"
    for _ in range(300):
        session.undo()
    assert (session.project.name, session.undo_label) == ("My project", None)
    session.close()


def test_the_oldest_edits_fall_off_so_that_the_file_stays_bounded(closed: Path) -> None:
    store = Store.open(closed)
    for number in range(LIMIT + 20):
        store.add(Edit("Rename", None, Project(name=f"edit {number}")))
    store.flush()
    history = store.history()
    undone = sum(iter(history.undo, False))
    store.close()

    assert undone == LIMIT
    assert history.document.name == "edit 19"


def test_a_newer_project_is_refused_by_its_format_before_any_write(closed: Path) -> None:
    sql(closed, "UPDATE meta SET format = 99, app_version = '7.1'")
    before = everything_in(closed)
    with pytest.raises(
        NewerProject, match=r"in format 99, by version 7\.1; .* reads up to format 1\."
    ) as refused:
        Session.open(closed, InlinePool())

    assert everything_in(closed) == before
    assert "newer" in refused.value.hint


def _add_a_table(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE extra (word TEXT) STRICT")
    connection.execute("INSERT INTO extra SELECT name FROM meta")


NEXT = Format(2, (*FORMATS[0].tables, "CREATE TABLE extra (word TEXT) STRICT"), _add_a_table)


def test_an_older_project_migrates_on_a_copy_and_the_old_one_is_kept(closed: Path) -> None:
    store = Store.open(closed, (*FORMATS, NEXT))
    name = store.history().document.name
    store.close()

    assert name == "C"
    require_readable_format(closed, (*FORMATS, NEXT))
    with pytest.raises(NewerProject):
        require_readable_format(closed)
    (kept,) = [backup for backup in list_backups(closed) if backup.before_format == 2]
    restore(closed, kept.path)
    session = Session.open(closed, InlinePool())
    assert session.project.name == "C"
    session.close()


def test_a_migration_that_fails_leaves_the_old_project_as_it_was(closed: Path) -> None:
    def stumble(connection: sqlite3.Connection) -> None:
        _add_a_table(connection)
        connection.execute("INSERT INTO nowhere VALUES (1)")

    before = (closed / "project.db").read_bytes()
    with pytest.raises(CanvasError):
        Store.open(closed, (*FORMATS, Format(2, NEXT.tables, stumble)))

    assert (closed / "project.db").read_bytes() == before
    assert not list(closed.glob(".*.part*"))
    Session.open(closed, InlinePool()).close()


def test_looking_at_an_older_project_changes_nothing(closed: Path) -> None:
    before = everything_in(closed)
    store = Store.look(closed, (*FORMATS, NEXT))
    name = store.history().document.name
    store.close()

    assert name == "C"
    assert everything_in(closed) == before


@pytest.mark.parametrize("keep", [0, 100, 5000])
def test_a_broken_store_is_named_with_what_to_do(closed: Path, keep: int) -> None:
    path = closed / "project.db"
    path.write_bytes(path.read_bytes()[:keep] + b"\xa5" * 3000)
    with pytest.raises(BrokenProject, match=r"project\.db is damaged") as broken:
        Session.open(closed, InlinePool())

    assert newest_backup(closed).path.name in broken.value.hint
    assert broken.value.folder == closed
    shutil.rmtree(closed / "backups")
    with pytest.raises(BrokenProject) as broken:
        Session.open(closed, InlinePool())
    assert "There is no backup of it" in broken.value.hint


@pytest.mark.parametrize("word", [b"TEXT NOT NULL", b"CREATE TABLE jobs", b"SQLite format 3"])
def test_a_word_of_the_store_that_became_nonsense_is_no_bug(closed: Path, word: bytes) -> None:
    path = closed / "project.db"
    path.write_bytes(path.read_bytes().replace(word, word[:3] + b"\xc1" + word[4:], 1))
    with pytest.raises(BrokenProject, match="damaged"):
        Session.open(closed, InlinePool())


def test_any_change_of_the_file_is_an_error_in_words_or_none(closed: Path) -> None:
    path = closed / "project.db"
    good, draw = path.read_bytes(), random.Random(11)
    session = Session.open(closed, InlinePool())
    session.abandon()
    for _ in range(40):
        bad = bytearray(good)
        for _ in range(draw.choice((1, 30))):
            bad[draw.randrange(len(bad))] = draw.randrange(256)
        path.write_bytes(bad)
        with contextlib.suppress(CanvasError):
            session = Session.open(closed, InlinePool())
            while session.undo_label is not None:
                session.undo()
        session.abandon()
    path.write_bytes(good)
    session = Session.open(closed, InlinePool())
    assert not session.look_only
    session.close()


def test_a_byte_changed_in_the_present_state_is_noticed(closed: Path) -> None:
    damaged = "substr(document, 1, 30) || x'00' || substr(document, 32)"
    sql(closed, f"UPDATE edits SET document = CAST({damaged} AS BLOB)")
    with pytest.raises(BrokenProject, match="damaged"):
        Session.open(closed, InlinePool())


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER evil AFTER INSERT ON edits BEGIN DELETE FROM edits; END",
        "CREATE VIEW other AS SELECT * FROM edits",
        "DROP TABLE jobs",
        "DELETE FROM meta",
        "UPDATE meta SET head = 77",
    ],
)
def test_a_store_with_other_tables_than_ours_is_refused(closed: Path, statement: str) -> None:
    sql(closed, statement)
    with pytest.raises(BrokenProject):
        Session.open(closed, InlinePool())


def test_a_broken_project_can_be_opened_from_its_backup_and_nothing_is_deleted(closed: Path) -> None:
    Session.open(closed, InlinePool()).close()
    (closed / "project.db").write_bytes(b"broken")
    restore(closed, newest_backup(closed).path)
    session = Session.open(closed, InlinePool())

    assert session.project.name == "C"
    session.close()
    assert [path.read_bytes() for path in (closed / "backups").glob("replaced-*.db")] == [b"broken"]


def test_a_project_is_not_restored_under_an_open_window(session: Session) -> None:
    session.edit("Rename", rename, "A")
    session.close()
    session = Session.open(session.folder, InlinePool())
    session.flush()
    with pytest.raises(Held):
        restore(session.folder, newest_backup(session.folder).path)
    session.close()


def test_of_old_backups_the_newest_and_those_of_days_and_weeks_are_kept(closed: Path) -> None:
    shutil.rmtree(closed / "backups")
    (closed / "backups").mkdir()
    noon = datetime.now(UTC).replace(hour=12, minute=0) - timedelta(days=1)
    for days in range(60):
        for minute in range(3):
            made_at = noon - timedelta(days=days, minutes=minute)
            shutil.copy(closed / "project.db", closed / "backups" / f"project-{made_at:%Y-%m-%d-%H%M%S}.db")
    Session.open(closed, InlinePool()).close()
    found = [backup.made_at for backup in list_backups(closed)]
    Session.open(closed, InlinePool()).close()

    assert 13 <= len(found) <= 10 + 7 + 4
    assert datetime.now(UTC) - found[0] < timedelta(minutes=1)
    assert len({moment.date() for moment in found}) >= 7
    assert len({moment.isocalendar()[:2] for moment in found}) == 4
    assert [backup.made_at for backup in list_backups(closed)] == found


def test_at_closing_every_edit_is_in_the_newest_backup(session: Session) -> None:
    for number in range(6):
        session.edit("Rename", rename, f"edit {number}")
        session.flush()
    session.close()
    (session.folder / "project.db").write_bytes(b"broken")
    restore(session.folder, newest_backup(session.folder).path)
    session = Session.open(session.folder, InlinePool())

    assert session.project.name == "edit 5"
    session.close()


def test_while_edits_are_quick_only_the_first_is_backed_up_at_once(session: Session) -> None:
    for number in range(20):
        session.edit("Rename", rename, f"edit {number}")
        session.flush()
    made = len(list_backups(session.folder))
    session.close()

    assert made == 1


def test_two_restores_in_one_second_keep_what_each_replaced(closed: Path) -> None:
    backup = newest_backup(closed).path
    for word in (b"one", b"two", b"three"):
        (closed / "project.db").write_bytes(word)
        restore(closed, backup)

    kept = {path.read_bytes() for path in (closed / "backups").glob("replaced-*.db")}
    assert kept == {b"one", b"two", b"three"}


def test_where_there_is_no_backup_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match="There is no backup"):
        newest_backup(tmp_path)


def test_a_folder_that_cannot_be_written_is_opened_to_look(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    session = Session.open(closed, InlinePool())
    monkeypatch.undo()

    assert (session.look_only, session.holder, session.project.name) == (True, "", "C")
    assert session.why_look_only == f"{closed} is read-only: the system doesn't allow to write there."
    assert f"canvas-app copy {closed}" in session.way_out
    with pytest.raises(CanvasError, match="is read-only") as refused:
        session.require_writable()
    assert "save a copy elsewhere" in refused.value.hint
    session.close()


def test_a_full_disk_at_opening_asks_for_space_and_not_for_a_copy(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.open", refuse)
    session = Session.open(closed, InlinePool())
    monkeypatch.undo()
    with pytest.raises(CanvasError, match="is full") as told:
        session.require_writable()

    assert told.value.hint == "Free some space on that disk, then open the project again."
    session.close()


def test_a_full_disk_is_told_the_edit_is_kept_and_is_stored_when_there_is_room(small_disk: Path) -> None:
    session = Session.create(small_disk / "project", "Before", InlinePool())
    session.flush()
    told: list[CanvasError] = []
    session.troubled(told.append)
    well = threading.Event()
    session.recovered(lambda _: well.set())
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space"):
        fill(filler)
    for number in range(50):
        session.edit("Rename", rename, f"edit {number} " + "".join(map(chr, range(200, 5000, number + 1))))
    with pytest.raises(CanvasError, match="is full") as full:
        session.flush()

    assert "Free some space" in full.value.hint
    assert session.project.name.startswith("edit 49")
    with pytest.raises(CanvasError, match="is full"):
        session.close()
    filler.unlink()
    assert well.wait(30), "it is tried again though nobody edits"
    session.edit("Rename", rename, "After")
    session.close()
    assert len(told) == 1
    assert session.trouble is None
    again = Session.open(session.folder, InlinePool())
    assert again.project.name == "After"
    again.undo()
    assert again.project.name.startswith("edit 49")
    again.close()
