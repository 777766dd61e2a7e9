"""A person's whole errand in the real window, up to answers on a machine that never saw the project."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyarrow import csv
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from canvas_app.project.session import Session
from canvas_app.ui.app import open_window
from canvas_app.ui.window import Window
from tests.journeys.conftest import run_quietly

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

SOON, LATER = 30_000, 240_000
"""Milliseconds to wait: for a page or a query, for a build or an export."""


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[Window]:
    """The window as ``canvas-app`` opens it, with its own worker processes."""
    made, close = open_window()
    made.show()
    yield made
    made.close()
    made.deleteLater()
    close()


def drop(window: Window, path: Path) -> None:
    """Let a file fall onto the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    place, copy = QPointF(window.rect().center()), Qt.DropAction.CopyAction
    QApplication.sendEvent(window, QDragEnterEvent(place, copy, data, left, held))
    QApplication.sendEvent(window, QDropEvent(place, copy, data, left, held))


def press(root: QWidget, text: str) -> None:
    """Press the visible button of that text."""
    (found,) = [item for item in root.findChildren(QPushButton) if item.text() == text and item.isVisible()]
    assert found.isEnabled(), text
    QTest.mouseClick(found, Qt.MouseButton.LeftButton)


def line_named(root: QWidget, name: str, qtbot: QtBot) -> QLineEdit:
    """The line of that accessible name, or with these words in it while it is empty, once it is shown."""

    def shown() -> list[QLineEdit]:
        lines = [line for line in root.findChildren(QLineEdit) if line.isVisible()]
        return [line for line in lines if name in (line.accessibleName(), line.placeholderText())]

    qtbot.waitUntil(lambda: len(shown()) == 1, timeout=SOON)
    return shown()[0]


def project_of(window: Window) -> Session:
    assert window.session is not None
    return window.session


def draw(window: Window, qtbot: QtBot) -> None:
    """From the table to a model node, by typing on the canvas and filling in the forms."""
    page = window.stack.current()
    view, inspector = page.bench.canvas.view, page.bench.inspector
    qtbot.waitUntil(lambda: len(page.desk.flow.nodes) == 1, timeout=SOON)
    for typed, nodes in (("fill", 2), ("predict", 3)):
        QTest.keyClicks(view, typed[0])
        search = line_named(page, "Search a step to add", qtbot)
        QTest.keyClicks(search, typed[1:])
        QTest.keyClick(search, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda nodes=nodes: len(page.desk.flow.nodes) == nodes, timeout=SOON)
        if typed == "fill":
            column = line_named(inspector, "Add a column", qtbot)
            QTest.keyClicks(column, "Age")
            QTest.keyClick(column, Qt.Key.Key_Return)
            view.setFocus()
    model = page.desk.current
    page.desk.set_unit(
        model,
        page.desk.flow[model].unit.changed(target="Survived", limit="trials", trials=4),
        "target",
    )
    qtbot.waitUntil(lambda: page.build_action.isEnabled(), timeout=SOON)


def test_from_a_dropped_file_to_answers_elsewhere(
    window: Window, qtbot: QtBot, tmp_path: Path, samples: Path, fresh_python: Callable[[Path], Path]
) -> None:
    drop(window, samples / "titanic.csv")
    qtbot.waitUntil(lambda: bool(project_of(window).project.datasets), timeout=LATER)
    qtbot.waitUntil(lambda: not window.stack.current().panel.isHidden(), timeout=SOON)
    press(window, "Open in a flow")
    draw(window, qtbot)

    press(window.bar, "Build model")
    qtbot.waitUntil(lambda: bool(project_of(window).models), timeout=LATER)
    (record,) = project_of(window).models
    page = window.stack.current()
    qtbot.waitUntil(lambda: page.view.record == record, timeout=SOON)
    assert {"baseline", "linear_model"} <= {row.model_type for row in record.model.leaderboard}

    charts = page.view.explain.charts
    qtbot.waitUntil(lambda: all(chart.figure is not None for chart in charts.values()), timeout=LATER)
    assert {"Sex", "Age"} <= {row[0] for row in charts["column_impact"].figure.rows}

    page.export_to(tmp_path)
    bundle = tmp_path / "Survived-1.bundle"
    qtbot.waitUntil(lambda: "Verified" in page.banner.text(), timeout=LATER)

    rows = samples / "titanic.csv"
    python = fresh_python(bundle)
    run_quietly(python, bundle / "predict.py", rows, tmp_path / "answers.csv")
    answers = csv.read_csv(tmp_path / "answers.csv")
    assert answers.num_rows == 891
    assert answers.column_names[-3:] == ["prediction", "probability_0", "probability_1"]
    assert json.loads((bundle / "manifest.json").read_text("utf-8"))["target"] == "Survived"


def test_the_project_is_there_when_it_is_opened_again(window: Window, qtbot: QtBot, samples: Path) -> None:
    drop(window, samples / "airline_passengers.csv")
    qtbot.waitUntil(lambda: bool(project_of(window).project.datasets), timeout=LATER)
    folder = project_of(window).folder
    window.go("flow")
    window.stack.current().desk.add_dataset(project_of(window).project.datasets[0], (0, 0))
    window.open_project(folder)
    assert len(project_of(window).project.flows[0].nodes) == 1

    project_of(window).undo()
    assert not project_of(window).project.flows[0].nodes
