"""Chooses a table of the project."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from canvas_app.ui.forms.editor import Around, Editor, EditorSpec
from canvas_app.ui.forms.search_combo import Choice, SearchCombo


class DatasetEditor(Editor):
    """A list of the project's tables, each with its version."""

    spec = EditorSpec(kind="dataset", title="Table")

    def build_up(self) -> None:
        """One combo box."""
        self.combo = SearchCombo(self.field.label, nothing="Choose a table")
        self.combo.picked.connect(self.tell)
        self.column.addWidget(self.combo)

    def fill(self, value: Any, around: Around) -> None:
        """Offer the tables; one that is gone stays shown, as missing."""
        choices = [Choice(key, _in_words(key), "ph.database") for key in around.datasets]
        self.combo.offer(choices, value)

    def main(self) -> QWidget:
        """The combo box."""
        return self.combo


def _in_words(key: str) -> str:
    name, _, version = key.rpartition("/")
    return f"{name}, version {version}" if name else key
