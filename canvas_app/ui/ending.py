"""Windows are taken apart while Qt and Python both stand, parents first.

WORKAROUND: what is left when Python ends, PySide6 6.12.0 takes apart in no order, in its
``destroyQCoreApplication``. A button whose connection is the last to hold its window then takes the window
along, which deletes the button a second time: "shared QObject was deleted directly", and a crash.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication


def end_windows() -> None:
    """Delete every window with all that is in it, and whatever else waits for its deletion."""
    for window in QApplication.topLevelWidgets():
        if window.parent() is None:
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
