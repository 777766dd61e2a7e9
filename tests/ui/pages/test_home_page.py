import shutil

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from canvas_app.flow.edits import add_after, add_node
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.project.recent import Sketch, recent_projects
from canvas_app.project.session import Session
from canvas_app.ui import theme
from canvas_app.ui.home.thumbnail import FlowThumbnail
from tests.ui.window_stage import PATIENCE, shown_window


@pytest.fixture
def window(qtbot, own_home):
    with shown_window(own_home) as window:
        yield window


def draw(flow):
    flow = add_node(flow, DatasetNode(dataset="titanic/1"))
    return add_after(flow, flow.nodes[-1].id, PredictColumn(target="Survived"))


@pytest.fixture
def study(window, tmp_path):
    session = Session.create(tmp_path / "study", "Income study", window.runner)
    session.edit_flow("Draw", session.project.flows[0].id, draw)
    session.close()
    window.go("home")
    return tmp_path / "study"


def tile(window, name):
    home = window.stack.current()
    found = [item for item in home.findChildren(QAbstractButton) if name in item.accessibleName()]
    return next(item for item in found if item.isVisible())


def words(window):
    return [item.text() for item in window.stack.current().findChildren(QLabel) if item.isVisible()]


def test_it_offers_four_samples(window):
    shown = words(window)

    assert {"Titanic passengers", "Wine quality", "California housing", "Airline passengers"} <= set(shown)
    assert "Recent projects" not in shown


def test_a_recent_project_opens_with_a_click(window, study):
    assert "Income study" in words(window)
    tile(window, "Open Income study").click()

    assert window.session.folder == study


def test_the_card_of_the_open_project_is_up_to_date(window, study, qtbot):
    window.open_project(study)
    window.rename_project("Better name")
    window.go("home")

    qtbot.waitUntil(lambda: "Better name" in words(window), timeout=PATIENCE)
    assert "Income study" not in words(window)


def test_a_project_that_is_gone_can_be_taken_off_the_list(window, study, qtbot):
    shutil.rmtree(study)
    window.go("home")
    qtbot.waitUntil(
        lambda: "Its folder is not there. Was it moved or renamed?" in words(window), timeout=PATIENCE
    )
    tile(window, "off the list").click()

    assert recent_projects() == ()
    assert "Income study" not in words(window)


def test_a_thumbnail_shows_the_groups_of_the_nodes(qtbot, qapp):
    theme.dress(qapp, "light")
    thumbnail = FlowThumbnail(Sketch(((0, 0, "Data"), (240, 0, "Model")), ((0, 1),)))
    qtbot.addWidget(thumbnail)
    thumbnail.resize(200, 96)
    picture = thumbnail.grab().toImage()
    colours = {picture.pixelColor(x, 48).name() for x in range(picture.width())}

    assert {theme.LIGHT.group("Data"), theme.LIGHT.group("Model")} <= colours


def test_an_empty_flow_has_a_thumbnail_too(qtbot):
    thumbnail = FlowThumbnail(Sketch())
    qtbot.addWidget(thumbnail)

    assert not thumbnail.grab().isNull()
