"""How long the window takes until it is painted and usable, against a bare window with one table view.

Both are fresh processes, warm, one after the other in turns; the median of seven each. Promised: at most 2.5
times. Painted and usable: the first paint is done, and the event loop has answered once after it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).parents[2]
PROMISED = 2.5

WATCH = """
import sys, time
from PySide6.QtCore import QEvent, QObject, QTimer

class Painted(QObject):
    def __init__(self, window, application):
        super().__init__()
        self.window, self.application, self.seen = window, application, False
        window.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and not self.seen:
            self.seen = True
            QTimer.singleShot(0, self.usable)
        return False

    def usable(self):
        print(time.monotonic())
        sys.stdout.flush()
        self.window.close()
        self.application.exit()
"""

BARE = (
    WATCH
    + """
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
from PySide6.QtGui import QStandardItemModel
application = QApplication([])
window = QMainWindow()
view = QTableView()
view.setModel(QStandardItemModel(100, 10))
window.setCentralWidget(view)
window.resize(1440, 900)
watch = Painted(window, application)
window.show()
application.exec()  # (noqa: house) the event loop
"""
)

OURS = (
    WATCH
    + """
from canvas_app.ui.app import open_window, start
application = start()
window, close = open_window()
watch = Painted(window, application)
window.show()
application.exec()  # (noqa: house) the event loop
close()
"""
)


def measure(program: str, home: str) -> float:
    """Seconds from starting the process to the moment that it is usable."""
    before = time.monotonic()
    environment = {**os.environ, "CANVAS_APP_HOME": home}
    ended = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return float(ended.stdout.split()[-1]) - before


def main() -> int:
    """Measure in turns, so that a busy machine is busy for both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="21 starts instead of 7")
    rounds = 21 if parser.parse_args().full else 7
    with tempfile.TemporaryDirectory() as home:
        for program in (BARE, OURS):
            measure(program, home)
        pairs = [(measure(BARE, home), measure(OURS, home)) for _ in range(rounds)]
    bare, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"bare window {bare:.3f} s, ours {ours:.3f} s: {ours / bare:.2f} times (at most {PROMISED})")
    return int(ours > PROMISED * bare)


if __name__ == "__main__":
    sys.exit(main())
