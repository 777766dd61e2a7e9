"""Chooses one of a few words."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from canvas_app.ui.forms.editor import Around, Editor, EditorSpec
from canvas_app.ui.forms.search_combo import Choice, SearchCombo
from canvas_app.ui.forms.segments import Segments

_MOST_SEGMENTS = 4
_MOST_LETTERS = 40
"""In all of them together, as far as a form is wide; the space around a word counts for some of them."""
_AROUND = 2.5


class ChoiceEditor(Editor):
    """Up to four short words beside each other; else a combo box."""

    spec = EditorSpec(kind="choice", title="Choice")

    def build_up(self) -> None:
        """Segments where they fit."""
        words = self.field.labels or tuple(choice[:1].upper() + choice[1:] for choice in self.field.choices)
        self._choices = tuple(map(Choice, self.field.choices, words))
        few = len(words) <= _MOST_SEGMENTS and sum(len(word) + _AROUND for word in words) <= _MOST_LETTERS
        self._control = Segments(self.field.label) if few else SearchCombo(self.field.label)
        self._control.picked.connect(self.tell)
        self.column.addWidget(self._control)

    def fill(self, value: Any, around: Around) -> None:
        """Show which one it is."""
        del around
        self._control.offer(self._choices, str(value))

    def main(self) -> QWidget:
        """The segments or the combo box."""
        return self._control
