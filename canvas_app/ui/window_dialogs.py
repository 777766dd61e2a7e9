"""The dialogs of the window: making and opening projects, the palette, jobs, settings, help."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox

from canvas_app.base.errors import CanvasError
from canvas_app.ui.actions import Actions
from canvas_app.ui.new_project import NewProject, place_beside, usual_place

if TYPE_CHECKING:
    from canvas_app.ui.help.help_dialog import HelpDialog
    from canvas_app.ui.jobs_panel import JobsPanel
    from canvas_app.ui.window import Window


class WindowDialogs:
    """Opens each over its window, never blocking it."""

    def __init__(self, window: Window, actions: Actions) -> None:
        self._window = window
        self._actions = actions
        self._jobs: JobsPanel | None = None
        self._help: HelpDialog | None = None

    def acts(self) -> tuple[tuple[QAction, Callable[[], object]], ...]:
        """Which action opens which."""
        actions = self._actions
        return (
            (actions.new, self.new_project),
            (actions.open, self.open_project),
            (actions.bring, self.bring_file),
            (actions.rename, self.rename),
            (actions.save_copy, self.save_copy),
            (actions.search, self.search),
            (actions.jobs, self.show_jobs),
            (actions.settings, self.show_settings),
            (actions.help, self.show_help),
        )

    def new_project(self) -> None:
        """Ask for a name and a place."""
        dialog = NewProject(self._window)
        dialog.accepted.connect(
            lambda: self._window.create_project(dialog.folder(), dialog.name.text().strip())
        )
        dialog.open()

    def open_project(self) -> None:
        """Ask for the folder of a project."""
        dialog = QFileDialog(self._window, "Open project", str(usual_place()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda path: self._window.open_project(Path(path)))
        dialog.open()

    def bring_file(self) -> None:
        """Ask for a file to import."""
        from canvas_app.data.source import suffixes

        words = f"Tables ({' '.join(f'*{suffix}' for suffix in suffixes())});;All files (*)"
        dialog = QFileDialog(self._window, "Import a file", str(Path.home()), words)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.filesSelected.connect(self._bring)
        dialog.open()

    def rename(self) -> None:
        """Ask for another name of the project."""
        session = self._window.session
        if session is None:
            return
        dialog = QInputDialog(self._window)
        dialog.setWindowTitle("Rename the project")
        dialog.setLabelText("Name")
        dialog.setTextValue(session.project.name)
        dialog.textValueSelected.connect(self._window.rename_project)
        dialog.open()

    def save_copy(self) -> None:
        """Ask for the name and place of a copy of the project."""
        session = self._window.session
        if session is None:
            return
        words = {"title": "Save a copy", "verb": "Save a copy"}
        name, place = f"{session.project.name} copy", place_beside(session.folder)
        dialog = NewProject(self._window, name, place=place, **words)
        dialog.accepted.connect(lambda: self._window.save_copy(dialog.folder(), dialog.name.text().strip()))
        dialog.open()

    def ask_to_close(self, error: CanvasError) -> None:
        """Ask whether to close though the last edits can't be written."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("The last edits are not saved")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(str(error))
        box.setDefaultButton(box.addButton("Stay", QMessageBox.ButtonRole.RejectRole))
        lose = box.addButton("Close and lose them", QMessageBox.ButtonRole.DestructiveRole)
        lose.clicked.connect(self._lose_and_close)
        box.open()

    def _lose_and_close(self) -> None:
        self._window.opening.abandon()
        self._window.close()

    def search(self) -> None:
        """The command palette."""
        from canvas_app.ui.command_palette import CommandPalette
        from canvas_app.ui.entries import entries

        page = self._window.stack.current()
        of_page = [*page.secondary(), page.primary()] if page is not None else []
        actions = [action for action in of_page if action is not None]
        every = entries(self._window, [*actions, *self._actions.all()])
        CommandPalette(self._window, every).open_over(self._window)

    def show_jobs(self) -> None:
        """The list of jobs."""
        from canvas_app.ui.jobs_panel import JobsPanel

        if self._jobs is None:
            self._jobs = JobsPanel(self._window.runner, self._window)
        self._jobs.show()
        self._jobs.raise_()

    def show_settings(self) -> None:
        """The person's settings."""
        from canvas_app.ui.settings_dialog import SettingsDialog

        SettingsDialog(self._window, self._window.view).open()

    def show_help(self) -> None:
        """The help, at what one is working on."""
        page = self._window.stack.current()
        self.open_help(page.help_topic() if page is not None else "")

    def open_help(self, topic: str) -> None:
        """The help at a topic; it is one dialog, which stays open beside the work."""
        from canvas_app.ui.help.help_dialog import HelpDialog

        if self._help is None:
            self._help = HelpDialog(self._window, self._actions.all(), self._window.lane)
        self._help.open_at(topic)

    def _bring(self, paths: list[str]) -> None:
        for path in paths:
            self._window.bring_file(Path(path))
