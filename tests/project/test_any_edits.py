"""Any sequence of edits, undo, redo and reopening leads where a list of states leads."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from canvas_app.jobs.pool import InlinePool
from canvas_app.project.project import rename
from canvas_app.project.session import Session


class EditedProject(RuleBasedStateMachine):
    """A real session beside the simplest thing that could be right."""

    @initialize()
    def create(self) -> None:
        self.place = Path(tempfile.mkdtemp())
        self.session = Session.create(self.place / "project", "0", InlinePool())
        self.states = ["0"]
        self.at = 0
        self.gesture = ""
        self.count = 0

    @rule(gesture=st.sampled_from(["", "", "drag", "type"]))
    def edit(self, gesture: str) -> None:
        self.count += 1
        self.session.edit("Rename", rename, str(self.count), gesture=gesture or None)
        merged = bool(gesture) and gesture == self.gesture
        self.states[self.at + (not merged) :] = [str(self.count)]
        self.at = len(self.states) - 1
        self.gesture = gesture

    @rule()
    def undo(self) -> None:
        if self.at:
            self.at -= 1
            self.gesture = ""
        self.session.undo()

    @rule()
    def redo(self) -> None:
        if self.at + 1 < len(self.states):
            self.at += 1
            self.gesture = ""
        self.session.redo()

    @rule()
    def open_again(self) -> None:
        self.session.close()
        self.session = Session.open(self.place / "project", InlinePool())
        self.gesture = ""

    @invariant()
    def is_where_the_list_is(self) -> None:
        assert self.session.project.name == self.states[self.at]
        assert (self.session.undo_label is not None) == (self.at > 0)
        assert (self.session.redo_label is not None) == (self.at + 1 < len(self.states))

    def teardown(self) -> None:
        self.session.abandon()
        shutil.rmtree(self.place)


EditedProject.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
)
test_any_edits_lead_where_a_list_of_states_leads = EditedProject.TestCase
