"""The map keeps out of the way of what it shows."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect


@pytest.fixture
def parts(board):
    """The map and the view, with one node far from every corner."""
    board.put("dataset", 360, 60)
    board.canvas.view.touched = True
    board.canvas.view.zoom_to(1.0)
    board.canvas.view.centerOn(360, 60)
    return board.canvas.minimap, board.canvas.view


def below(minimap, view) -> QPointF:
    """The middle of what it covers, on the canvas."""
    return view.mapToScene(minimap.geometry().center())


def covered(minimap, view) -> tuple[str, ...]:
    return view.graph.within(view.mapToScene(minimap.geometry()).boundingRect())


def test_it_stands_in_the_lower_left_corner(parts):
    minimap, view = parts
    minimap.step_aside()

    assert minimap.geometry().center().y() > view.height() / 2
    assert minimap.x() < 40


def test_it_steps_aside_from_a_node_that_is_dropped_where_it_stands(board, parts, qtbot):
    minimap, view = parts
    place = below(minimap, view)
    board.drop("filter_rows", place)

    qtbot.waitUntil(lambda: minimap.y() < view.height() / 2)
    assert covered(minimap, view) == ()
    assert not minimap.pale


def test_where_no_corner_is_free_and_all_is_seen_it_turns_pale_and_clicks_pass(board, parts):
    minimap, view = parts
    for at in (below(minimap, view), view.mapToScene(QRect(QPoint(14, 46), minimap.size()).center())):
        board.drop("filter_rows", at + QPointF(60, 0))
    minimap.step_aside()

    assert minimap.pale
    assert board.canvas.childAt(minimap.geometry().center()) is not minimap
    view.zoom_to(3.0)
    minimap.step_aside()
    assert not minimap.pale
