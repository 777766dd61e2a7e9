"""What keys do while the canvas has the focus."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from canvas_app.jobs.pool import InlinePool
from canvas_app.project.session import Session
from tests.ui.canvas.conftest import board_over

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_takes_a_step_away_and_the_chain_heals(board, key):
    first, middle, last = board.chain("dataset", "filter_rows", "formula")
    board.desk.select((middle,))
    board.key(key)

    assert board.links == {(first, last)}
    assert board.session.undo_label == "Remove Filter rows"


def test_delete_takes_a_selected_link_away(board):
    first, last = board.chain("dataset", "filter_rows")
    board.click(board.link_middle(first, last))
    board.key(Qt.Key.Key_Delete)

    assert board.links == set()
    assert len(board.flow.nodes) == 2


def test_nodes_travel_to_another_project_by_copy_and_paste(board, qtbot, tmp_path):
    board.chain("dataset", "filter_rows")
    board.key(Qt.Key.Key_A, CTRL)
    board.key(Qt.Key.Key_C, CTRL)
    other = Session.create(tmp_path / "other", "Other", InlinePool())
    there = board_over(other)
    qtbot.addWidget(there.canvas)
    there.key(Qt.Key.Key_V, CTRL)

    assert [node.unit.spec.kind for node in there.flow] == ["dataset", "filter_rows"]
    assert len(there.flow.links) == 1
    assert len(there.desk.selected) == 2
    other.abandon()


def test_pasting_what_is_no_node_is_refused_in_words(board):
    QGuiApplication.clipboard().setText("a shopping list")
    board.key(Qt.Key.Key_V, CTRL)

    assert board.said == ["The copied text holds no nodes. Copy nodes on a Flow page first."]


def test_duplicates_are_selected_and_keep_their_links(board):
    board.chain("dataset", "filter_rows")
    board.key(Qt.Key.Key_A, CTRL)
    board.key(Qt.Key.Key_D, CTRL)

    assert len(board.flow.nodes) == 4
    assert len(board.flow.links) == 2
    assert len(board.desk.selected) == 2


def test_typing_opens_the_search_with_what_was_typed(board):
    board.chain("dataset")
    board.type_words("g")

    assert board.canvas.quick_add.line.text() == "g"
    assert board.canvas.quick_add.list.item(0).text() == "Group rare values"


def test_return_adds_what_was_searched_behind_the_selection(board):
    (table,) = board.chain("dataset")
    board.desk.select((table,))
    board.key(Qt.Key.Key_Tab)
    QTest.keyClicks(board.canvas.quick_add.line, "filter")
    QTest.keyClick(board.canvas.quick_add.line, Qt.Key.Key_Return)

    assert board.links == {(table, board.desk.current)}
    assert board.canvas.quick_add.isHidden()


def test_the_search_finds_steps_by_other_words_and_says_when_there_is_none(board):
    board.type_words("e")
    search = board.canvas.quick_add
    search.line.setText("impute")
    found = [search.list.item(row).text() for row in range(search.list.count())]
    search.line.setText("zzzz")

    assert found == ["Fill missing values"]
    assert search.list.isHidden()


def test_escape_closes_the_search_without_adding(board):
    board.type_words("f")
    QTest.keyClick(board.canvas.quick_add.line, Qt.Key.Key_Escape)

    assert board.canvas.quick_add.isHidden()
    assert not board.flow.nodes


def test_arrows_walk_along_the_links(board):
    first, second, third = board.chain("dataset", "filter_rows", "formula")
    below = board.put("write_file", 240, 150)
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Down):
        board.key(key)
        walked.append(board.desk.current)

    assert walked == [first, second, third, second, below]


def test_nudges_of_one_node_undo_as_one(board):
    (table,) = board.chain("dataset")
    board.desk.select((table,))
    x = board.flow[table].x
    for _ in range(3):
        board.key(Qt.Key.Key_Right, ALT)

    assert board.flow[table].x == x + 24
    board.session.undo()
    assert board.flow[table].x == x


def test_f2_renames_where_the_title_stands(board):
    (table,) = board.chain("dataset")
    board.desk.select((table,))
    board.key(Qt.Key.Key_F2)
    editor = QGuiApplication.focusObject()
    editor.setText("People")
    QTest.keyClick(editor, Qt.Key.Key_Return)

    assert board.flow[table].name == "People"


def test_fit_and_full_size_have_keys_and_are_said(board):
    board.put("dataset", 0)
    board.put("filter_rows", 4000, 2000)
    board.key(Qt.Key.Key_1, CTRL)

    assert board.canvas.view.seen.contains(board.canvas.view.graph.extent())
    board.key(Qt.Key.Key_0, CTRL)
    assert board.canvas.zoom.text() == "100 %"


def test_tidy_up_lays_out_from_left_to_right_as_one_edit(board):
    first, second = board.chain("dataset", "filter_rows")
    board.desk.edit("Mess", lambda flow: flow)
    board.drag(board.middle(second), QPointF(-200, 200))
    before = board.flow
    board.canvas.tidy.click()

    assert board.flow[second].x > board.flow[first].x
    board.session.undo()
    assert board.flow == before
