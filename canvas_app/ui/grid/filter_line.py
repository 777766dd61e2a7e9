"""The conditions that the rows of a table meet, each with the button that takes it away."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Condition
from canvas_app.data.schema import ColumnInfo
from canvas_app.flow.condition_text import read_conditions
from canvas_app.flow.conditions import condition_words
from canvas_app.ui.controls import button, label, row
from canvas_app.ui.flow_layout import FlowLayout
from canvas_app.ui.grid.cell_text import short


class FilterLine(QWidget):
    """Holds the filter. It is seen while there is a condition, or something to say about one."""

    changed = Signal(tuple)
    """The conditions, all of which must hold."""

    def __init__(self) -> None:
        super().__init__()
        self.conditions: tuple[Condition, ...] = ()
        self.clear = button("Clear filter", lambda: self._set(()), look="link")
        self.problem = label("", "problem", wrap=True)
        self._chips: dict[Condition, QPushButton] = {}
        self._lay_out()
        self._show()

    def start(self) -> None:
        """Another table: no conditions."""
        self.conditions = ()
        self.problem.setText("")
        self._show()

    def take_text(self, info: ColumnInfo, text: str) -> None:
        """Put what was typed in place of a column's conditions; nothing typed takes them away."""
        try:
            self.only(info.name, read_conditions(text, info) if text.strip() else ())
        except CanvasError as error:
            self.problem.setText(str(error))
            self._show()

    def only(self, column: str, conditions: tuple[Condition, ...]) -> None:
        """Put conditions in place of those of a column."""
        others = tuple(item for item in self.conditions if item.column != column)
        if others + conditions != self.conditions or self.problem.text():
            self._set(others + conditions)

    def taking_away(self, column: str) -> QPushButton:
        """The button that takes a column's first condition away."""
        return next(chip for condition, chip in self._chips.items() if condition.column == column)

    def _set(self, conditions: tuple[Condition, ...]) -> None:
        self.problem.setText("")
        self.conditions = conditions
        self._show()
        self.changed.emit(conditions)

    def _without(self, condition: Condition) -> None:
        self._set(tuple(item for item in self.conditions if item != condition))

    def _show(self) -> None:
        for old in self._chips.values():
            self._flow.removeWidget(old)
            old.deleteLater()
        self._chips.clear()
        for condition in self.conditions:
            words = short(condition_words(condition), 60)
            chip = button(words.replace("&", "&&"), partial(self._without, condition), symbol="ph.x")
            chip.setAccessibleName(f"Take away the condition {words}")
            chip.setToolTip("Take this condition away")
            self._chips[condition] = chip
            self._flow.addWidget(chip)
        self.problem.setVisible(bool(self.problem.text()))
        self.chips.setVisible(bool(self.conditions))
        self.setVisible(bool(self.conditions or self.problem.text()))

    def _lay_out(self) -> None:
        self.chips = QWidget()
        inner = QWidget()
        self._flow = FlowLayout(inner)
        self._flow.setContentsMargins(0, 0, 0, 0)
        line = row(inner, self.clear)
        line.setStretch(0, 1)
        self.chips.setLayout(line)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 0, 12, 8)
        inside.setSpacing(6)
        inside.addWidget(self.problem)
        inside.addWidget(self.chips)
