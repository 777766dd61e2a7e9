import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from canvas_app.project.preferences import Preferences
from canvas_app.project.settings.appearance import Appearance
from canvas_app.ui import theme
from canvas_app.ui.banner import Banner
from canvas_app.ui.new_project import NewProject, free_folder, usual_place
from canvas_app.ui.report_window import ReportWindow, watch_for_bugs
from canvas_app.ui.settings_dialog import SettingsDialog
from canvas_app.ui.view_state import ViewState


@pytest.fixture
def parent(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    return parent


def button(widget, text):
    return next(item for item in widget.findChildren(QPushButton) if item.text() == text)


def test_a_new_project_lies_in_the_usual_place(parent, own_home):
    dialog = NewProject(parent)
    dialog.name.setText("Income: study/1")

    assert dialog.folder() == own_home / "projects" / "Income_ study_1"


def test_a_taken_name_gets_a_number(tmp_path):
    (tmp_path / "Study").mkdir()

    assert free_folder("Study", tmp_path) == tmp_path / "Study 2"


def test_a_project_needs_a_name(parent):
    dialog = NewProject(parent)
    dialog.name.setText("  ")

    assert not button(dialog, "Create project").isEnabled()


def test_without_a_home_of_its_own_projects_lie_with_the_person(monkeypatch):
    monkeypatch.delenv("CANVAS_APP_HOME")

    assert usual_place() == Path.home() / "Canvas projects"


def test_a_setting_holds_at_once_and_next_time(parent, qapp, own_home):
    theme.dress(qapp, "light")
    view = ViewState(own_home)
    dialog = SettingsDialog(parent, view)
    dialog.forms["appearance"].edited.emit(Appearance(theme="dark"))

    assert theme.current().dark
    assert Preferences().get(Appearance).theme == "dark"
    assert view.appearance() == "dark"
    theme.choose("light")


def test_a_banner_shows_the_latest_until_it_is_put_away(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    assert banner.text() == ""
    banner.show_words("One.")
    banner.show_words("Two.", "good")
    assert banner.text() == "Two."
    banner.put_away()

    assert banner.text() == ""


def test_the_details_of_a_crash_can_be_copied(qtbot):
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_words("It ended.", log="Segmentation fault")
    button(banner, "Copy the details").click()

    assert QGuiApplication.clipboard().text() == "Segmentation fault"


def test_bugs_are_gathered_in_one_window(qtbot):
    window = ReportWindow()
    qtbot.addWidget(window)
    window.add("first")
    window.add("second")

    assert window.text.toPlainText().endswith("first\n\nsecond")
    assert "Qt" in window.text.toPlainText()


def test_a_bug_opens_the_report_window(qtbot, tmp_path, caplog):
    kept = sys.excepthook
    with watch_for_bugs(tmp_path) as window:
        sys.excepthook(ValueError, ValueError("boom"), None)

        assert window.isVisible()
        assert "ValueError: boom" in window.text.toPlainText()
    assert sys.excepthook is kept


def test_the_settings_are_as_high_as_what_is_in_them(parent, tmp_path):
    dialog = SettingsDialog(parent, ViewState(tmp_path))
    dialog.show()
    close = button(dialog, "Close")

    assert dialog.height() < 360
    assert not dialog.findChild(QScrollArea).verticalScrollBar().maximum()
    assert dialog.rect().contains(close.geometry())
