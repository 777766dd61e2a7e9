"""The dots beneath the flow stay where they are on the canvas, and never crowd."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QPixmap, QTransform

from canvas_app.ui import theme
from canvas_app.ui.canvas.ground import Ground, gap_at

ROOM = QSize(300, 200)


@pytest.fixture
def ground(qapp):
    return Ground()


def painted(ground: Ground, zoom: float, across: float = 0, down: float = 0) -> QImage:
    picture = QPixmap(ROOM)
    painter = QPainter(picture)
    painter.setWorldTransform(QTransform(zoom, 0, 0, zoom, across, down))
    ground.paint(painter, ROOM)
    painter.end()
    return picture.toImage()


@pytest.mark.parametrize("zoom", [0.1, 0.75, 1.0, 1.13, 4.0])
def test_the_dots_move_with_the_canvas(ground, zoom):
    before = painted(ground, zoom)
    after = painted(ground, zoom, 5, 3)

    assert after.copy(5, 3, 290, 190) == before.copy(0, 0, 290, 190)


def test_there_is_a_dot_where_canvas_units_say(ground):
    picture = painted(ground, 2.0, 10, 20)
    ground_colour = theme.current().ground

    assert picture.pixelColor(10, 20).name() != ground_colour
    assert picture.pixelColor(10 + 48, 20 + 48).name() != ground_colour
    assert picture.pixelColor(10 + 24, 20 + 24).name() == ground_colour


@pytest.mark.parametrize("zoom", [0.1, 0.3, 0.5, 1.0, 4.0])
def test_dots_never_crowd(zoom):
    assert gap_at(zoom) >= 14
