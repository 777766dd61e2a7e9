"""Names that would be HTML or a formula are only names, wherever the window shows them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QTreeWidget, QTreeWidgetItemIterator, QWidget

from canvas_app.flow.edits import add_after, add_node
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow
from canvas_app.flow.steps.fill_missing import FillMissing
from canvas_app.ui.controls import plain_tip
from canvas_app.ui.window import Window
from tests.ui.window_stage import PATIENCE, shown_window

HTML, FORMULA = "<img src=x>", "$\\unknowncmd$"


@pytest.fixture
def window(qtbot: Any, own_home: Path, tmp_path: Path) -> Iterator[Window]:
    """A project with a table of odd names, and a flow that uses them."""
    rows = "\n".join(f"{place},{'x' if place % 3 else 'y'}" for place in range(60))
    (tmp_path / "odd.csv").write_text(f"{HTML},{FORMULA}\n{rows}\n,x\n")
    with shown_window(own_home) as window:
        window.create_project(tmp_path / "study", "Study")
        window.session.import_file(tmp_path / "odd.csv")
        qtbot.waitUntil(lambda: bool(window.session.project.datasets), timeout=PATIENCE)
        window.session.edit_flow(f"Fill {HTML}", window.session.project.flows[0].id, drawn)
        yield window


def drawn(flow: Flow) -> Flow:
    flow = add_node(flow, DatasetNode(dataset="odd/1"), name=HTML)
    flow = add_after(flow, flow.nodes[-1].id, FillMissing(columns=(HTML,)))
    return add_after(flow, flow.nodes[-1].id, PredictColumn(target=FORMULA), name=HTML)


def rich(window: Window) -> list[str]:
    """What would be shown as HTML though a person has written it."""
    shown = [
        f"label {label.text()}"
        for label in window.findChildren(QLabel)
        if HTML in label.text() and label.textFormat() != Qt.TextFormat.PlainText
    ]
    tips = [widget.toolTip() for widget in window.findChildren(QWidget)]
    for tree in window.findChildren(QTreeWidget):
        places = QTreeWidgetItemIterator(tree)
        while (item := places.value()) is not None:
            tips += [item.toolTip(column) for column in range(tree.columnCount())]
            places += 1
    return [*shown, *(f"tooltip {tip}" for tip in tips if HTML in tip and QtGui.Qt.mightBeRichText(tip))]


def test_no_page_takes_a_name_for_html(window: Window) -> None:
    flow = window.session.project.flows[0]
    places: list[tuple[str, dict[str, Any]]] = [
        ("data", {}),
        ("data", {"dataset": "odd/1"}),
        *(("flow", {"node": node.id}) for node in flow.nodes),
        ("models", {}),
    ]
    for page, arguments in places:
        window.go(page, **arguments)
        assert rich(window) == [], f"{page} {arguments}"


@pytest.mark.parametrize("words", [HTML, "<b>fat</b>", "a <i>b</i>\nc"])
def test_tooltips_show_such_words_as_they_are(words: str) -> None:
    assert words not in plain_tip(words)
    assert "&lt;" in plain_tip(words)


@pytest.mark.parametrize("words", ["", "price < 3", "a & b", FORMULA, "two\nlines"])
def test_other_tooltips_stay_as_they_are(words: str) -> None:
    assert plain_tip(words) == words
