"""The page of the flow: inspector and preview follow the selection, edits refresh them, models are built."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QScrollArea,
)

from canvas_app.flow import edits
from canvas_app.flow.step import NODES, UnknownUnit
from canvas_app.project.project import ModelRecord
from canvas_app.ui.flow.sql_dialog import SqlDialog
from canvas_app.ui.help.help_dialog import HelpDialog
from tests.explain.model_folders import KINDS, write_model
from tests.ui.stage import built
from tests.ui.window_stage import shown_window


@pytest.fixture
def window(qtbot, tmp_path):
    with shown_window(tmp_path / "home") as made:
        made.create_project(tmp_path / "study", "Study")
        yield made


@pytest.fixture
def people(tmp_path) -> Path:
    path = tmp_path / "people.csv"
    rows = [f"{20 + at % 40 if at % 5 else ''},{'yes' if at % 3 else 'no'},{at}" for at in range(60)]
    path.write_text("age,member,number\n" + "\n".join(rows) + "\n")
    return path


@pytest.fixture
def page(window, people, qtbot):
    """The page with the table on its canvas, selected."""
    window.session.import_file(people)
    qtbot.waitUntil(lambda: bool(window.session.project.datasets))
    window.go("flow")
    made = window.stack.current()
    made.desk.add_dataset(window.session.project.datasets[0], (0, 0))
    return made


def add(page, kind: str, **values: object) -> str:
    made = page.desk.add_after(page.desk.current, NODES[kind](**values))
    assert made is not None
    return made


def shown_words(page) -> str:
    return page.bench.preview.words.text()


def test_the_preview_shows_the_table_of_the_selected_node(page, qtbot):
    qtbot.waitUntil(lambda: "60 rows" in shown_words(page))

    assert shown_words(page) == "after people · 60 rows · 3 columns"
    assert page.bench.preview.grid.model.schema.names == ("age", "member", "number")


def test_the_inspector_says_what_a_step_changed_and_learned(page, qtbot):
    add(page, "fill_missing", columns=("age",))
    inspector = page.bench.inspector
    qtbot.waitUntil(lambda: not inspector.learned.isHidden())
    words = [label.text() for label in inspector.changed.findChildren(QLabel) if label.text()]

    assert inspector.title.text() == "Fill missing values"
    assert words[:3] == ["Rows", "60", "same"]
    assert words[-3:] == ["Blanks in age", "12 → 0", "−100 %"]
    assert inspector.learned_words.text() == "Learned on all rows"
    assert inspector.learned.toPlainText().startswith("age = ")


def test_a_recipe_step_learns_on_the_training_rows(page, qtbot):
    step = add(page, "fill_missing", columns=("age",))
    add(page, "predict_column", target="member")
    page.desk.select((step,))

    words = page.bench.inspector.learned_words
    qtbot.waitUntil(lambda: words.text() == "Learned on the training rows")

    assert "Predict a column" in words.toolTip()


def test_an_edit_in_the_form_refreshes_the_preview_and_undoes(page, qtbot):
    step = add(page, "choose_columns", columns=("age",))
    qtbot.waitUntil(lambda: "1 column" in shown_words(page))
    unit = page.desk.flow[step].unit.changed(columns=("age", "member"))
    page.bench.inspector.form.edited.emit(unit)
    qtbot.waitUntil(lambda: "2 columns" in shown_words(page))

    page.session.undo()
    qtbot.waitUntil(lambda: "1 column" in shown_words(page))
    assert page.desk.flow[step].unit.columns == ("age",)


def test_the_preview_waits_while_a_hand_moves_things_and_follows_when_they_are_let_go(page, qtbot):
    first = page.desk.current
    add(page, "choose_columns", columns=("age",))
    qtbot.waitUntil(lambda: "after Choose columns" in shown_words(page))
    view = page.bench.canvas.view
    place = view.mapFromScene(view.graph.nodes[first].place().center())
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.desk.current == first
    assert "after Choose columns" in shown_words(page)

    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "after people" in shown_words(page)


def test_new_columns_are_marked_and_changed_cells_are_known(page, qtbot):
    add(page, "formula", name="twice", formula="[number] * 2")
    grid = page.bench.preview.grid
    qtbot.waitUntil(lambda: "twice" in grid.model.schema.names)

    assert grid.model.marks.new == {"twice"}
    assert grid.model.marks.before is not None


def test_what_can_not_be_computed_is_said_in_place_with_what_to_do(page, qtbot):
    add(page, "formula", name="twice", formula="[nobody] * 2")
    grid = page.bench.preview.grid
    qtbot.waitUntil(lambda: "no column nobody" in grid.message.text())

    assert grid.pages.currentWidget() is grid.message


def test_the_columns_are_profiled_when_one_looks(page, qtbot):
    preview = page.bench.preview
    preview.tabs.setCurrentIndex(1)
    table = preview.columns.table
    qtbot.waitUntil(lambda: table.rowCount() == 3)

    assert [table.item(0, place).text() for place in range(3)] == ["age", "whole number", "12 (20 %)"]


def test_the_changes_tab_lists_what_the_inspector_says(page, qtbot):
    add(page, "filter_rows")
    preview = page.bench.preview
    preview.tabs.setCurrentIndex(2)
    page.desk.set_unit(page.desk.current, NODES["choose_columns"](columns=("age",)), "")
    qtbot.waitUntil(lambda: preview.changes.rowCount() == 3)

    assert preview.changes.item(1, 0).text() == "Column member"
    assert preview.changes.item(1, 2).text() == "removed"


def test_the_query_behind_a_node_can_be_read(page, qtbot):
    add(page, "choose_columns", columns=("age",))
    inspector = page.bench.inspector
    qtbot.waitUntil(lambda: not inspector.show_sql.isHidden())
    inspector.show_sql.click()
    (dialog,) = inspector.findChildren(SqlDialog)

    assert "SELECT" in dialog.text.toPlainText()
    dialog.copy.click()
    assert QApplication.clipboard().text() == dialog.text.toPlainText()
    dialog.close()


def test_links_can_be_drawn_by_choosing_an_input(page):
    table = page.desk.current
    page.desk.select(())
    join = page.desk.add(NODES["join_tables"](), (400, 0))
    combos = page.bench.inspector.inputs.combos
    combos[1].picked.emit(table)

    assert [(link.source, link.port) for link in page.desk.flow.inputs(join)] == [(table, 1)]
    assert combos[1].value() == table
    combos[1].picked.emit("")
    assert not page.desk.flow.links


def test_an_input_offers_nothing_that_would_make_a_loop(page):
    first = add(page, "filter_rows")
    last = add(page, "formula")
    page.desk.select((first,))
    combo = page.bench.inspector.inputs.combos[0]

    assert last not in [combo.itemData(row) for row in range(combo.count())]


def test_problems_stand_at_their_field_and_at_the_node(page):
    step = add(page, "fill_missing")
    labels = [label.text() for label in page.bench.inspector.form.findChildren(QLabel)]

    assert "Choose at least one column." in labels
    assert page.bench.canvas.view.graph.nodes[step].face.light == "unfinished"


def test_a_step_is_skipped_run_again_and_removed_by_the_buttons(page):
    step = add(page, "filter_rows")
    inspector = page.bench.inspector
    inspector.skip.click()
    assert page.desk.flow[step].skipped
    assert inspector.skip.text() == "Run again"
    inspector.skip.click()
    inspector.remove.click()

    assert step not in page.desk.flow
    assert inspector.pages.currentWidget() is inspector.facts


def test_a_node_is_renamed_in_the_inspector(page):
    inspector = page.bench.inspector
    inspector.rename.click()
    inspector.name.setText("People of the town")
    inspector.name.editingFinished.emit()

    assert page.desk.flow[page.desk.current].name == "People of the town"
    assert inspector.title.text() == "People of the town"


def test_the_button_in_the_bar_says_what_is_missing(page):
    action = page.primary()
    tips = [action.toolTip()]
    add(page, "predict_column")
    tips.append(action.toolTip())
    page.desk.set_unit(page.desk.current, NODES["predict_column"](target="member"), "target")

    assert tips == ["Add a Predict a column node first.", "Choose the column to predict."]
    assert action.isEnabled()


def kept(page, node: str, place: Path) -> None:
    """A small model, as if it had been built for that node."""
    folder = write_model(place / "model", KINDS["lightgbm-two"])
    model = built(folder, "lightgbm-two")
    page.session.keep_model(ModelRecord("m", "Outcome", 1, "flow", node, "2026-03-01T10:00:00+00:00", model))


def test_a_built_model_shows_its_headline_until_its_flow_changes(page, window, tmp_path):
    step = add(page, "filter_rows")
    node = add(page, "predict_column", target="member")
    page.desk.set_unit(step, NODES["choose_columns"](columns=("age", "member")), "")
    faces = page.bench.canvas.view.graph.nodes
    assert faces[node].face.words == "Not built yet. Build the model."

    kept(page, node, tmp_path)
    assert (faces[node].face.summary, faces[node].face.light) == ("AUC 0.928", "fresh")
    page.desk.select((node,))
    assert "AUC 0.928 (0.924 to 0.932)\non 240 test rows" in page.bench.inspector.model_box.result.text()

    page.desk.set_unit(step, NODES["choose_columns"](columns=("number", "member")), "")
    assert faces[node].face.light == "stale"
    page.session.undo()
    assert faces[node].face.light == "fresh"


def test_open_model_leads_to_the_page_of_that_model(page, window, tmp_path):
    node = add(page, "predict_column", target="member")
    kept(page, node, tmp_path)
    page.bench.inspector.model_box.open.click()

    assert window.stack.current().crumb() == "Outcome, version 1"


def test_a_step_added_while_the_model_is_selected_goes_before_it(page):
    table = page.desk.current
    node = add(page, "predict_column", target="member")
    page.bench.steps.picked.emit("filter_rows")
    step = page.desk.current

    links = {(link.source, link.target) for link in page.desk.flow.links}
    assert links == {(table, step), (step, node)}


def test_a_file_is_written_and_its_place_is_said(page, qtbot):
    add(page, "write_file", path="people.parquet")
    box = page.bench.inspector.file_box
    box.write.click()
    qtbot.waitUntil(lambda: "60 rows written" in box.words.text())

    assert (page.session.exports / "people.parquet").is_file()


def test_a_node_below_a_problem_waits_for_it(page):
    step = add(page, "fill_missing")
    below = add(page, "write_file", path="people.csv")
    face = page.bench.canvas.view.graph.nodes[below].face

    assert face.words == "Stale: it waits for Fill missing values, which can't run yet."
    assert step in page.desk.flow


def test_the_size_of_a_table_is_told_at_its_node(page):
    face = page.bench.canvas.view.graph.nodes[page.desk.current].face

    assert (face.title, face.summary) == ("people", "60 rows · 3 columns")
    assert "60 rows · 3 columns · version 1" in page.bench.inspector.dataset_box.words.text()


def test_a_new_flow_is_empty_and_one_can_go_back(page):
    first = page.desk.flow.id
    page.bench.inspector.new_flow_wanted.emit()
    assert page.crumb() == "Flow 2"
    assert not page.desk.flow.nodes

    page.bench.flows.picked.emit(first)
    assert len(page.desk.flow.nodes) == 1


def test_a_step_can_be_added_from_elsewhere_in_the_window(window, page):
    table = page.desk.current
    window.go("flow", add="filter_rows")

    assert {(link.source, link.target) for link in page.desk.flow.links} == {(table, page.desk.current)}


def test_every_control_of_the_page_has_a_name(page):
    add(page, "predict_column", target="member")
    buddies = {label.buddy() for label in page.findChildren(QLabel)}
    kinds = (QAbstractButton, QComboBox, QLineEdit, QAbstractSpinBox, QAbstractScrollArea)
    nameless = [
        part
        for kind in kinds
        for part in page.findChildren(kind)
        if part.window() is page.window()
        and part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and not isinstance(part, QScrollArea | QHeaderView)
        and not isinstance(part.parent(), QAbstractSpinBox | QComboBox | QLineEdit)
        and not (part.accessibleName() or part.accessibleDescription() or part in buddies)
        and not (isinstance(part, QAbstractButton) and part.text())
    ]

    assert nameless == []


def test_the_list_beside_the_canvas_names_every_node(page):
    add(page, "predict_column", target="member")
    twin = page.bench.twin

    assert twin.accessibleName() == "Flow as a list"
    rows = [twin.topLevelItem(row).text(0) for row in range(twin.topLevelItemCount())]
    assert rows == ["people", "Predict a column"]


def test_panels_fold_and_unfold(page):
    bench = page.bench
    bench.fold_left.click()
    bench.fold_right.click()
    bench.preview.fold.click()
    assert bench.left.isHidden()
    assert bench.inspector.isHidden()
    assert bench.preview.body.isHidden()

    for one in (bench.fold_left, bench.fold_right, bench.preview.fold):
        one.click()
    assert not bench.left.isHidden()
    assert not bench.inspector.isHidden()
    assert not bench.preview.body.isHidden()


def test_several_nodes_are_shown_as_several(page, qtbot):
    add(page, "predict_column", target="member")
    bench, flow = page.bench, page.desk.flow
    page.desk.select([node.id for node in flow])
    inspector = bench.inspector

    assert inspector.pages.currentWidget() is inspector.many
    assert inspector.many_words.text() == "2 nodes selected"
    inspector.remove_all.click()
    assert page.desk.flow.nodes == ()
    assert inspector.pages.currentWidget() is inspector.facts


def test_after_delete_and_undo_list_and_inspector_agree(page):
    add(page, "predict_column", target="member")
    page.desk.select((page.desk.flow.nodes[-1].id,))
    page.desk.remove()
    page.session.undo()
    twin = page.bench.twin

    assert page.desk.current is None
    assert twin.selectedItems() == []
    assert twin.currentItem() is None
    assert page.bench.inspector.pages.currentWidget() is page.bench.inspector.facts


def help_of(window):
    (dialog,) = window.findChildren(HelpDialog)
    return dialog.topic.title


def test_f1_explains_the_selected_node_and_the_page_where_none_is(window, page):
    add(page, "fill_missing", columns=("age",))
    window.actions_of.help.trigger()
    assert help_of(window) == "Fill missing values"

    page.desk.select(())
    window.actions_of.help.trigger()
    assert help_of(window) == "Flow"


def test_f1_explains_the_step_that_is_marked_in_the_palette(window, page, qtbot):
    steps = page.bench.steps
    steps.line.setText("join")
    steps.list.setCurrentRow(1)
    window.activateWindow()
    steps.list.setFocus()
    qtbot.waitUntil(steps.list.hasFocus)
    window.actions_of.help.trigger()

    assert help_of(window) == "Join tables"


def test_the_inspector_has_a_button_for_the_help(window, page):
    add(page, "formula")
    page.bench.inspector.explain.click()

    assert help_of(window) == "Formula"
    assert page.bench.inspector.explain.accessibleName() == "Help about this step"


def test_a_node_of_another_version_leaves_the_help_where_it_is(window, page):
    window.show_help("page:data")
    page.desk.edit("Add", edits.add_node, UnknownUnit(saved="{}"), 300.0, 300.0)
    page.desk.select((page.desk.flow.nodes[-1].id,))
    window.actions_of.help.trigger()

    assert help_of(window) == "Data"
