"""Lists of small records, such as conditions, one under the other, each with a button to remove it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, get_args

from pydantic import BaseModel
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from canvas_app.ui.controls import button, icon_button
from canvas_app.ui.forms.editor import Around, Editor, type_symbol
from canvas_app.ui.forms.search_combo import Choice, SearchCombo


class RecordsEditor(Editor):
    """Base of the editors of lists; each says what a record is and which columns its fields offer."""

    record: ClassVar[type[BaseModel]]
    noun: ClassVar[str]
    ports: ClassVar[Mapping[str, int]]
    """Which of the record's fields are columns, and of which input, counted from the field's own."""

    def build_up(self) -> None:
        """The records, and a button that adds one."""
        self._records: list[BaseModel] = []
        self._around = Around()
        self._rows: list[RecordRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(8)
        self._add = button(f"Add a {self.noun}", self._append, symbol="ph.plus")
        self._add.setProperty("dense", True)
        self.column.addLayout(self._column)
        self.column.addWidget(self._add)

    def fill(self, value: Any, around: Around) -> None:
        """Show the records; as many rows as there were are kept, with their carets."""
        self._around = around
        self._records = list(value)
        self._show()

    def main(self) -> QWidget:
        """The button that adds one, which is always there."""
        return self._add

    def mark(self, *, wrong: bool) -> None:
        """The problem below says it in words, which row it is about included."""

    def applies(self, record: BaseModel, name: str) -> bool:
        """Whether a field of a record has a meaning, given its other fields."""
        del record, name
        return True

    def _show(self) -> None:
        while len(self._rows) > len(self._records):
            row = self._rows.pop()
            row.hide()
            row.deleteLater()
        for at in range(len(self._rows), len(self._records)):
            row = RecordRow(self, at + 1)
            row.edited.connect(lambda name, value, at=at: self._edit(at, name, value))
            row.removed.connect(lambda at=at: self._remove(at))
            self._rows.append(row)
            self._column.addWidget(row)
        for row, record in zip(self._rows, self._records, strict=True):
            row.fill(record, self._around)

    def _append(self) -> None:
        self._records.append(self.record())
        self._tell()

    def _edit(self, at: int, name: str, value: str) -> None:
        self._records[at] = self._records[at].model_copy(update={name: value})
        self._tell()

    def _remove(self, at: int) -> None:
        del self._records[at]
        self._tell()

    def _tell(self) -> None:
        self._show()
        self.edited.emit(tuple(self._records))


class RecordRow(QFrame):
    """One record: its first field beside the button that removes it, the others below."""

    edited = Signal(str, str)
    """The field and its new value."""
    removed = Signal()

    def __init__(self, editor: RecordsEditor, number: int) -> None:
        super().__init__()
        self._editor = editor
        self._number = number
        self._controls: dict[str, SearchCombo | QLineEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        names = list(editor.record.model_fields)
        for place, name in enumerate(names):
            control = self._control(name)
            self._controls[name] = control
            grid.addWidget(control, min(place, 1), max(0, place - 1), 1, 2 if place == 0 else 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        remove = icon_button(f"Remove {editor.noun} {number}", "ph.x", self.removed.emit)
        grid.addWidget(remove, 0, 2)

    def fill(self, record: BaseModel, around: Around) -> None:
        """Show a record."""
        for name, control in self._controls.items():
            value = getattr(record, name)
            if isinstance(control, QLineEdit):
                if control.text() != value:
                    control.setText(value)
            else:
                control.offer(self._choices(name, around), value)
            control.setVisible(self._editor.applies(record, name))

    def _control(self, name: str) -> SearchCombo | QLineEdit:
        caption = f"{name.capitalize()} {self._number}"
        tell: Callable[[str], None] = lambda value: self.edited.emit(name, value)  # noqa: E731 - one field's slot
        if name in self._editor.ports or _words(self._editor.record, name):
            combo = SearchCombo(caption, nothing="Column" if name in self._editor.ports else "Choose")
            combo.picked.connect(tell)
            return combo
        text = QLineEdit()
        text.setAccessibleName(caption)
        text.setPlaceholderText(name.capitalize())
        text.textEdited.connect(tell)
        return text

    def _choices(self, name: str, around: Around) -> list[Choice]:
        if name in self._editor.ports:
            schema = around.schema(self._editor.field.port + self._editor.ports[name])
            return [Choice(column.name, column.name, type_symbol(column)) for column in schema]
        return [Choice(word, word) for word in _words(self._editor.record, name)]


def _words(record: type[BaseModel], name: str) -> tuple[str, ...]:
    return tuple(str(word) for word in get_args(record.model_fields[name].annotation))
