"""A few words of which one is chosen, by mouse or by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QRadioButton

from canvas_app.ui.forms.search_combo import Choice
from canvas_app.ui.forms.segments import Segments


@pytest.fixture
def segments(qtbot):
    made = Segments("Rows to keep")
    qtbot.addWidget(made)
    made.offer([Choice("all", "All"), Choice("some", "Some of them"), Choice("none", "None")], "all")
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def picked(segments):
    found: list[str] = []
    segments.picked.connect(found.append)
    return found


def words(segments) -> list[QRadioButton]:
    return segments.findChildren(QRadioButton)


def test_all_of_a_word_can_be_pressed(segments, picked, qtbot):
    last = words(segments)[2]
    qtbot.mouseClick(last, Qt.MouseButton.LeftButton, pos=QPoint(last.width() - 3, 3))

    assert picked == ["none"]
    assert last.isChecked()
    assert not words(segments)[0].isChecked()


def test_arrows_choose_along_the_words(segments, picked, qtbot):
    first, second, _ = words(segments)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    qtbot.keyClick(second, Qt.Key.Key_Left)

    assert picked == ["some", "all"]


def test_they_are_told_as_radio_buttons_of_the_field(segments):
    told = [QAccessible.queryAccessibleInterface(word) for word in words(segments)]

    assert {one.role() for one in told} == {QAccessible.Role.RadioButton}
    assert {one.text(QAccessible.Text.Description) for one in told} == {"Rows to keep"}


def test_every_word_has_the_room_that_it_takes(segments):
    segments.resize(segments.minimumSizeHint())

    for word in words(segments):
        assert word.width() >= word.fontMetrics().horizontalAdvance(word.text())


def test_what_is_shown_tells_nothing(segments, picked):
    segments.offer([Choice("yes", "Yes"), Choice("no", "No")], "no")

    assert picked == []
    assert [word.isChecked() for word in words(segments) if word.text() in ("Yes", "No")] == [False, True]
