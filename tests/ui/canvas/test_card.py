"""What lies under a node's words: the same for all that look alike, another for those that don't."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QImage, QPainter, QPixmap, QPixmapCache

from canvas_app.ui import theme
from canvas_app.ui.canvas.card import Card

CARD = Card(50.0, "Clean", "ph.drop")


@pytest.fixture(autouse=True)
def dressed(qapp):
    theme.dress(qapp, "light")
    yield
    theme.choose("light")


def painted(card: Card, scale: float = 1.0, ratio: float = 1.0) -> QImage:
    picture = QPixmap(round(240 * ratio), round(80 * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill("white")
    painter = QPainter(picture)
    painter.translate(12, 12)
    painter.scale(scale, scale)
    card.paint(painter)
    painter.end()
    return picture.toImage()


def test_the_second_of_those_that_look_alike_looks_the_same():
    QPixmapCache.clear()

    assert painted(CARD) == painted(replace(CARD))


@pytest.mark.parametrize(
    "other",
    [
        replace(CARD, group="Model"),
        replace(CARD, icon="ph.cube"),
        replace(CARD, chosen=True),
        replace(CARD, skipped=True),
        replace(CARD, height=66.0),
    ],
)
def test_every_difference_shows(other):
    assert painted(other) != painted(CARD)


def test_it_follows_the_theme():
    light = painted(CARD)
    theme.choose("dark")

    assert painted(CARD) != light


def test_on_a_dense_screen_it_is_as_sharp_as_the_screen():
    dense = painted(CARD, ratio=2.0)
    twice = painted(CARD, scale=2.0).copy(0, 0, 200, 80)

    assert dense.copy(24 - 12, 24 - 12, 150, 60) == twice.copy(0, 0, 150, 60)
