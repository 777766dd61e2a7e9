"""Files that are held over the card light it up, and are told when they are dropped."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent

from canvas_app.ui.controls import button
from canvas_app.ui.drop_card import DropCard

KEYS = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


@pytest.fixture
def card(qtbot):
    card = DropCard("Drop files here", "Any of them")
    qtbot.addWidget(card)
    return card


def held(*addresses):
    data = QMimeData()
    data.setUrls([QUrl(address) for address in addresses])
    return data


def hold(card, data):
    with pytest.deprecated_call():  # the only way to make one from Python
        enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, *KEYS)
    card.dragEnterEvent(enter)


def test_files_are_told_and_other_addresses_are_not(card):
    told = []
    card.dropped.connect(told.append)
    data = held("file:///there/a.csv", "https://example.org/b.csv")
    hold(card, data)

    assert card.property("over") == "true"
    card.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, *KEYS))
    assert card.property("over") == "false"
    assert told == [[Path("/there/a.csv")]]


def test_what_is_no_file_does_not_light_it_up(card):
    hold(card, held("https://example.org/b.csv"))

    assert card.property("over") is None


def test_buttons_stand_in_it(card):
    browse = card.add_button(button("Browse"))

    assert browse.parent() is card
