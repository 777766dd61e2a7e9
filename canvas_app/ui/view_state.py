"""How the window was left: its place, its splitters. Losing it costs nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow, QSplitter

from canvas_app.base.spec import Json


class ViewState:
    """Remembers places and sizes in a file of the person's folder."""

    def __init__(self, folder: Path) -> None:
        self._store = QSettings(str(folder / "view.ini"), QSettings.Format.IniFormat)

    def keep_splitter(self, name: str, splitter: QSplitter) -> None:
        """Give a splitter the sizes it had, and remember those it gets."""
        splitter.setObjectName(name)
        self._restore(f"splitter/{name}", splitter)
        splitter.splitterMoved.connect(lambda: self._store.setValue(f"splitter/{name}", splitter.saveState()))

    def restore_window(self, window: QMainWindow) -> bool:
        """Put the window where it was; False when it was never seen."""
        saved = self._store.value("window")
        return isinstance(saved, QByteArray) and window.restoreGeometry(saved)

    def remember_window(self, window: QMainWindow) -> None:
        """Remember where the window is."""
        self._store.setValue("window", window.saveGeometry())

    def appearance(self) -> str:
        """The theme that was chosen last, kept here so that the window opens in it at once."""
        return str(self._store.value("appearance", "system"))

    def remember_appearance(self, appearance: str) -> None:
        """Open in that theme from now on."""
        self._store.setValue("appearance", appearance)

    def seen(self, name: str) -> bool:
        """Whether the person has been shown that once already; from now on they have."""
        before = bool(self._store.value(f"seen/{name}", False, bool))
        self._store.setValue(f"seen/{name}", True)
        return before

    def recall(self, name: str) -> dict[str, Json]:
        """What was remembered under a name; nothing where nothing was, or where it can't be read."""
        try:
            found = json.loads(str(self._store.value(f"kept/{_key(name)}", "{}")))
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}

    def remember(self, name: str, state: Mapping[str, Json]) -> None:
        """Remember something under a name, however long that is; nothing forgets it."""
        if state:
            self._store.setValue(f"kept/{_key(name)}", json.dumps(dict(state)))
        else:
            self._store.remove(f"kept/{_key(name)}")

    def _restore(self, name: str, splitter: QSplitter) -> None:
        saved = self._store.value(name)
        if isinstance(saved, QByteArray):
            splitter.restoreState(saved)


def _key(name: str) -> str:
    """A name as the store may hold it: slashes would make groups of it."""
    return hashlib.sha256(name.encode()).hexdigest()[:24]
