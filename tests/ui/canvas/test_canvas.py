"""What the canvas shows: faces, lights, tooltips, menus, its empty state, and its twin as a list."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from canvas_app.base.errors import Problem
from canvas_app.flow.flow import Node
from canvas_app.flow.step import NODES
from canvas_app.ui.canvas.face import Facts, face_of
from canvas_app.ui.canvas.list_twin import ListTwin
from canvas_app.ui.canvas.menus import menu_for
from canvas_app.ui.canvas.offers import offers
from canvas_app.ui.canvas.palette import Palette
from canvas_app.ui.canvas.scene import Hit
from canvas_app.ui.canvas.words import words_at
from canvas_app.ui.flow.flow_state import StateReader

GRAVE = Problem("Columns is empty.", "Fill it in.")
HINT = replace(GRAVE, severity="warning")


@pytest.mark.parametrize(
    ("facts", "problems", "light"),
    [
        (Facts(), (), "fresh"),
        (Facts(), (GRAVE,), "problem"),
        (Facts(), (HINT,), "warning"),
        (Facts(working={"n": "Reading"}), (GRAVE,), "working"),
        (Facts(waiting={"n": "Filter rows"}), (), "stale"),
        (Facts(stale=frozenset({"n"})), (), "stale"),
    ],
)
def test_the_light_says_what_matters_most(facts, problems, light):
    face = face_of(Node("n", NODES["filter_rows"]()), facts, problems)

    assert face.light == light
    assert face.words.endswith(".") or face.words == "Reading"


def test_an_empty_flow_says_what_to_do_and_offers_it(board):
    assert not board.canvas.empty.isHidden()
    board.canvas.add_step.click()
    assert not board.canvas.quick_add.isHidden()

    board.drop("filter_rows", QPointF(0, 0))
    assert board.canvas.empty.isHidden()


def test_only_what_changed_is_touched(board):
    first, second = board.chain("dataset", "filter_rows")
    before = dict(board.canvas.view.graph.nodes)
    faces = {node: item.face for node, item in before.items()}
    board.desk.rename(second, "Adults")

    assert board.canvas.view.graph.nodes == before
    assert before[first].face is faces[first] or before[first].face == faces[first]
    assert before[second].face.title == "Adults"


def test_undo_takes_nodes_and_links_off_the_canvas(board):
    board.chain("dataset", "filter_rows")
    board.session.undo()
    board.session.undo()

    assert len(board.canvas.view.graph.nodes) == 1
    assert not board.canvas.view.graph.links


def test_tooltips_say_in_words_what_the_light_means(board):
    table, step = board.chain("dataset", "filter_rows")
    graph = board.canvas.view.graph
    words = words_at(Hit(table), graph, board.flow)

    assert words.splitlines() == ["Dataset", "Choose a table."]
    assert words_at(Hit(step, "in", 0), graph, board.flow) == "Table of Filter rows. From Dataset."
    assert "Dataset → Filter rows" in words_at(Hit(link=next(iter(board.flow.links))), graph, board.flow)
    assert words_at(Hit(), graph, board.flow) == ""


def test_the_menu_of_a_node_skips_duplicates_and_removes(board):
    _, step = board.chain("dataset", "filter_rows")
    board.desk.select((step,))
    menu = menu_for(board.canvas.view, Hit(step))
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    actions = {action.text().split("\t")[0]: action for action in menu.actions()}
    actions["Skip"].trigger()

    assert words == ["Rename", "Copy", "Duplicate", "Skip", "Add a step after…", "Remove"]
    assert board.flow[step].skipped
    assert board.canvas.view.graph.nodes[step].face.state == "skipped"


def test_the_menu_of_a_link_inserts_a_step(board):
    first, last = board.chain("dataset", "filter_rows")
    (link,) = board.flow.links
    menu = menu_for(board.canvas.view, Hit(link=link))
    menu.actions()[0].trigger()
    board.canvas.quick_add.line.setText("formula")
    QTest.keyClick(board.canvas.quick_add.line, Qt.Key.Key_Return)

    assert board.links == {(first, board.desk.current), (board.desk.current, last)}


def test_the_palette_has_every_kind_and_adds_by_return(board, qtbot):
    palette = Palette()
    qtbot.addWidget(palette)
    palette.offer(offers(()))
    palette.picked.connect(board.canvas.add)
    (table,) = board.chain("dataset")
    board.desk.select((table,))
    shown = {palette.list.item(row).text() for row in range(palette.list.count())}
    palette.line.setText("fill")
    palette.line.returnPressed.emit()

    assert {unit.spec.title for unit in NODES} - {"Dataset"} <= shown
    assert board.flow[board.desk.current].unit.spec.kind == "fill_missing"
    assert board.links == {(table, board.desk.current)}


@pytest.fixture
def twin(board, qtbot):
    made = ListTwin(board.desk)
    qtbot.addWidget(made)
    reader = StateReader(board.session, tuple)
    board.desk.flow_changed.connect(lambda: made.show_faces(reader.read(board.flow).faces()))
    return made


def test_the_list_says_what_the_canvas_shows(board, twin):
    board.chain("dataset", "filter_rows")
    rows = [[twin.topLevelItem(row).text(column) for column in range(3)] for row in range(2)]

    assert rows == [["Dataset", "unfinished", ""], ["Filter rows", "unfinished", "Dataset"]]
    told = twin.topLevelItem(1).data(0, Qt.ItemDataRole.AccessibleDescriptionRole)
    assert told == "Filter rows, unfinished, input from Dataset"


def test_selecting_in_the_list_selects_on_the_canvas_and_back(board, twin):
    first, second = board.chain("dataset", "filter_rows")
    twin.topLevelItem(1).setSelected(True)
    assert board.canvas.view.graph.nodes[second].chosen

    board.click(board.middle(first))
    assert [item.text(0) for item in twin.selectedItems()] == ["Dataset"]


def test_five_hundred_nodes_are_followed_without_touching_the_rest(board):
    from canvas_app.flow.flow import Flow

    def many(flow: Flow) -> Flow:
        nodes = tuple(
            Node(f"n{at}", NODES["formula"](), 240.0 * (at % 25), 80.0 * (at // 25)) for at in range(500)
        )
        return replace(flow, nodes=nodes)

    board.desk.edit("Many", many)
    items = dict(board.canvas.view.graph.nodes)
    board.desk.rename("n250", "The middle")

    assert len(items) == 500
    assert board.canvas.view.graph.nodes == items
    assert items["n250"].face.title == "The middle"
