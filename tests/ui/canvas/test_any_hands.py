"""Whatever hands do on the canvas, it shows the flow, so does its list, and undo leads all the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from canvas_app.ui.canvas.list_twin import ListTwin
from canvas_app.ui.canvas.menus import menu_for
from canvas_app.ui.canvas.scene import Hit
from canvas_app.ui.flow.flow_state import StateReader

Key = Qt.Key
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
NONE = Qt.KeyboardModifier.NoModifier
KEYS = {
    "delete": (Key.Key_Delete, NONE),
    "select all": (Key.Key_A, CTRL),
    "copy": (Key.Key_C, CTRL),
    "cut": (Key.Key_X, CTRL),
    "paste": (Key.Key_V, CTRL),
    "duplicate": (Key.Key_D, CTRL),
    "nudge": (Key.Key_Right, ALT),
    "nudge down": (Key.Key_Down, ALT),
    "walk left": (Key.Key_Left, NONE),
    "walk right": (Key.Key_Right, NONE),
    "walk up": (Key.Key_Up, NONE),
    "zoom in": (Key.Key_Plus, CTRL),
    "zoom out": (Key.Key_Minus, CTRL),
    "fit": (Key.Key_1, CTRL),
    "tidy up": (Key.Key_L, CTRL | SHIFT),
    "escape": (Key.Key_Escape, NONE),
}
KINDS = ("dataset", "filter_rows", "formula", "join_tables", "predict_column", "write_file")
places = st.tuples(st.integers(-60, 700), st.integers(-120, 260)).map(lambda at: QPointF(*at))
hands = st.one_of(
    st.tuples(st.just("key"), st.sampled_from(sorted(KEYS))),
    st.tuples(st.just("drop"), st.sampled_from(KINDS), places),
    st.tuples(st.just("click"), places),
    st.tuples(st.just("drag"), places, places),
    st.tuples(st.just("link"), st.integers(0, 9), st.integers(0, 9)),
    st.tuples(st.just("drag node"), st.integers(0, 9), places),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)


def do(board: Any, what: str, *facts: Any) -> None:
    """One thing that a person does; what needs a node does nothing without one."""
    nodes = [node.id for node in board.flow]
    match what:
        case "key":
            board.key(*KEYS[facts[0]])
        case "drop":
            board.drop(*facts)
        case "click":
            board.click(*facts)
        case "drag":
            board.drag(*facts)
        case "link" if nodes:
            source, target = (nodes[at % len(nodes)] for at in facts)
            board.drag(board.output(source), board.middle(target))
        case "drag node" if nodes:
            board.drag(board.middle(nodes[facts[0] % len(nodes)]), facts[1])
        case "undo":
            board.session.undo()
        case "redo":
            board.session.redo()
    board.canvas.quick_add.hide()


def shows_the_flow(board: Any, twin: ListTwin) -> None:
    graph, flow = board.canvas.view.graph, board.flow
    assert set(graph.nodes) == {node.id for node in flow}
    assert set(graph.links) == set(flow.links)
    assert set(board.desk.selected) <= set(graph.nodes)
    assert {node for node, item in graph.nodes.items() if item.chosen} == set(board.desk.selected)
    listed = [twin.topLevelItem(at).text(0) for at in range(twin.topLevelItemCount())]
    assert listed == [node.title for node in flow]


@pytest.fixture
def twin(board, qtbot):
    made = ListTwin(board.desk)
    qtbot.addWidget(made)
    reader = StateReader(board.session, tuple)
    board.desk.flow_changed.connect(lambda: made.show_faces(reader.read(board.flow).faces()))
    made.show()
    return made


@settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(doings=st.lists(hands, min_size=5, max_size=25))
def test_any_doings_keep_canvas_list_and_flow_alike(board, twin, doings):
    while board.session.undo_label:
        board.session.undo()
    start = board.flow
    for doing in doings:
        do(board, *doing)
        shows_the_flow(board, twin)
    after, steps = board.flow, 0
    while board.session.undo_label:
        board.session.undo()
        steps += 1
    assert board.flow == start
    for _ in range(steps):
        board.session.redo()
    assert board.flow == after
    shows_the_flow(board, twin)


def actions_of(board: Any, hit: Hit) -> dict[str, Any]:
    menu = menu_for(board.canvas.view, hit)
    return {action.text().split("\t")[0]: action for action in menu.actions() if action.text()}


@pytest.mark.parametrize(
    ("words", "keys"),
    [("Copy", "copy"), ("Duplicate", "duplicate"), ("Remove", "delete")],
)
def test_a_menu_does_what_its_key_does(board, words, keys):
    def outcome(act: Callable[[], object]) -> tuple[Any, str]:
        QGuiApplication.clipboard().setText("")
        board.desk.select((step,))
        before = board.session.undo_label
        act()
        left = {(node.unit.spec.kind, node.x) for node in board.flow}, board.links
        text = QGuiApplication.clipboard().text()
        if board.session.undo_label != before:
            board.session.undo()
        return left, text

    _, step, _ = board.chain("dataset", "filter_rows", "formula")
    by_menu = outcome(lambda: actions_of(board, Hit(step))[words].trigger())
    by_key = outcome(lambda: board.key(*KEYS[keys]))
    assert by_menu == by_key


def test_the_ground_offers_pasting_only_where_nodes_were_copied(board):
    board.chain("dataset", "filter_rows")
    QGuiApplication.clipboard().setText("a shopping list")
    assert not actions_of(board, Hit())["Paste"].isEnabled()

    board.key(*KEYS["select all"])
    board.key(*KEYS["copy"])
    paste = actions_of(board, Hit())["Paste"]
    assert paste.isEnabled()
    paste.trigger()
    assert len(board.flow.nodes) == 4
    assert len(board.flow.links) == 2


def test_the_menu_of_the_ground_selects_and_searches(board):
    board.chain("dataset", "filter_rows")
    actions = actions_of(board, Hit())
    actions["Select all"].trigger()
    assert len(board.desk.selected) == 2
    actions["Add a step…"].trigger()
    assert not board.canvas.quick_add.isHidden()


def test_the_menu_of_a_link_removes_it(board):
    first, last = board.chain("dataset", "filter_rows")
    board.click(board.link_middle(first, last))
    (link,) = board.flow.links
    actions_of(board, Hit(link=link))["Remove link"].trigger()

    assert board.links == set()


@pytest.mark.parametrize("key", [Key.Key_Delete, Key.Key_Backspace])
def test_the_list_is_operated_by_keys_as_the_canvas_is(board, twin, key):
    first, middle, last = board.chain("dataset", "filter_rows", "formula")
    twin.setCurrentItem(twin.topLevelItem(0))
    QTest.keyClick(twin, Qt.Key.Key_Down)
    assert board.desk.selected == (middle,)

    QTest.keyClick(twin, key)
    assert board.links == {(first, last)}
    assert twin.topLevelItemCount() == 2


@pytest.mark.parametrize("kind", KINDS)
def test_a_node_cut_out_comes_back_by_paste(board, kind):
    node = board.put(kind, 100)
    unit = board.flow[node].unit
    board.desk.select((node,))
    board.key(*KEYS["cut"])
    assert not board.flow.nodes

    board.key(*KEYS["paste"])
    (back,) = board.flow
    assert back.unit == unit
    assert board.desk.selected == (back.id,)


def test_several_files_dropped_stand_below_each_other(board, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text("a,b\n1,2\n")
    board.desk.import_files([tmp_path / "one.csv", tmp_path / "two.csv", tmp_path / "gone.csv"], (0.0, 0.0))

    assert [node.title for node in board.flow] == ["one", "two"]
    assert board.flow.nodes[0].y < board.flow.nodes[1].y
    assert len(board.said) == 1
    assert "gone.csv" in board.said[0]
