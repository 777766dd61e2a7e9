"""What can be done from everywhere: each action with its words, its keys, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget


class Actions:
    """The actions of the window; the menu, the shortcuts, the palette and the help are made from them."""

    def __init__(self, owner: QWidget) -> None:
        self._owner = owner
        self.new = self._action("New project…", "Ctrl+N")
        self.open = self._action("Open project…", "Ctrl+O")
        self.bring = self._action("Import a file…", "Ctrl+I")
        self.rename = self._action("Rename the project…")
        self.save_copy = self._action("Save a copy…", "Ctrl+Shift+S")
        self.close = self._action("Close the project", "Ctrl+W")
        self.undo = self._action("Undo", "Ctrl+Z")
        self.redo = self._action("Redo", "Ctrl+Shift+Z", "Ctrl+Y")
        self.search = self._action("Search everything…", "Ctrl+K", "Ctrl+Shift+P")
        self.jobs = self._action("Jobs", "Ctrl+J")
        self.settings = self._action("Settings", "Ctrl+,")
        self.help = self._action("Help", "F1", "Ctrl+/")
        self.quit = self._action("Quit", "Ctrl+Q")

    def all(self) -> tuple[QAction, ...]:
        """All of them, in the order of the menu."""
        return (
            *(self.new, self.open, self.bring, self.rename, self.save_copy, self.close),
            *(self.undo, self.redo, self.search, self.jobs, self.settings, self.help, self.quit),
        )

    def of_project(self) -> tuple[QAction, ...]:
        """Those that need an open project."""
        return (self.bring, self.rename, self.save_copy, self.close)

    def that_edit(self) -> tuple[QAction, ...]:
        """Those that edit the open project; undo and redo say by themselves when they can't."""
        return (self.bring, self.rename)

    def menu(self) -> QMenu:
        """The menu of everything."""
        menu = QMenu(self._owner)
        groups: Sequence[Sequence[QAction]] = (
            (self.new, self.open, self.bring, self.rename, self.save_copy, self.close),
            (self.undo, self.redo, self.search),
            (self.jobs, self.settings, self.help),
            (self.quit,),
        )
        for group in groups:
            menu.addActions(list(group))
            menu.addSeparator()
        return menu

    def connect(self, *pairs: tuple[QAction, Callable[[], object]]) -> None:
        """Say what each does."""
        for action, act in pairs:
            action.triggered.connect(lambda _=False, act=act: act())

    def _action(self, text: str, *keys: str) -> QAction:
        action = QAction(text, self._owner)
        action.setShortcuts([QKeySequence(key) for key in keys])
        self._owner.addAction(action)
        return action
