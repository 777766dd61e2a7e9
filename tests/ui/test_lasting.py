"""The window outlives more calls of Qt than Python has references to None."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel


def test_none_survives_more_calls_than_it_has_references(qtbot):
    import canvas_app.ui  # noqa: F401 - what is tested happens on import

    label = QLabel()
    qtbot.addWidget(label)
    for number in range(100_000):
        label.setNum(number)

    assert label.text() == "99999"
    assert sys.getrefcount(None) > 100_000
