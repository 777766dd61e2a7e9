"""What an editor is: the widget for one word of the vocabulary of fields."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from canvas_app.base.catalog import Catalog
from canvas_app.base.spec import FieldSpec, UnitSpec
from canvas_app.data.schema import ColumnInfo, Schema


@dataclass(frozen=True)
class Around:
    """What there is to choose from: the columns that come in, and the tables of the project."""

    inputs: tuple[Schema, ...] = ()
    datasets: tuple[str, ...] = ()

    def schema(self, port: int) -> Schema:
        """The columns that come in at a port; none where nothing is linked."""
        return self.inputs[port] if port < len(self.inputs) else Schema()

    def columns(self, field: FieldSpec) -> tuple[ColumnInfo, ...]:
        """The columns that the field takes."""
        return tuple(column for column in self.schema(field.port) if column.fits(field.accepts))


@dataclass(frozen=True)
class EditorSpec(UnitSpec):
    """What an editor declares; its kind is the word that it edits."""

    captioned: bool = True
    """Whether the form writes the field's label above; else the editor shows it by itself."""


class Editor(QWidget):
    """The widget of one field; tells every change that a person makes, and takes values back quietly."""

    spec: ClassVar[EditorSpec]
    version: ClassVar[int] = 1
    formerly: ClassVar[tuple[str, ...]] = ()

    edited = Signal(object)
    """The new value, as the field holds it."""

    def __init__(self, field: FieldSpec) -> None:
        super().__init__()
        self.field = field
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self.build_up()

    def build_up(self) -> None:
        """Make the widgets and put them into ``self.column``."""
        raise NotImplementedError

    def fill(self, value: Any, around: Around) -> None:
        """Show a value; one that is shown already changes nothing, so that the caret stays."""
        raise NotImplementedError

    def main(self) -> QWidget:
        """The widget which the field's label belongs to, and which takes the focus."""
        raise NotImplementedError

    def tell(self, value: object) -> None:
        """A person changed it: what the signals of its widgets are connected to, each with its value."""
        self.edited.emit(value)

    def mark(self, *, wrong: bool) -> None:
        """Show in its border that the value has a problem."""
        from canvas_app.ui.theme.style import restyle

        restyle(self.main(), wrong=wrong)


EDITORS: Catalog[Any] = Catalog[Any](Editor, "canvas_app.ui.forms.editors")
"""The editors by the word that they edit."""


def type_symbol(column: ColumnInfo) -> str:
    """The icon of a column's type."""
    symbols = {"number": "hash", "whole": "hash", "text": "text-aa", "time": "calendar-blank"}
    return "ph." + symbols.get(column.type, "toggle-left" if column.type == "switch" else "question")


def names_of(columns: Iterable[ColumnInfo]) -> tuple[str, ...]:
    """The names of columns."""
    return tuple(column.name for column in columns)
