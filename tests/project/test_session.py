"""Edits are undone, stored, refused and lost to nobody."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.write_file import WriteFile
from canvas_app.flow.flow import Flow, Link, Node
from canvas_app.jobs.job import Crashed, Failed
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.change import Change
from canvas_app.project.project import Project, remove_dataset, rename
from canvas_app.project.recent import recent_projects
from canvas_app.project.session import Session
from tests.jobs.some_jobs import Bug, Double, Refuse, Wait
from tests.project.test_codec import RECORD


def reopened(session: Session) -> Session:
    session.close()
    return Session.open(session.folder, InlinePool())


def add(flow: Flow, node: Node) -> Flow:
    return replace(flow, nodes=(*flow.nodes, node))


def test_undo_and_redo_reach_every_edit_also_after_closing_and_opening(session: Session) -> None:
    for name in ("A", "B", "C"):
        session.edit(f"Rename to {name}", rename, name)
    session.undo()
    session = reopened(session)

    assert (session.project.name, session.undo_label, session.redo_label) == (
        "B",
        "Rename to B",
        "Rename to C",
    )
    session.redo()
    assert session.project.name == "C"
    session = reopened(session)
    for _ in range(3):
        session.undo()
    assert (session.project.name, session.undo_label) == ("My project", None)
    session.close()


def test_a_gesture_is_one_edit_also_on_disk(session: Session) -> None:
    for name in ("M", "Mo", "Mov"):
        session.edit("Type", rename, name, gesture="typing")
    session = reopened(session)
    session.undo()

    assert session.project.name == "My project"
    session.close()


def test_an_edit_after_undo_forgets_the_undone_also_on_disk(session: Session) -> None:
    session.edit("One", rename, "One")
    session.undo()
    session.edit("Two", rename, "Two")
    session = reopened(session)

    assert (session.project.name, session.redo_label) == ("Two", None)
    session.undo()
    assert session.project.name == "My project"
    session.close()


def test_who_watches_is_told_what_changed(session: Session) -> None:
    told: list[Change] = []
    session.changed(told.append)
    session.edit_flow("Add table", "flow", add, Node("n1", DatasetNode(dataset="people/1")))
    session.undo()
    session.edit("Nothing", rename, "My project")

    assert [change.changed_nodes("flow") for change in told] == [{"n1"}, {"n1"}]


def test_an_edit_that_is_refused_changes_nothing(session: Session) -> None:
    def refuse(project: Project) -> Project:
        raise CanvasError("No.")

    with pytest.raises(CanvasError, match="No"):
        session.edit("Refused", refuse)
    assert session.undo_label is None


def test_edits_are_on_disk_when_flush_returns(session: Session) -> None:
    session.edit("Rename", rename, "On disk")
    session.flush()

    with sqlite3.connect(session.folder / "project.db") as other:
        row = other.execute("SELECT name, head FROM meta").fetchone()
    other.close()
    assert row == ("On disk", 1)


def test_a_second_window_is_told_who_has_the_project_and_may_look(session: Session) -> None:
    session.edit("Rename", rename, "Mine")
    session.flush()
    other = Session.open(session.folder, InlinePool())

    assert (other.project.name, other.look_only, other.undo_label) == ("Mine", True, None)
    assert "another window of" in other.holder
    with pytest.raises(CanvasError, match="Nothing can be changed here"):
        other.edit("Rename", rename, "Theirs")
    with pytest.raises(CanvasError, match="Nothing can be changed here"):
        other.import_file("people.csv")
    other.close()
    session.edit("Rename", rename, "Still mine")
    session.flush()


def test_looking_leaves_the_folder_as_it_was(session: Session) -> None:
    session.close()
    before = {path.name: path.stat().st_mtime_ns for path in session.folder.iterdir()}
    other = Session.open(session.folder, InlinePool(), look_only=True)
    cache = other.cache
    assert cache.is_dir()
    assert not cache.is_relative_to(session.folder)
    other.close()

    assert {path.name: path.stat().st_mtime_ns for path in session.folder.iterdir()} == before
    assert not cache.exists()


def test_a_folder_that_is_no_project_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CanvasError, match="There is no project in"):
        Session.open(tmp_path, InlinePool())


def test_a_project_is_made_in_a_new_or_empty_folder_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ada")

    with pytest.raises(CanvasError, match="is not empty"):
        Session.create(tmp_path, "Mine", InlinePool())


def test_an_import_becomes_a_table_that_undo_takes_away_and_redo_brings_back(
    session: Session, table: Path
) -> None:
    done: list[Any] = []
    session.import_file(table, done=done.append, failed=done.append)

    assert (done[0].key, done[0].rows) == ("people/1", 2)
    assert session.data_path("people/1").is_file()
    session.undo()
    assert session.project.datasets == ()
    session = reopened(session)
    session.redo()
    assert session.data_path("people/1").is_file()
    session.close()


def test_importing_again_makes_the_next_version(session: Session, table: Path) -> None:
    session.import_file(table)
    table.write_text("name,age\nGrace,50\n")
    session.import_file(table)

    assert [item.key for item in session.project.datasets] == ["people/1", "people/2"]
    assert session.data_path("people/1") != session.data_path("people/2")


def test_a_name_with_a_slash_still_makes_a_key(session: Session, table: Path) -> None:
    session.import_file(table, name="a/b\\c")

    assert session.project.datasets[0].key == "a_b_c/1"


def test_an_import_that_fails_says_why_and_leaves_nothing(session: Session, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_bytes(b"")
    failed: list[Failed | Crashed] = []
    session.import_file(tmp_path / "empty.csv", failed=failed.append)

    assert isinstance(failed[0], Failed)
    assert session.project.datasets == ()
    assert list((session.folder / "work").rglob("*")) == []


def test_a_flow_names_the_files_of_its_tables(session: Session, table: Path) -> None:
    session.import_file(table)
    session.import_file(table, name="other")
    session.edit_flow("Add", "flow", add, Node("n1", DatasetNode(dataset="people/1")))

    flow = session.project.flow("flow")
    assert session.datasets_of(flow) == {"people/1": str(session.data_path("people/1"))}
    with pytest.raises(CanvasError, match="no table nowhere/1"):
        session.data_path("nowhere/1")


def test_a_job_says_how_it_ended_in_one_way(session: Session) -> None:
    said: list[object] = []

    def failed(outcome: Failed | Crashed) -> None:
        said.append(type(outcome))

    session.run(Double(2.0), done=lambda value: said.append(value.value), failed=failed)
    session.run(Refuse(), done=said.append, failed=failed)
    session.run(Bug(), done=said.append, failed=failed)

    assert said == [4.0, Failed, Crashed]
    assert [(job.title, job.state) for job in session.jobs()] == [
        ("Bug", "crashed"),
        ("Refuse", "failed"),
        ("Double", "done"),
    ]
    assert "ZeroDivisionError" in session.jobs()[0].log


def test_a_result_for_a_node_that_changed_meanwhile_is_dropped(session: Session) -> None:
    pool = InlinePool()
    session.close()
    session = Session.open(session.folder, pool)
    session.edit_flow("Add", "flow", add, Node("n1", WriteFile(path="a.csv")))
    said: list[str] = []

    def change_and_finish(_: object) -> None:
        other = Flow(nodes=(Node("n1", WriteFile(path="b.csv")),))
        session.edit_flow("Change", "flow", lambda flow: other)
        assert pool.running is not None
        pool.running.finish()

    session.run(
        Wait(),
        node="n1",
        done=said.append,
        stopped=lambda: said.append("dropped"),
        progress=change_and_finish,
    )
    assert said == ["dropped"]
    session.close()


def test_a_result_is_kept_when_its_node_was_only_moved(session: Session) -> None:
    pool = InlinePool()
    session.close()
    session = Session.open(session.folder, pool)
    session.edit_flow("Add", "flow", add, Node("n1", WriteFile(path="a.csv")))
    said: list[str] = []

    def move_and_finish(_: object) -> None:
        moved = Flow(nodes=(Node("n1", WriteFile(path="a.csv"), x=9.0),), links=frozenset[Link]())
        session.edit_flow("Move", "flow", lambda flow: moved)
        assert pool.running is not None
        pool.running.finish()

    session.run(Wait(), node="n1", done=said.append, progress=move_and_finish)
    assert said == ["enough"]
    session.close()


def test_a_kept_model_stays_outside_undo_and_its_files_under_their_hash(
    session: Session, tmp_path: Path
) -> None:
    built = tmp_path / "built"
    built.mkdir()
    (built / "model.txt").write_text("tree")
    record = session.keep_model(replace(RECORD, id="", model=replace(RECORD.model, folder=str(built))))

    assert (session.model_folder(record.id) / "model.txt").read_text() == "tree"
    assert session.undo_label is None
    session = reopened(session)
    assert [item.id for item in session.models] == [record.id]
    assert session.model(record.id).model.folder == f"models/{record.id}"
    session.close()


def test_the_same_model_is_kept_once(session: Session, tmp_path: Path) -> None:
    for _ in range(2):
        built = tmp_path / "built"
        built.mkdir(exist_ok=True)
        (built / "model.txt").write_text("tree")
        session.keep_model(replace(RECORD, id="", model=replace(RECORD.model, folder=str(built))))

    assert len(session.models) == 1


def test_only_a_node_that_asks_for_a_model_is_built(session: Session) -> None:
    session.edit_flow("Add", "flow", add, Node("n1", WriteFile(path="a.csv")))

    with pytest.raises(CanvasError, match="asks for no model"):
        session.build("flow", "n1")


def test_a_model_that_is_not_there_is_an_error_in_words(session: Session) -> None:
    with pytest.raises(CanvasError, match="not in the project"):
        session.export("nothing")


def test_what_dead_processes_left_is_swept_when_the_project_opens(session: Session) -> None:
    session.close()
    data = session.folder / "data"
    data.mkdir()
    (data / ".abc.parquet.123456.part").write_bytes(b"half")
    (data / "kept.parquet").write_bytes(b"whole")
    (session.folder / "work" / "0123").mkdir(parents=True)
    (session.folder / "work" / "0123" / "model.txt").write_text("half")
    Session.open(session.folder, InlinePool()).close()

    assert [path.name for path in data.iterdir()] == ["kept.parquet"]
    assert not (session.folder / "work").exists()


def test_an_export_whose_successor_never_came_returns(session: Session) -> None:
    session.close()
    for name in (".mine.1a2b3c.old", ".other.4d5e6f.old", ".mine.778899.part", "other"):
        (session.exports / name).mkdir(parents=True)
    (session.exports / ".mine.1a2b3c.old" / "manifest.json").write_text("{}")
    Session.open(session.folder, InlinePool()).close()

    assert sorted(path.name for path in session.exports.iterdir()) == ["mine", "other"]
    assert (session.exports / "mine" / "manifest.json").is_file()


def test_jobs_that_ran_when_the_project_was_killed_are_shown_as_interrupted(session: Session) -> None:
    class Never:
        def submit(self, job: object, **told: object) -> Any:
            return None

    session.close()
    first = Session.open(session.folder, Never())  # type: ignore[arg-type]  # runs nothing
    first.run(Double(1.0))
    first.close()
    session = Session.open(session.folder, InlinePool())
    assert [job.state for job in session.jobs()] == ["interrupted"]
    session.close()


def test_an_opened_project_is_remembered_with_its_figures(session: Session, table: Path) -> None:
    session.import_file(table)
    session.edit("Rename", rename, "Mine")
    session.edit_flow("Add", "flow", add, Node("n1", DatasetNode(dataset="people/1"), x=4.0, y=2.0))
    session.close()

    (entry,) = recent_projects()
    assert (entry.path, entry.name, entry.tables) == (str(session.folder), "Mine", 1)
    assert entry.sketch.nodes == ((4.0, 2.0, "Data"),)
    assert entry.there


def test_a_removed_table_stays_on_disk_for_undo(session: Session, table: Path) -> None:
    session.import_file(table)
    path = session.data_path("people/1")
    session.edit("Remove", remove_dataset, "people/1")

    assert path.is_file()
    session.undo()
    assert session.data_path("people/1") == path


def test_roles_of_columns_stay_with_the_table_and_its_next_versions(tmp_path: Path) -> None:
    from canvas_app.data.source import source_for

    path = tmp_path / "people.csv"
    path.write_text("name,age\nAnn,3\n")
    session = Session.create(tmp_path / "project", "Study", InlinePool())
    session.import_source(source_for(path), roles={"name": "identifier", "gone": "ignore"})
    path.write_text("name,age\nAnn,3\nBob,4\n")
    session.import_file(path)
    session.close()
    reopened = Session.open(tmp_path / "project", InlinePool())

    assert [dict(item.roles) for item in reopened.project.datasets] == [{"name": "identifier"}] * 2
    reopened.close()
