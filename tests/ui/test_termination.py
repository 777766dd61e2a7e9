"""A window that is ended by a signal leaves as if it had been closed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from canvas_app.jobs.pool import InlinePool
from canvas_app.project.project import rename
from canvas_app.project.session import Session
from canvas_app.ui.termination import Termination
from tests.ui.window_stage import shown_window

_PATIENCE = 20
"""Seconds in which a worker that was ended must be gone from the list of processes."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

WINDOW = """
import sys
from pathlib import Path
import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from canvas_app import __main__
from canvas_app.project.project import rename
from canvas_app.ui import app
from canvas_app.ui.window import Window

def work():
    (window,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, Window)]
    window.create_project(Path(sys.argv[1]), "Study")
    window.session.edit("Rename", rename, "Last edit")
    pool.warm()
    if "--dialog" in sys.argv:
        QTimer.singleShot(0, ready)
        QDialog(window).exec()  # (noqa: house) a loop within the loop is what is tested
    else:
        ready()

def ready():
    workers = [child.pid for child in psutil.Process().children(recursive=True)]
    if len(workers) >= 2:
        print(*workers, flush=True)
    else:
        QTimer.singleShot(10, ready)

def start():
    made = begin()
    QTimer.singleShot(0, made, work)
    return made

pool = app.LatePool()
app.LatePool = lambda: pool
begin, app.start = app.start, start
sys.exit(__main__.main([]))
"""


@pytest.mark.parametrize("words", [(), ("--dialog",)])
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_window_with_every_edit_on_the_disk(
    tmp_path: Path, sign: signal.Signals, words: tuple[str, ...]
):
    import psutil

    folder, home = tmp_path / "study", str(tmp_path / "home")
    with subprocess.Popen(
        [sys.executable, "-c", WINDOW, str(folder), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "CANVAS_APP_HOME": home},
    ) as window:
        assert window.stdout is not None
        workers = [psutil.Process(int(word)) for word in window.stdout.readline().split()]
        window.send_signal(sign)
        _, said = window.communicate(timeout=60)
    session = Session.open(folder, InlinePool())
    name, look_only = session.project.name, session.look_only
    session.close()

    assert (window.returncode, "Traceback" in said) == (0, False), said
    assert (name, look_only) == ("Last edit", False)
    assert workers
    assert psutil.wait_procs(workers, timeout=_PATIENCE)[1] == []


def test_signals_do_what_they_did_once_they_are_given_back(qtbot):
    told: list[str] = []
    before = signal.getsignal(signal.SIGTERM)
    termination = Termination(lambda: told.append("asked"))
    signal.raise_signal(signal.SIGTERM)
    qtbot.waitUntil(lambda: told == ["asked"])
    termination.give_back()

    assert signal.getsignal(signal.SIGTERM) is before


def test_where_edits_cannot_be_written_the_first_signal_asks_and_the_second_ends(qtbot, tmp_path: Path):
    with shown_window(tmp_path / "home") as window:
        window.create_project(tmp_path / "study", "Study")
        window.session.flush()
        with closing(sqlite3.connect(tmp_path / "study" / "project.db")) as other:
            other.execute("DROP TABLE edits")
        window.session.edit("Rename", rename, "Lost")
        window.end()
        asked = window.isVisible()
        window.end()

        assert asked
        assert not window.isVisible()
        assert window.session is None
