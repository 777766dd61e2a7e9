"""Loads the painters and their fonts before the first picture is wanted; takes a second, on any thread."""

from __future__ import annotations


def warm_up() -> None:
    """Import matplotlib and set one word, so that the first picture does not have to wait."""
    from canvas_app.ui.charts.sheet import Sheet

    Sheet(40, 20, ground="#ffffff").measure("Canvas")
