from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QPushButton, QToolButton

from canvas_app.data.samples import SAMPLES
from canvas_app.project.session import Session
from canvas_app.ui.home.tour import STOPS, Tour
from canvas_app.ui.new_project import NewProject
from canvas_app.ui.view_state import ViewState
from tests.ui.window_stage import PATIENCE, shown_window


@pytest.fixture
def window(qtbot, own_home):
    with shown_window(own_home) as window:
        yield window


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "study"


def words(window):
    return [label.text() for label in window.bar.findChildren(QLabel) if not label.isHidden()]


def button(widget, text):
    return next(item for item in widget.findChildren(QPushButton) if item.text() == text)


def rail_button(window, name):
    return next(button for button in window.rail.findChildren(QToolButton) if button.text() == name)


def test_it_opens_at_home_where_only_home_can_be_chosen(window):
    assert window.stack.current().spec.kind == "home"
    assert rail_button(window, "Home").isEnabled()
    assert not rail_button(window, "Flow").isEnabled()


def test_making_a_project_opens_its_data(window, folder):
    window.create_project(folder, "Income study")

    assert window.stack.current().spec.kind == "data"
    assert words(window)[:3] == ["Income study", "/ Data", "Saved"]
    assert rail_button(window, "Flow").isEnabled()


def test_undo_tells_what_it_would_undo(window, folder):
    window.create_project(folder, "Income study")
    assert not window.actions_of.undo.isEnabled()
    window.rename_project("Another name")

    assert window.actions_of.undo.toolTip() == "Undo: Rename the project"
    window.actions_of.undo.trigger()
    assert window.session.project.name == "Income study"
    assert window.actions_of.redo.toolTip() == "Do again: Rename the project"
    window.actions_of.redo.trigger()
    assert words(window)[0] == "Another name"


def test_a_project_that_can_not_be_opened_says_what_to_do(window, folder):
    folder.mkdir()
    (folder / "project.db").write_bytes(b"no database")
    window.open_project(folder)

    assert window.session is None
    assert window.stack.current().banner.text() != ""


def test_a_failed_opening_keeps_the_project_that_is_open(window, folder, tmp_path):
    window.create_project(folder, "Income study")
    window.open_project(tmp_path / "nowhere")

    assert window.session.folder == folder
    assert words(window)[0] == "Income study"


def test_a_second_window_may_look_and_is_told_who_edits(window, folder):
    Session.create(folder, "Income study", window.runner).close()
    with shown_window(Path(folder).parent) as other:
        other.open_project(folder)
        window.open_project(folder)

        assert "another window" in window.notice.text()
        assert "Looking only" in words(window)


