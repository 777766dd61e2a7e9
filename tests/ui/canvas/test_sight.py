"""Which part of the canvas is seen, and how large."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from canvas_app.ui.canvas.sight import LEGIBLE

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def view(board):
    return board.canvas.view


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
