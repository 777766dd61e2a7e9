"""Chooses several columns, each shown as a chip."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QPushButton, QWidget

from canvas_app.ui.controls import plain_tip
from canvas_app.ui.flow_layout import FlowLayout
from canvas_app.ui.forms.editor import Around, Editor, EditorSpec, names_of
from canvas_app.ui.theme.style import restyle


class ColumnsEditor(Editor):
    """Chips with a cross each, and a line that completes the columns which are not among them."""

    spec = EditorSpec(kind="columns", title="Columns")

    def build_up(self) -> None:
        """A box of chips that ends in a line to type in."""
        self._value: tuple[str, ...] = ()
        self._names: tuple[str, ...] = ()
        self._chips: list[QPushButton] = []
        self.box = QFrame()
        self.box.setProperty("box", True)
        self._flow = FlowLayout(self.box, last_width=110)
        self._flow.setContentsMargins(5, 5, 5, 5)
        self.line = QLineEdit()
        self.line.setProperty("bare", True)
        self.line.setPlaceholderText("Add a column")
        self.line.returnPressed.connect(self._add_typed)
        self.line.installEventFilter(self)
        self._flow.addWidget(self.line)
        self.column.addWidget(self.box)

    def fill(self, value: Any, around: Around) -> None:
        """Show the columns; those that do not come in are marked as missing."""
        names = names_of(around.columns(self.field))
        if (tuple(value), names) != (self._value, self._names) or self.line.completer() is None:
            self._value, self._names = tuple(value), names
            self._show_chips()
            self._offer()

    def main(self) -> QWidget:
        """The line to type in."""
        return self.line

    def mark(self, *, wrong: bool) -> None:
        """In the border of the box."""
        restyle(self.box, wrong=wrong)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Backspace in the empty line takes the last chip; a click opens the list."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            restyle(self.box, focused=event.type() == QEvent.Type.FocusIn)
        if event.type() == QEvent.Type.MouseButtonPress and not self.line.text():
            self._open_list()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not self.line.text():
            if event.key() == Qt.Key.Key_Backspace and self._value:
                self._tell(self._value[:-1])
                return True
            if event.key() == Qt.Key.Key_Down:
                self._open_list()
                return True
        return super().eventFilter(watched, event)

    def _open_list(self) -> None:
        self.line.completer().setCompletionPrefix("")
        self.line.completer().complete()

    def _add_typed(self) -> None:
        typed = self.line.text().strip().lower()
        left = [name for name in self._names if name not in self._value]
        found = [name for name in left if name.lower() == typed]
        found = found or [name for name in left if typed and name.lower().startswith(typed)]
        found = found or [name for name in left if typed and typed in name.lower()]
        if found:
            self._add(found[0])

    def _add(self, name: str) -> None:
        if name in self._names and name not in self._value:
            self._tell((*self._value, name))
        self.line.clear()

    def _remove(self, name: str) -> None:
        self._tell(tuple(one for one in self._value if one != name))
        self.line.setFocus()

    def _tell(self, value: tuple[str, ...]) -> None:
        self._value = value
        self._show_chips()
        self._offer()
        self.edited.emit(value)

    def _offer(self) -> None:
        left = [name for name in self._names if name not in self._value]
        completer = QCompleter(left, self.line)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(10)
        completer.activated.connect(self._add, Qt.ConnectionType.QueuedConnection)
        self.line.setCompleter(completer)

    def _show_chips(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(name) for name in self._value]
        for place, chip in enumerate(self._chips):
            self._flow.insert(place, chip)
        self.updateGeometry()

    def _chip(self, name: str) -> QPushButton:
        shown = name if len(name) <= 26 else f"{name[:24]}…"
        chip = QPushButton(f"{shown.replace('&', '&&')} ×")
        chip.setProperty("look", "chip")
        chip.setProperty("wrong", name not in self._names)
        chip.setAccessibleName(f"Remove {name} from {self.field.label}")
        chip.setToolTip(
            plain_tip(f"Remove {name}" if name in self._names else f"{name} does not come in. Remove it.")
        )
        chip.clicked.connect(lambda: self._remove(name))
        return chip
