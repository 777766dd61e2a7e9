"""Asks how a new project or a copy is called and where it lies, with both already filled in."""

from __future__ import annotations

import os
import re
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from canvas_app.base.home import home
from canvas_app.ui.controls import button, label, row


def usual_place() -> Path:
    """Where new projects lie: ``Canvas projects`` in the person's folder, or in ``CANVAS_APP_HOME``."""
    return home() / "projects" if os.environ.get("CANVAS_APP_HOME") else Path.home() / "Canvas projects"


def free_folder(name: str, place: Path) -> Path:
    """A folder in that place that does not exist yet, named after the project."""
    plain = re.sub(r"[^\w \-.()]", "_", name).strip(" .") or "Project"
    folder, number = place / plain, 2
    while folder.exists():
        folder, number = place / f"{plain} {number}", number + 1
    return folder


def place_beside(folder: Path) -> Path:
    """Where a copy of the project in ``folder`` may lie: beside it, or where new ones do."""
    return folder.parent if os.access(folder.parent, os.W_OK) else usual_place()


class NewProject(QDialog):
    """A name, a place, and the button that makes it."""

    def __init__(
        self,
        parent: QWidget,
        name: str = "Untitled",
        *,
        place: Path | None = None,
        title: str = "New project",
        verb: str = "Create project",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self.name = QLineEdit(name)
        self.place = QLineEdit(str(place or usual_place()))
        self._folder = label("", "caption", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(6)
        column.addWidget(label(title, "panel-title"))
        column.addSpacing(8)
        for caption, line in (("Name", self.name), ("Lies in", self.place)):
            words = label(caption, "label")
            words.setBuddy(line)
            column.addWidget(words)
            column.addLayout(row(line, button("Choose…", self._browse)) if line is self.place else row(line))
            line.textChanged.connect(self._follow)
        column.addWidget(self._folder)
        column.addSpacing(12)
        self._create = button(verb, self.accept, look="primary")
        self._create.setDefault(True)
        column.addLayout(row(1, button("Cancel", self.reject), self._create))
        self.name.selectAll()
        self._follow()

    def folder(self) -> Path:
        """The folder that the project will be made in."""
        return free_folder(self.name.text(), Path(self.place.text()).expanduser())

    def _follow(self) -> None:
        ready = bool(self.name.text().strip() and self.place.text().strip())
        self._create.setEnabled(ready)
        self._folder.setText(
            f"Its folder will be {self.folder()}" if ready else "Give it a name and a place."
        )

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Where the project lies", self.place.text())
        if chosen:
            self.place.setText(chosen)