def drop(window, path):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    where, action = QPointF(500, 400), Qt.DropAction.CopyAction
    window.dropEvent(
        QDropEvent(where, action, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    )


def test_a_dropped_file_begins_a_project_with_it(window, tmp_path, qtbot):
    file = tmp_path / "monthly_sales.csv"
    file.write_text("month,sales\n1,20\n2,30\n")
    drop(window, file)
    qtbot.waitUntil(lambda: bool(window.session.project.datasets), timeout=PATIENCE)

    assert window.session.project.name == "Monthly sales"
    assert window.session.project.datasets[0].rows == 2
    assert window.stack.current().spec.kind == "data"


def test_a_dropped_file_that_is_no_table_says_what_to_do(window, tmp_path, qtbot):
    file = tmp_path / "empty.csv"
    file.write_text("")
    drop(window, file)
    qtbot.waitUntil(lambda: window.stack.current().banner.text() != "", timeout=PATIENCE)

    assert "empty" in window.stack.current().banner.text()


def test_a_dropped_project_is_opened(window, folder):
    Session.create(folder, "Income study", window.runner).close()
    drop(window, folder)

    assert window.session.project.name == "Income study"


def test_a_sample_opens_with_a_finished_flow_and_a_tour(window, qtbot):
    window.open_sample(SAMPLES[0])
    qtbot.waitUntil(lambda: bool(window.session.project.flows[0].nodes), timeout=PATIENCE)
    tour = window.findChild(QFrame, "floating")

    assert isinstance(tour, Tour)
    assert [node.unit.spec.kind for node in window.session.project.flows[0]][::4] == [
        "dataset",
        "predict_column",
    ]
    for stop in STOPS:
        assert window.stack.current().spec.kind == stop.page
        tour.go_on()
    assert tour.isHidden()


def sampled(window, qtbot):
    window.open_sample(SAMPLES[0])
    qtbot.waitUntil(lambda: bool(window.session.project.flows[0].nodes), timeout=PATIENCE)
    tours = [tour for tour in window.findChildren(Tour) if not tour.isHidden()]
    return tours[-1]


def test_the_tour_follows_where_one_goes(window, qtbot):
    tour = sampled(window, qtbot)
    window.go("models")

    assert any(one.text() == "What it learned" for one in tour.findChildren(QLabel))
    assert tour.isVisible()


def test_the_tour_covers_no_button(window, qtbot):
    tour = sampled(window, qtbot)
    window.resize(1100, 700)
    for stop in STOPS:
        window.go(stop.page)
        qtbot.wait(20)
        covered = [
            button
            for button in window.stack.findChildren(QAbstractButton)
            if button.isVisible() and _on_screen(button).intersects(_on_screen(tour))
        ]

        assert covered == []


def _on_screen(widget):
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def test_the_tour_ends_at_home_and_with_its_project(window, qtbot, folder):
    tour = sampled(window, qtbot)
    window.go("models")
    assert not tour.isHidden()
    window.go("home")
    assert tour.isHidden()

    tour = sampled(window, qtbot)
    window.create_project(folder, "Income study")
    assert tour.isHidden()


def test_a_sample_begun_again_has_a_name_of_its_own(window, qtbot):
    sampled(window, qtbot)
    assert window.session.project.name == "Titanic passengers"
    sampled(window, qtbot)

    assert window.session.project.name == window.session.folder.name == "Titanic passengers 2"


def test_buttons_that_are_seen_together_have_names_of_their_own(window, qtbot):
    sampled(window, qtbot)
    for page in ("data", "flow", "models", "predict"):
        window.go(page)
        assert _names_twice(window) == []
    window.go("flow", node=window.session.project.flows[0].nodes[-1].id)

    assert _names_twice(window) == []


def _names_twice(window):
    shown = [item for item in window.findChildren(QPushButton) if item.isVisible()]
    names = Counter(item.accessibleName() or item.text() for item in shown)
    return [name for name, times in names.items() if times > 1]


def asked_copy(window):
    """The dialog that asks for the name and place of a copy."""
    window.actions_of.save_copy.trigger()
    return next(dialog for dialog in window.findChildren(NewProject) if dialog.isVisible())


def test_a_copy_is_saved_beside_the_project_which_stays_open(window, folder, qtbot):
    window.create_project(folder, "Income study")
    dialog = asked_copy(window)
    place = dialog.folder()
    assert place == folder.parent / "Income study copy"
    button(dialog, "Save a copy").click()
    page = window.stack.current()
    qtbot.waitUntil(lambda: page.banner.text() != "", timeout=PATIENCE)

    assert page.banner.text().startswith(f"Income study copy was saved in {place}.")
    assert window.session.folder == folder
    window.open_project(place)
    assert window.session.project.name == "Income study copy"


def test_a_copy_that_can_not_be_saved_says_what_to_do(window, folder, qtbot):
    window.create_project(folder, "Income study")
    window.save_copy(folder / "inside", "Copy")
    page = window.stack.current()
    qtbot.waitUntil(lambda: page.banner.text() != "", timeout=PATIENCE)

    assert "lies inside the project. Choose a folder outside of it." in page.banner.text()


def test_a_copy_needs_an_open_project_but_not_the_right_to_edit_it(window, folder, tmp_path):
    assert not window.actions_of.save_copy.isEnabled()
    window.create_project(folder, "Income study")
    with shown_window(tmp_path) as other:
        other.open_project(folder)

        assert other.session.look_only
        assert other.actions_of.save_copy.isEnabled()


def test_closing_a_project_leads_home(window, folder):
    window.create_project(folder, "Income study")
    window.actions_of.close.trigger()

    assert window.session is None
    assert window.stack.current().spec.kind == "home"
    assert not window.actions_of.bring.isEnabled()


def test_the_window_comes_back_where_it_was(window, own_home, qtbot):
    window.resize(1080, 765)
    window.close()

    with shown_window(own_home) as again:
        assert (again.width(), again.height()) == (1080, 765)


def test_it_is_no_higher_than_its_screen(window):
    for width, height in ((1440, 900), (1100, 650)):
        window.resize(width, 900)
        window.move(60, 80)
        window.stay_within(QRect(0, 0, width, height))

        assert window.frameGeometry().height() <= height
        assert QRect(0, 0, width, height).contains(window.frameGeometry())


def test_what_was_seen_once_is_remembered(tmp_path):
    assert not ViewState(tmp_path).seen("tour")
    assert ViewState(tmp_path).seen("tour")
