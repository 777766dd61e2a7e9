"""Lists of small records, such as conditions, one under the other, each with a button to remove it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, get_args

from pydantic import BaseModel
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from canvas_app.ui.controls import button, icon_button, row
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
            last = self._rows.pop()
            last.hide()
            last.deleteLater()
        for at in range(len(self._rows), len(self._records)):
            new = RecordRow(self, at + 1)
            new.edited.connect(lambda name, value, at=at: self._edit(at, name, value))
            new.removed.connect(lambda at=at: self._remove(at))
            self._rows.append(new)
            self._column.addWidget(new)
        for shown, record in zip(self._rows, self._records, strict=True):
            shown.fill(record, self._around)

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
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        remove = icon_button(f"Remove {editor.noun} {number}", "ph.x", self.removed.emit)
        first, *others = [self._made(name) for name in editor.record.model_fields]
        column.addLayout(row(first, remove, spacing=4))
        column.addLayout(row(*others, spacing=4))

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

    def _made(self, name: str) -> QWidget:
        self._controls[name] = self._control(name)
        self._controls[name].setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return self._controls[name]

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
