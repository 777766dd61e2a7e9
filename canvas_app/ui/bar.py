"""The strip on top: the project and the place in it, the search, undo and redo, the page's actions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from canvas_app.ui.controls import ActionButton, label
from canvas_app.ui.theme.icons import icon


class Bar(QWidget):
    """What it shows is told to it; it decides nothing."""

    def __init__(self, search: QAction, undo: QAction, redo: QAction) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(48)
        self._project = label("", "panel-title")
        self._crumb = label("", "muted")
        self._saved = label("", "secondary")
        self._search = _search_button(search)
        self._undo = ActionButton(undo)
        self._redo = ActionButton(redo)
        self._actions: list[ActionButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 0, 16, 0)
        self._row.setSpacing(12)
        for part in (self._project, self._crumb, self._saved):
            self._row.addWidget(part)
        self._row.addStretch(1)
        for button in (self._search, self._undo, self._redo):
            self._row.addWidget(button)

    def show_place(self, project: str, crumb: str) -> None:
        """The project's name, and where in it."""
        self._project.setText(project)
        self._crumb.setText(f"/ {crumb}" if project else crumb)
        self._project.setVisible(bool(project))
        for button in (self._undo, self._redo):
            button.setVisible(bool(project))

    def show_saved(self, words: str, tip: str = "") -> None:
        """Whether all edits are on the disk."""
        self._saved.setText(words)
        self._saved.setVisible(bool(words))
        self._saved.setToolTip(tip)

    def show_actions(self, others: Sequence[QAction], primary: QAction | None) -> None:
        """The buttons of the page that is shown; the same actions keep their buttons."""
        wanted = [*others, *([primary] if primary is not None else [])]
        if [button.action for button in self._actions] == wanted:
            return
        for button in self._actions:
            self._row.removeWidget(button)
            button.let_go()
            button.hide()
            button.deleteLater()
        self._actions = [ActionButton(action) for action in others]
        if primary is not None:
            self._actions.append(ActionButton(primary, "primary"))
        for button in self._actions:
            self._row.addWidget(button)
            button.setVisible(button.action.isVisible())  # at once: Qt would wait until nothing else is done


def _search_button(search: QAction) -> QPushButton:
    made = QPushButton("Search everything")
    made.setObjectName("search")
    made.setIcon(icon("ph.magnifying-glass"))
    made.setToolTip("Pages, actions, steps, columns and models (Ctrl+K)")
    made.setMinimumWidth(250)
    made.clicked.connect(search.trigger)
    keys = label("Ctrl K", "key")
    inside = QHBoxLayout(made)
    inside.setContentsMargins(0, 0, 8, 0)
    inside.addStretch(1)
    inside.addWidget(keys, 0, Qt.AlignmentFlag.AlignVCenter)
    keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    return made
