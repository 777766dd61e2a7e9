"""Any work on a project leads where a list of plain values leads, whatever ends it."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from canvas_app.base.errors import CanvasError
from canvas_app.data.dataset import Dataset
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow import edits
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.flow import Flow
from canvas_app.flow.step import NODES
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.backups import back_up, list_backups, restore
from canvas_app.project.codec import pack_project, unpack_project
from canvas_app.project.database import NAME
from canvas_app.project.project import Project, add_dataset, remove_dataset, rename
from canvas_app.project.session import Session
from tests.project.test_codec import RECORD

KINDS = ("filter_rows", "formula", "join_tables", "predict_column", "write_file")
ROWS = Schema((ColumnInfo("age", "whole", "int64"),))


@dataclass
class Plain:
    """The simplest thing that could be right: all values that there were, and where one stands."""

    states: list[Project]
    at: int = 0
    gesture: str = ""

    @property
    def now(self) -> Project:
        return self.states[self.at]

    def do(self, project: Project, gesture: str) -> None:
        merged = bool(gesture) and gesture == self.gesture
        self.states[self.at + (not merged) :] = [project]
        self.at, self.gesture = len(self.states) - 1, gesture

    def go(self, by: int) -> None:
        if 0 <= self.at + by < len(self.states):
            self.at, self.gesture = self.at + by, ""


def refuse(project: Project) -> Project:
    raise CanvasError("This can't be done.", hint="Do something else.")


class WorkedOn(RuleBasedStateMachine):
    """A real project in a folder, edited in every way, left and opened in every way."""

    @initialize()
    def create(self) -> None:
        self.place = Path(tempfile.mkdtemp())
        self.folder = self.place / "project"
        self.session = Session.create(self.folder, "Study", InlinePool())
        self.plain = Plain([self.session.project])
        self.saved: dict[Path, tuple[Plain, int]] = {}
        self.kept = 0
        self.count = 0

    def edit(self, gesture: str, change: Callable[..., Project], *words: Any) -> None:
        try:
            now = change(self.plain.now, *words)
        except CanvasError as refusal:
            with pytest.raises(type(refusal)):
                self.session.edit("Edit", change, *words)
            return
        self.session.edit("Edit", change, *words, gesture=gesture or None)
        if now != self.plain.now:
            self.plain.do(now, gesture)

    def edit_flow(self, gesture: str, change: Callable[..., Flow], *words: Any) -> None:
        def changed(project: Project) -> Project:
            return replace(project, flows=(change(project.flows[0], *words), *project.flows[1:]))

        self.edit(gesture, changed)

    @property
    def nodes(self) -> list[str]:
        return [node.id for node in self.plain.now.flows[0].nodes]

    @rule(gesture=st.sampled_from(["", "", "typing"]))
    def name_it(self, gesture: str) -> None:
        self.count += 1
        self.edit(gesture, rename, f"Study {self.count} 😀")

    @rule()
    def bring_in_a_table(self) -> None:
        self.count += 1
        self.edit("", add_dataset, Dataset(f"people{self.count}", 1, "ab" * 32, ROWS, 3, 12))

    @precondition(lambda self: self.plain.now.datasets)
    @rule(data=st.data())
    def take_a_table_away(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from([dataset.key for dataset in self.plain.now.datasets]))
        self.edit("", remove_dataset, key)

    @rule(kind=st.sampled_from(KINDS), x=st.integers(-900, 900), after=st.booleans())
    def put_a_node(self, kind: str, x: int, after: bool) -> None:
        unit = NODES[kind]()
        if after and self.nodes:
            self.edit_flow("", edits.add_after, self.nodes[-1], unit)
        else:
            self.edit_flow("", edits.add_node, unit if after else DatasetNode(), float(x), 0.5)

    @precondition(lambda self: self.nodes)
    @rule(data=st.data(), x=st.floats(-1e4, 1e4), gesture=st.sampled_from(["drag", "", "drag"]))
    def drag_a_node(self, data: st.DataObject, x: float, gesture: str) -> None:
        self.edit_flow(gesture, edits.move_nodes, {data.draw(st.sampled_from(self.nodes)): (x, -x)})

    @precondition(lambda self: self.nodes)
    @rule(data=st.data())
    def take_nodes_away(self, data: st.DataObject) -> None:
        gone = data.draw(st.lists(st.sampled_from(self.nodes), min_size=1, max_size=3, unique=True))
        self.edit_flow("", edits.remove_nodes, gone)

    @rule()
    def try_what_is_refused(self) -> None:
        with pytest.raises(CanvasError, match="can't be done"):
            self.session.edit("Refused", refuse)

    @rule()
    def undo(self) -> None:
        self.plain.go(-1)
        self.session.undo()

    @rule()
    def redo(self) -> None:
        self.plain.go(1)
        self.session.redo()

    @rule()
    def keep_a_model(self) -> None:
        self.kept += 1
        (self.folder / "models").mkdir(exist_ok=True)
        self.session.add_model(replace(RECORD, id=f"{self.kept:064x}"))

    @rule()
    def close_and_open(self) -> None:
        self.session.close()
        self._open()

    @rule()
    def lose_the_window_after_all_was_stored(self) -> None:
        self.session.flush()
        self.session.abandon()
        self._open()

    @rule()
    def look_from_another_window(self) -> None:
        self.session.flush()
        other = Session.open(self.folder, InlinePool())
        seen = other.project, other.look_only, len(other.models)
        with pytest.raises(CanvasError, match="Nothing can be changed"):
            other.edit("Theirs", rename, "Theirs")
        other.close()

        assert seen == (self.plain.now, True, self.kept)

    @rule()
    def back_it_up(self) -> None:
        self.session.flush()
        with closing(sqlite3.connect(self.folder / NAME)) as connection:
            path = back_up(connection, self.folder)
        told = Plain(list(self.plain.states), self.plain.at)
        self.saved[path] = told, self.kept

    @precondition(lambda self: self.saved)
    @rule(data=st.data())
    def go_back_to_a_backup(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.saved)))
        with pytest.raises(CanvasError):
            restore(self.folder, path)
        self.session.close()
        restore(self.folder, path)
        told, self.kept = self.saved[path]
        self.plain = Plain(list(told.states), told.at)
        self._open()

    @invariant()
    def is_where_the_list_is(self) -> None:
        assert self.session.project == self.plain.now
        assert (self.session.undo_label is not None) == (self.plain.at > 0)
        assert (self.session.redo_label is not None) == (self.plain.at + 1 < len(self.plain.states))
        assert len(self.session.models) == self.kept

    @invariant()
    def comes_back_from_its_bytes(self) -> None:
        assert unpack_project(pack_project(self.session.project)) == self.plain.now

    @invariant()
    def names_its_backups(self) -> None:
        assert set(self.saved) <= {backup.path for backup in list_backups(self.folder)}

    def _open(self) -> None:
        self.session = Session.open(self.folder, InlinePool())
        self.plain.gesture = ""

    def teardown(self) -> None:
        self.session.abandon()
        shutil.rmtree(self.place)


WorkedOn.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
test_any_work_leads_where_plain_values_lead = WorkedOn.TestCase
