"""The command palette finds all that there is, and nothing that can't be done now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QAction

from canvas_app.flow.step import NODES
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.session import Session
from canvas_app.ui.entries import Entry, entries, fit, rank
from canvas_app.ui.page import pages
from tests.ui.stage import Stage, kept_model

LETTERS = "abc xyz-"
titles = st.text(LETTERS, min_size=1, max_size=14)


@pytest.fixture
def stage(qapp: object, tmp_path: Path) -> Iterator[Stage]:
    raised = Stage.raised(tmp_path / "study")
    table = tmp_path / "people.csv"
    table.write_text("name,age in years\nAda,36\nAlan,41\n")
    raised.session.import_file(table)
    yield raised
    raised.close()


def titled(found: tuple[Entry, ...], group: str) -> list[str]:
    return [entry.title for entry in found if entry.group.startswith(group)]


def test_all_steps_tables_columns_and_models_are_found(stage: Stage, tmp_path: Path) -> None:
    kept_model(stage.session, "lightgbm-two", tmp_path)
    stage.settle()
    found = entries(stage, ())

    assert sorted(titled(found, "Add to the flow")) == sorted(unit.spec.title for unit in NODES)
    assert titled(found, "Table") == ["people"]
    assert titled(found, "Column of people") == ["name", "age in years"]
    assert titled(found, "Model") == ["Outcome"]
    assert titled(found, "Page") == [page.spec.title for page in pages()]


def test_each_leads_to_its_place(stage: Stage, tmp_path: Path) -> None:
    record = kept_model(stage.session, "lightgbm-two", tmp_path)
    for wanted in ("age in years", "Outcome", "Filter rows"):
        rank(wanted, entries(stage, ()))[0].act()

    assert stage.gone == [
        ("data", {"dataset": "people/1", "column": "age in years"}),
        ("models", {"model": record.id}),
        ("flow", {"add": "filter_rows"}),
    ]


def test_without_a_project_there_is_nothing_that_needs_one(stage: Stage) -> None:
    session, stage.session = stage.session, None  # type: ignore[assignment]  # as in a window without a project
    found = entries(stage, ())
    stage.session = session

    assert titled(found, "Page") == [page.spec.title for page in pages() if not page.spec.needs_project]
    assert len(found) == len(titled(found, "Page"))


def test_actions_are_found_while_they_can_be_done(stage: Stage) -> None:
    done: list[str] = []
    can, can_not = QAction("Save a copy…"), QAction("Undo")
    can.triggered.connect(lambda: done.append("saved"))
    can_not.setEnabled(False)
    found = [entry for entry in entries(stage, (can, can_not)) if entry.group == "Action"]

    assert [entry.title for entry in found] == ["Save a copy"]
    found[0].act()
    assert done == ["saved"]


def test_who_may_only_look_is_offered_no_steps(stage: Stage) -> None:
    stage.session.flush()
    other = Session.open(stage.session.folder, InlinePool())
    mine, stage.session = stage.session, other
    found = entries(stage, ())
    stage.session = mine
    other.close()

    assert titled(found, "Add to the flow") == []
    assert titled(found, "Table") == ["people"]


@settings(max_examples=150, deadline=None, database=None)
@given(wanted=st.text(LETTERS.upper() + LETTERS, max_size=6), names=st.lists(titles, max_size=12))
def test_what_is_found_holds_the_letters_in_their_order(wanted: str, names: list[str]) -> None:
    among = [Entry(name, "Group", lambda: None) for name in names]
    found = rank(wanted, among)
    letters = [letter for letter in wanted.lower() if not letter.isspace()]

    for entry in found:
        rest = iter(f"{entry.title} {entry.group}".lower())
        assert all(letter in rest for letter in letters)
    scores = [fit(wanted, entry) for entry in found]
    assert scores == sorted(scores, reverse=True)
    whole = " ".join(wanted.lower().split())
    assert {id(entry) for entry in among if whole in entry.title.lower()} <= {id(entry) for entry in found}
