"""The filter of a table: one condition per column, typed as ``> 30``, ``contains x``, ``a*`` or ``blank``."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Condition
from canvas_app.data.schema import Schema
from canvas_app.flow.condition_text import read_condition
from canvas_app.flow.conditions import condition_words
from canvas_app.ui.controls import button, label, row
from canvas_app.ui.flow_layout import FlowLayout
from canvas_app.ui.grid.cell_text import short


class FilterLine(QWidget):
    """A column, a condition on it, and the conditions that hold now."""

    changed = Signal(tuple)
    """The conditions, all of which must hold."""
    left = Signal()
    """The person goes back to the table."""

    def __init__(self) -> None:
        super().__init__()
        self.conditions: tuple[Condition, ...] = ()
        self._schema = Schema()
        self.column = QComboBox()
        self.column.setAccessibleName("Column to filter by")
        self.column.setAccessibleDescription("Column to filter by")
        self.text = QLineEdit()
        self.add = button("Apply", self._take)
        self.clear = button("Clear filter", lambda: self._set(()), look="link")
        self.problem = label("", "problem", wrap=True)
        self.chips = QWidget()
        self._chips: dict[str, QPushButton] = {}
        self._lay_out()
        self.text.returnPressed.connect(self._take)
        self.column.currentIndexChanged.connect(self._show_condition)
        QShortcut(
            QKeySequence("Esc"), self, self.left.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        self._show_chips()

    def show_columns(self, schema: Schema) -> None:
        """Other columns; conditions are gone."""
        self._schema, self.conditions = schema, ()
        self.column.clear()
        self.column.addItems([short(name, 60) for name in schema.names])
        self.problem.hide()
        self._show_chips()

    def begin(self, section: int | None = None) -> None:
        """Take the keyboard, for the condition of a column."""
        self.show()
        if section is not None:
            self.column.setCurrentIndex(section)
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.text.selectAll()

    def taking_away(self, column: str) -> QPushButton:
        """The button that takes a column's condition away."""
        return self._chips[column]

    def _take(self) -> None:
        """Put what was typed in place of the column's condition; nothing typed takes it away."""
        if not len(self._schema):
            return
        info = self._schema.columns[max(0, self.column.currentIndex())]
        others = tuple(item for item in self.conditions if item.column != info.name)
        try:
            added = (read_condition(self.text.text(), info),) if self.text.text().strip() else ()
        except CanvasError as error:
            self.problem.setText(str(error))
            self.problem.show()
            return
        self._set(others + added)

    def _set(self, conditions: tuple[Condition, ...]) -> None:
        self.problem.hide()
        self.conditions = conditions
        self._show_chips()
        if not conditions:
            self.text.clear()
        self.changed.emit(conditions)

    def _without(self, column: str) -> None:
        self._set(tuple(item for item in self.conditions if item.column != column))

    def _show_condition(self) -> None:
        self.problem.hide()
        self.text.clear()

    def _show_chips(self) -> None:
        for old in self._chips.values():
            self._flow.removeWidget(old)
            old.deleteLater()
        self._chips.clear()
        for condition in self.conditions:
            words = short(condition_words(condition), 60)
            chip = button(words.replace("&", "&&"), partial(self._without, condition.column), symbol="ph.x")
            chip.setAccessibleName(f"Take away the condition {words}")
            chip.setToolTip("Take this condition away")
            self._chips[condition.column] = chip
            self._flow.addWidget(chip)
        self.chips.setVisible(bool(self.conditions))
        self.clear.setVisible(bool(self.conditions))

    def _lay_out(self) -> None:
        self.text.setAccessibleName("Condition")
        self.text.setPlaceholderText("> 30, contains x, a*, blank, not blank")
        self.text.setProperty("dense", "true")
        self.column.setMinimumWidth(160)
        self.column.setMaximumWidth(280)
        self._flow = FlowLayout(self.chips)
        self._flow.setContentsMargins(0, 0, 0, 0)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 0, 12, 8)
        inside.setSpacing(6)
        line = row(self.column, self.text, self.add, self.clear)
        line.setStretch(1, 1)
        inside.addLayout(line)
        inside.addWidget(self.problem)
        inside.addWidget(self.chips)
