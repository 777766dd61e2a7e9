"""Chooses one column among those that fit."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from canvas_app.ui.forms.editor import Around, Editor, EditorSpec, type_symbol
from canvas_app.ui.forms.search_combo import Choice, SearchCombo


class ColumnEditor(Editor):
    """A searchable list of the columns that come in and are of the right type."""

    spec = EditorSpec(kind="column", title="Column")

    def build_up(self) -> None:
        """One combo box."""
        self.combo = SearchCombo(self.field.label, nothing="Choose a column")
        self.combo.picked.connect(self.tell)
        self.column.addWidget(self.combo)

    def fill(self, value: Any, around: Around) -> None:
        """Offer what comes in; a column that is gone stays shown, as missing."""
        columns = around.columns(self.field)
        choices = [Choice(column.name, column.name, type_symbol(column)) for column in columns]
        if not self.field.needed:
            choices.insert(0, Choice("", "None"))
        self.combo.offer(choices, value)

    def main(self) -> QWidget:
        """The combo box."""
        return self.combo
