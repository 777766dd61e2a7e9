"""Processes with windows end without a word and without a crash, however careless the windows are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from canvas_app.ui.ending import end_windows

ROOT = Path(__file__).parents[2]
OFFSCREEN = "This plugin does not support"
"""What the screenless platform says of size hints."""

CARELESS = """
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

class Careless(QWidget):
    '''Held by nothing but its own button, which a layout without a parent took over.'''

    def __init__(self):
        super().__init__()
        button = QPushButton()
        button.clicked.connect(lambda: self.hide())
        column = QVBoxLayout()
        column.addWidget(button)
        QHBoxLayout(self).addLayout(column)

def careless():
    for _ in range(200):
        Careless()
"""

APPLICATION = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from canvas_app.ui.app import run, start
from canvas_app.ui.page import pages
from canvas_app.ui.window import Window

def visit():
    (window,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, Window)]
    window.create_project(Path(sys.argv[1]), "Study")
    for page in pages():
        window.go(page.spec.kind)
    window.actions_of.help.trigger()
    window.actions_of.settings.trigger()
    careless()
    QApplication.closeAllWindows()

application = start()
QTimer.singleShot(0, application, visit)
sys.exit(run(application))
"""

TESTS = """
def test_windows(qtbot):
    careless()
"""


@pytest.fixture
def ended(tmp_path):
    """Runs Python to its end: the exit code, and what it said of trouble."""

    def run(*words: str) -> tuple[int, list[str]]:
        done = subprocess.run(
            [sys.executable, "-X", "faulthandler", *words],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "CANVAS_APP_HOME": str(tmp_path / "home")},
        )
        return done.returncode, [line for line in done.stderr.splitlines() if OFFSCREEN not in line]

    return run


def test_a_window_ends_with_all_that_is_in_it(qtbot):
    window = QWidget()
    button = QPushButton()
    button.clicked.connect(lambda: window.hide())
    QVBoxLayout(window).addWidget(button)
    end_windows()

    assert not shiboken6.isValid(window)
    assert not shiboken6.isValid(button)


def test_what_waits_for_its_deletion_ends_too(qtbot):
    window = QWidget()
    part = QWidget(window)
    part.setParent(None)
    part.deleteLater()
    end_windows()

    assert not shiboken6.isValid(part)


def test_the_application_ends_without_a_word(ended, tmp_path):
    assert ended("-c", CARELESS + APPLICATION, str(tmp_path / "study")) == (0, [])


def test_a_run_of_tests_ends_without_a_word(ended, tmp_path):
    file = tmp_path / "test_windows.py"
    file.write_text(CARELESS + TESTS)
    settings = ("-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT))

    assert ended("-m", "pytest", *settings, "-p", "tests.conftest", str(file)) == (0, [])
