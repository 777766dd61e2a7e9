"""The help opens at what one is working on, is searched, and works its examples out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from canvas_app.flow.step import NODES, STEPS
from canvas_app.ui import theme
from canvas_app.ui.actions import Actions
from canvas_app.ui.bridge import PreviewLane
from canvas_app.ui.help.help_dialog import HelpDialog
from canvas_app.ui.help.keys import KEYS, node_key, page_key
from canvas_app.ui.page import pages


@pytest.fixture
def dialog(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    lane = PreviewLane()
    made = HelpDialog(parent, Actions(parent).all(), lane)
    yield made
    lane.close()


def titles(dialog):
    rows = (dialog.list.item(row) for row in range(dialog.list.count()))
    return [item.text() for item in rows if item.flags() & Qt.ItemFlag.ItemIsEnabled]


def read(dialog, key):
    dialog.open_at(key)
    return dialog.text.toPlainText()


def test_it_speaks_of_every_page_step_and_key(dialog):
    wanted = {page.spec.title for page in pages()} | {unit.spec.title for unit in NODES}

    assert wanted <= set(titles(dialog))
    assert "Ctrl+K" in read(dialog, KEYS)


@pytest.mark.parametrize("unit", list(NODES), ids=lambda unit: unit.spec.kind)
def test_a_kind_of_node_is_told_with_its_parameters(dialog, unit):
    text = read(dialog, node_key(unit.spec.kind))

    assert text.startswith(unit.spec.title)
    assert (unit.__doc__ or "").split("\n\n")[0].strip() in text
    assert [field.label for field in unit.fields() if field.label not in text] == []


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.spec.kind)
def test_a_page_is_told(dialog, page):
    assert page.spec.help in read(dialog, page_key(page.spec.kind))


@pytest.mark.parametrize("step", list(STEPS), ids=lambda step: step.spec.kind)
def test_the_example_of_a_step_is_worked_out_on_a_few_rows(dialog, step, qtbot):
    read(dialog, node_key(step.spec.kind))

    qtbot.waitUntil(lambda: "Comes out" in dialog.text.toPlainText(), timeout=20_000)
    assert "Comes in" in dialog.text.toPlainText()


@pytest.mark.parametrize(
    ("kind", "tinted"), [("fill_missing", True), ("choose_columns", False), ("group_summarise", False)]
)
def test_cells_are_tinted_that_the_step_has_changed(dialog, qtbot, kind, tinted):
    read(dialog, node_key(kind))
    qtbot.waitUntil(lambda: "Comes out" in dialog.text.toPlainText(), timeout=20_000)

    assert (theme.current().good_soft in dialog.text.toHtml()) == tinted


def test_it_is_searched_in_titles_fields_and_other_words(dialog):
    dialog.line.setText("impute")
    assert titles(dialog) == ["Fill missing values"]
    assert dialog.topic.title == "Fill missing values"

    dialog.line.setText("weekend")
    assert titles(dialog) == ["Extract date parts"]


def test_words_that_are_nowhere_leave_what_is_read_and_say_so(dialog):
    before = read(dialog, node_key("formula"))
    dialog.line.setText("zzzz")

    assert titles(dialog) == []
    assert not dialog.nothing.isHidden()
    assert dialog.text.toPlainText() == before


def test_opening_it_elsewhere_shows_all_topics_again(dialog):
    dialog.line.setText("impute")

    assert read(dialog, node_key("join_tables")).startswith("Join tables")
    assert len(titles(dialog)) > len(NODES)


def test_a_topic_that_is_not_known_leaves_the_one_that_is_read(dialog):
    before = read(dialog, node_key("formula"))

    assert read(dialog, node_key("from_another_version")) == before


def test_it_follows_the_theme(dialog, qapp):
    theme.dress(qapp, "light")
    read(dialog, node_key("formula"))
    before = dialog.text.toHtml()
    theme.choose("dark")

    assert dialog.text.toHtml() != before
    theme.choose("light")
