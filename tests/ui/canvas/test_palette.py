"""The steps to add are all in sight on a usual screen."""

from __future__ import annotations

import pytest

from canvas_app.ui import theme
from canvas_app.ui.canvas.offers import offers
from canvas_app.ui.canvas.palette import Palette


@pytest.fixture
def palette(qapp, qtbot):
    theme.dress(qapp, "light")
    made = Palette()
    qtbot.addWidget(made)
    made.offer(offers(()))
    made.resize(192, 430)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    theme.choose("light")


@pytest.mark.parametrize("title", ["Predict a column", "Write file"])
def test_what_a_flow_ends_with_is_seen_without_scrolling(palette, title):
    steps = palette.list
    (item,) = (steps.item(row) for row in range(steps.count()) if steps.item(row).text() == title)

    assert steps.viewport().rect().contains(steps.visualItemRect(item))
