"""A second window on a project: what would edit is held back and says why; all else can be done."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QLabel

from canvas_app.flow import edits
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.step import NODES
from canvas_app.jobs.pool import InlinePool
from canvas_app.project.session import Session
from canvas_app.ui.controls import folded
from canvas_app.ui.entries import entries
from canvas_app.ui.flow.sql_dialog import SqlDialog
from canvas_app.ui.look_only import why_locked
from canvas_app.ui.page import pages
from tests.ui.stage import kept_model
from tests.ui.window_stage import PATIENCE, shown_window


def draw(flow, dataset):
    flow = edits.add_node(flow, DatasetNode(dataset=dataset))
    flow = edits.add_after(flow, flow.nodes[0].id, NODES["choose_columns"](columns=("age",)))
    return edits.add_after(flow, flow.nodes[1].id, NODES["predict_column"](target="age"))


@pytest.fixture
def holder(tmp_path):
    """Whoever has the project: with a table, a flow, and a model."""
    session = Session.create(tmp_path / "study", "Study", InlinePool())
    people = tmp_path / "people.csv"
    people.write_text("age,member\n" + "".join(f"{20 + at},{at % 2}\n" for at in range(30)))
    session.import_file(people)
    session.edit_flow("Draw", "flow", draw, "people/1")
    session.flush()
    yield session
    session.abandon()


@pytest.fixture
def window(qtbot, own_home, holder):
    """A second window, which may look."""
    with shown_window(own_home) as made:
        made.open_project(holder.folder)
        assert made.session.look_only
        yield made


def page_of(window, kind, **arguments):
    window.go(kind, **arguments)
    return window.stack.current()


def test_whoever_may_edit_is_told_no_reason(holder):
    assert why_locked(holder) == ""
    assert why_locked(None) == ""


def test_the_reason_says_who_has_the_project(window):
    assert (
        why_locked(window.session) == f"You can look, but not edit. study is open in {window.session.holder}."
    )
    assert window.notice.text() == why_locked(window.session)


@pytest.mark.parametrize("kind", [page.spec.kind for page in pages()])
def test_what_edits_on_a_page_is_held_back_and_says_why(window, kind):
    page = page_of(window, kind)
    held = page.edits()

    assert [part for part in held if part.isEnabled()] == []
    assert {part.toolTip() for part in held} <= {folded(why_locked(window.session))}


def test_the_pages_that_edit_name_what_does(window):
    counts = {page.spec.kind: len(page_of(window, page.spec.kind).edits()) for page in pages()}

    assert {kind for kind, count in counts.items() if count} == {"home", "data", "flow"}


def test_building_writing_and_history_say_why_they_can_not_be(window):
    flow = page_of(window, "flow", node=window.session.project.flows[0].nodes[2].id)
    actions = window.actions_of
    held = (flow.build_action, actions.bring, actions.rename, actions.undo, actions.redo)

    assert [action.text() for action in held if action.isEnabled()] == []
    assert {action.toolTip() for action in held} == {folded(why_locked(window.session))}
    assert not flow.bench.inspector.model_box.build.isEnabled()
    assert flow.bench.inspector.model_box.why.text() == why_locked(window.session)


def test_the_same_window_may_edit_the_next_project(window, tmp_path):
    window.create_project(tmp_path / "mine", "Mine")
    flow = page_of(window, "flow")

    assert window.notice.text() == ""
    assert window.actions_of.rename.isEnabled()
    assert all(part.isEnabled() for part in flow.edits())


def test_delete_in_the_list_of_tables_removes_nothing(window, qtbot):
    page = page_of(window, "data")
    qtbot.keyClick(page.datasets, Qt.Key.Key_Delete)

    assert len(window.session.project.datasets) == 1
    assert page.banner.text() == ""


def test_the_command_palette_offers_no_steps_to_add(window, holder):
    offered = {entry.group for entry in entries(window, window.actions_of.all())}
    titles = {entry.title for entry in entries(window, window.actions_of.all())}

    assert "Add to the flow" not in offered
    assert {"Flow", "Settings", "age"} <= titles
    assert "Import a file" not in titles


def over(window, path) -> bool:
    """Whether something that is held over the window is taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    event = QDragEnterEvent(QPoint(500, 400).toPointF(), Qt.DropAction.CopyAction, data, button, none)
    event.ignore()
    window.dragEnterEvent(event)
    return event.isAccepted()


def test_files_are_not_taken_but_other_projects_are(window, holder, tmp_path):
    assert not over(window, tmp_path / "people.csv")
    assert over(window, holder.folder)


def test_a_file_that_comes_all_the_same_is_refused_in_words(window, tmp_path):
    window.go("data")
    window.bring_file(tmp_path / "people.csv")

    assert window.stack.current().banner.text() == why_locked(window.session)


def test_preview_and_sql_of_a_step_can_be_seen(window, qtbot):
    page = page_of(window, "flow", node=window.session.project.flows[0].nodes[1].id)
    inspector = page.bench.inspector
    qtbot.waitUntil(lambda: inspector.show_sql.isVisible(), timeout=PATIENCE)
    inspector.show_sql.click()

    assert "30 rows" in page.bench.preview.words.text()
    assert "SELECT" in page.findChild(SqlDialog).text.toPlainText()


def test_a_page_without_models_says_who_can_build_one(window):
    page = page_of(window, "models")
    said = [label.text() for label in page.empty.findChildren(QLabel)]

    assert any(why_locked(window.session) in words for words in said)
    assert not any("press Build model" in words for words in said)


@pytest.fixture
def with_model(holder, tmp_path, qtbot, own_home):
    """A second window on a project that has a model."""
    kept_model(holder, "lightgbm-two", tmp_path)
    holder.flush()
    with shown_window(own_home) as made:
        made.open_project(holder.folder)
        yield made


def test_a_model_can_be_explained(with_model, qtbot):
    page = page_of(with_model, "models", model=with_model.session.models[0].id)
    charts = page.view.explain.charts

    qtbot.waitUntil(lambda: all(chart.figure for chart in charts.values()), timeout=PATIENCE)
    assert page.banner.text() == ""


def test_a_row_and_a_file_can_be_predicted(with_model, tmp_path, qtbot):
    rows = tmp_path / "rows.csv"
    rows.write_text("name,sex,age\nA,female,61\nB,male,20\n")
    page = page_of(with_model, "predict")
    qtbot.waitUntil(lambda: page.answer.why.figure is not None, timeout=PATIENCE)
    assert page.answer.said.text().startswith("class")

    page.bring(rows)
    qtbot.waitUntil(lambda: page.file.name.text() == "rows.csv", timeout=PATIENCE)
    page.file.run.click()
    qtbot.waitUntil(lambda: page.file.grid.model.rowCount() == 2, timeout=PATIENCE)
    assert page.banner.text() == ""
    assert not page.session.cache.is_relative_to(page.session.folder)
