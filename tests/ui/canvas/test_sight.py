"""Which part of the canvas is seen, and how large."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from canvas_app.ui import theme
from canvas_app.ui.canvas.sight import LEGIBLE

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(board):
    return board.canvas.view


@pytest.fixture
def still(view, monkeypatch):
    """The view of a person who wants nothing to move, and who has chosen what is seen."""
    calm = replace(theme.current(), motion_ms=0)
    monkeypatch.setattr(theme, "current", lambda: calm)
    view.touched = True
    return view


def turn_wheel(view, by, held=NONE):
    at = QPointF(200, 100)
    event = QWheelEvent(
        at,
        view.viewport().mapToGlobal(at),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def test_zoom_keeps_what_is_under_the_pointer_and_its_limits(view):
    point = QPoint(200, 100)
    before = view.mapToScene(point)
    view.zoom_to(2.0, point)
    drift = view.mapToScene(point) - before

    assert drift.manhattanLength() < 1.5
    view.zoom_to(100)
    assert view.zoom == 4.0
    view.zoom_to(0.0001)
    assert view.zoom == pytest.approx(0.1)


def test_the_wheel_scrolls_down_with_shift_sideways_and_with_ctrl_zooms(view):
    start = view.centre()
    turn_wheel(view, -120)
    assert view.centre() == start + QPointF(0, 60)
    turn_wheel(view, -120, SHIFT)
    assert view.centre() == start + QPointF(60, 60)
    turn_wheel(view, 120, CTRL)
    assert view.zoom > 1.1


def test_a_long_flow_opens_at_its_start_and_can_be_read(board, view):
    kinds = ("dataset", *["filter_rows"] * 7, "predict_column")
    first = board.chain(*kinds)[0]
    view.open_up()

    assert view.zoom == pytest.approx(LEGIBLE)
    assert view.seen.contains(view.graph.nodes[first].place())
    view.fit()
    assert view.zoom < LEGIBLE


def test_a_node_out_of_sight_is_brought_into_it_and_one_in_sight_moves_nothing(board, view):
    near, far = board.put("dataset", 360, 60), board.put("filter_rows", 4000, 2000)
    start = view.centre()
    view.reveal(near)
    assert view.centre() == start

    view.reveal(far)
    assert view.seen.contains(view.graph.nodes[far].place())


def test_until_a_person_has_chosen_what_is_seen_it_follows_the_size_of_the_window(board, view):
    board.chain("dataset", "filter_rows", "formula")
    view.touched = False
    board.canvas.resize(620, 300)
    assert view.seen.contains(view.graph.extent())

    turn_wheel(view, 120, CTRL)
    chosen = view.zoom
    board.canvas.resize(900, 600)
    assert view.zoom == chosen


def test_what_an_insertion_pushes_away_stays_in_sight(board, still):
    chain = board.chain("dataset", "filter_rows", "formula", "predict_column")
    still.zoom_to(1.0)
    still.centerOn(400, 60)
    board.drop("formula", board.link_middle(chain[0], chain[1]))

    assert still.seen.contains(still.graph.extent())
    assert still.zoom >= 0.8


def test_where_what_was_pushed_can_not_be_seen_together_what_was_made_is(board, still):
    chain = board.chain("dataset", *["filter_rows"] * 12)
    still.zoom_to(1.0)
    still.centerOn(board.middle(chain[1]))
    board.drop("formula", board.link_middle(chain[1], chain[2]))

    assert still.zoom == 1.0
    assert still.seen.contains(still.graph.nodes[board.desk.current].place())


def test_pasting_out_of_sight_leads_there(board, still):
    board.put("filter_rows", 0)
    board.desk.select(board.flow.in_order)
    board.desk.paste(board.desk.copied(), (3000, 900))

    assert still.seen.contains(still.graph.extent(board.desk.selected))


def test_tidying_up_shows_what_was_tidied(board, still):
    board.put("dataset", -2000, 900)
    board.put("filter_rows", 2000, -900)
    board.canvas.tidy.click()

    assert still.seen.contains(still.graph.extent())


def test_an_edit_in_sight_moves_no_view(board, still):
    start = still.centre()
    board.put("dataset", 360, 60)

    assert still.centre() == start


def test_the_view_goes_there_in_a_short_movement_and_a_hand_ends_it(board, view, qtbot):
    board.put("dataset", 360, 60)
    view.touched = True
    start = view.centre()
    far = board.put("formula", 2000, 60)
    assert view.centre() == start
    qtbot.waitUntil(lambda: view.seen.contains(view.graph.nodes[far].place()))

    board.put("filter_rows", 5000, 60)
    turn_wheel(view, -120)
    taken = view.centre()
    qtbot.wait(2 * theme.current().motion_ms)  # (noqa: house) nothing may happen meanwhile
    assert view.centre() == taken


def test_ports_keep_their_line_whatever_a_node_shows(board, view):
    first, second = board.chain("dataset", "filter_rows")
    item = view.graph.nodes[second]
    level = item.input_at(0).y()
    item.show_node(item.node, replace(item.face, title="A title that takes two lines", share=0.9))

    assert item.place().height() > 60
    assert item.input_at(0).y() == item.output_at().y() == level == view.graph.nodes[first].output_at().y()
