"""A stretch of a histogram is chosen by mouse and by keys, and told in words."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt

from canvas_app.ui.data.histogram_brush import HistogramBrush


@pytest.fixture
def brush(qtbot: Any) -> HistogramBrush:
    made = HistogramBrush()
    qtbot.addWidget(made)
    made.resize(400, 180)
    made.show_bins("age", (10, 20, 30, 40), lambda first, last: (str(first * 10), str(last * 10 + 10)))
    made.show()
    return made


def at(bin_: int) -> QPoint:
    return QPoint(50 + 100 * bin_, 80)


def test_a_stretch_is_drawn_with_the_mouse_in_either_direction(qtbot: Any, brush: HistogramBrush) -> None:
    told: list[tuple[int, int]] = []
    brush.brushed.connect(lambda first, last: told.append((first, last)))
    qtbot.mousePress(brush, Qt.MouseButton.LeftButton, pos=at(2))
    brush.choose(2, 1)

    assert told == [(2, 2), (1, 2)]
    assert brush.words() == "10 to 30: 50 rows (50 %)"
    assert brush.accessibleDescription() == brush.words()


def test_the_arrow_keys_choose_and_escape_lets_go(qtbot: Any, brush: HistogramBrush) -> None:
    right, shift = Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(brush, right)
    assert brush.chosen == (0, 0)

    qtbot.keyClick(brush, right)
    qtbot.keyClick(brush, right, shift)
    assert brush.chosen == (1, 2)

    qtbot.keyClick(brush, Qt.Key.Key_Escape)
    assert brush.chosen is None


def test_what_stands_for_no_rows_is_not_chosen(qtbot: Any, brush: HistogramBrush) -> None:
    brush.can_choose = False
    qtbot.mousePress(brush, Qt.MouseButton.LeftButton, pos=at(2))

    assert brush.chosen is None


def test_it_is_painted_with_and_without_bars(brush: HistogramBrush) -> None:
    brush.choose(0, 1)
    assert not brush.grab().isNull()

    brush.show_bins("nothing", (), lambda first, last: ("", ""))
    assert not brush.grab().isNull()
