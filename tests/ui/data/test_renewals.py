from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from canvas_app.data.engine import Engine
from canvas_app.flow.edits import add_node
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.session import Session
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.data.renewals import Renewals
from canvas_app.ui.data.source_line import SourceLine
from canvas_app.ui.data.versions_dialog import VersionsDialog


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("name,age\nAda,36\nAlan,41\n")
    return path


@pytest.fixture
def session(tmp_path: Path, table: Path) -> Iterator[Session]:
    session = Session.create(tmp_path / "project", "Study", InlinePool())
    session.import_file(table)
    yield session
    session.close()


class Desk:
    """A line with its buttons at work, and what was said."""

    def __init__(self, qtbot: Any, session: Session, lane: PreviewLane) -> None:
        self.session, self._qtbot = session, qtbot
        self.page, self.line = QWidget(), SourceLine()
        qtbot.addWidget(self.page)
        qtbot.addWidget(self.line)
        self.line.show()
        self.renewals = Renewals(self.page, self.line, lane, lambda: session)
        self.said: list[str] = []
        self.renewals.told.connect(self.said.append)
        self.renewals.failed.connect(lambda trouble: self.said.append(trouble.message))

    def show(self) -> None:
        self.renewals.show(self.session.project.datasets[-1])

    def wait_for_news(self) -> str:
        self._qtbot.waitUntil(lambda: self.line.news.isVisible())
        return self.line.news.text()


@pytest.fixture
def desk(qtbot: Any, session: Session, tmp_path: Path) -> Iterator[Desk]:
    lane = PreviewLane(lambda: Engine(scratch=tmp_path / "lane", memory="500MB", threads=2))
    desk = Desk(qtbot, session, lane)
    desk.show()
    yield desk
    lane.close()


def test_the_line_says_which_version_from_which_file(desk: Desk) -> None:
    assert desk.line.words.text() == "Version 1 · from people.csv"
    assert not desk.line.versions.isEnabled()
    assert not desk.line.find_file.isVisible()


def test_a_file_that_has_changed_is_told_and_refresh_brings_it_in(desk: Desk, table: Path) -> None:
    table.write_text("name,age\nGrace,50\n")
    desk.show()
    assert "people.csv has changed since" in desk.wait_for_news()
    assert [item.key for item in desk.session.project.datasets] == ["people/1"]

    desk.line.refresh.click()
    assert desk.said[0].startswith("people is at version 2 now. 1 row fewer: 1 instead of 2.")
    desk.show()
    assert desk.line.words.text() == "Version 2 of 2 · from people.csv"
    assert desk.line.versions.isEnabled()


def test_a_refresh_without_changes_says_so(desk: Desk) -> None:
    desk.line.refresh.click()

    assert desk.said == ["Nothing has changed in the source."]
    assert desk.line.refresh.isEnabled()


def test_a_file_that_is_gone_is_told_and_found_by_its_bytes(desk: Desk, table: Path) -> None:
    moved = table.rename(table.with_name("moved.csv"))
    desk.show()
    assert "There is no file" in desk.wait_for_news()
    assert desk.line.find_file.isVisible()

    desk.renewals.find(str(moved))
    assert desk.said == [f"people.csv was found: {moved}."]
    assert desk.session.undo_label == "Find the file of people"


def test_a_different_file_is_taken_only_if_the_person_says_so(desk: Desk, table: Path) -> None:
    other = table.with_name("other.csv")
    other.write_text("name,age\nGrace,50\n")
    desk.renewals.find(str(other))
    question = desk.renewals.question

    assert question is not None
    assert "other.csv is not the file" in question.text()
    assert [item.key for item in desk.session.project.datasets] == ["people/1"]
    next(button for button in question.buttons() if button.text() == "Import as next version").click()
    assert [item.key for item in desk.session.project.datasets] == ["people/1", "people/2"]


def test_a_folder_without_the_file_is_told(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.csv").write_text("something else altogether\n")
    desk.renewals.find(str(tmp_path / "in"))

    assert "has the size of people.csv" in desk.said[0]


@pytest.fixture
def dialog(qtbot: Any, session: Session, table: Path) -> Iterator[VersionsDialog]:
    """Two versions, of which a flow uses the first in a step that needs a column the second lacks."""
    from canvas_app.flow.edits import add_after
    from canvas_app.flow.steps.fill_missing import FillMissing

    table.write_text("name\nGrace\n")
    session.import_file(table)
    session.edit_flow("Add", "flow", add_node, DatasetNode(dataset="people/1"))
    node = session.project.flow("flow").nodes[0].id
    session.edit_flow("Add", "flow", add_after, node, FillMissing(columns=("age",)))
    page = QWidget()
    qtbot.addWidget(page)
    made = VersionsDialog(page, session, "people")
    made.show()
    yield made
    made.reject()


def test_the_dialog_tells_what_a_version_changed_and_would_break(dialog: VersionsDialog) -> None:
    words = dialog.words.text()

    assert [dialog.list.item(at).text() for at in range(2)] == ["Version 2 · 1 row", "Version 1 · 2 rows"]
    assert "Against version 1:\n• 1 row fewer: 1 instead of 2.\n• Gone: age." in words
    assert "uses version 1.\nWith version 2 this would not work any more:\n• Fill missing values: " in words


def test_the_flows_move_to_the_chosen_version_and_undo_moves_them_back(
    dialog: VersionsDialog, session: Session
) -> None:
    dialog.use.click()

    assert session.project.flow("flow").nodes[0].unit == DatasetNode(dataset="people/2")
    assert "uses this version." in dialog.words.text()
    assert not dialog.use.isEnabled()
    session.undo()
    assert session.project.flow("flow").nodes[0].unit == DatasetNode(dataset="people/1")
    assert dialog.use.isEnabled()


def test_the_rows_of_an_older_version_can_be_looked_at(qtbot: Any, dialog: VersionsDialog) -> None:
    dialog.list.setCurrentRow(1)
    assert "It is not compared with another version." in dialog.words.text()

    with qtbot.waitSignal(dialog.open_wanted) as opened:
        dialog.look.click()
    assert opened.args == ["people/1"]
