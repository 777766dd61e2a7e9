"""The form of one row: a control per column of the contract, filled with a typical row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QWidget

from canvas_app.ui.controls import label, plain_tip
from canvas_app.ui.forms.search_combo import Choice, SearchCombo
from canvas_app.ui.theme.style import restyle

if TYPE_CHECKING:
    from canvas_app.runtime.contract import Contract, InputColumn

RESTING = 180
"""Milliseconds after the last key until the row counts as typed."""
BLANK = ""


class RowForm(QScrollArea):
    """One row as a person types it; blank cells are allowed."""

    edited = Signal()
    """The row is another one, and the typing has come to rest."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._contract: Contract | None = None
        self.cells: dict[str, QLineEdit | SearchCombo] = {}
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RESTING)
        self._rest.timeout.connect(self.edited)

    def show_contract(self, contract: Contract) -> None:
        """Make the form anew for a model, with its typical row."""
        self._contract = contract
        self.cells = {column.name: self._cell(column) for column in contract.columns}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, column in enumerate(contract.columns):
            name = label(_shortened(column.name), "label")
            name.setToolTip(plain_tip(column.name))
            name.setBuddy(self.cells[column.name])
            grid.addWidget(name, at, 0)
            grid.addWidget(self.cells[column.name], at, 1)
        grid.setRowStretch(len(contract.columns), 1)
        self.setWidget(inside)
        self._rest.stop()
        self.edited.emit()

    def values(self) -> dict[str, Any]:
        """The row by column name; None for a blank. What is no number is passed on as it was typed."""
        if self._contract is None:
            return {}
        return {column.name: _value(column, self._text(column.name)) for column in self._contract.columns}

    def fill(self, values: Mapping[str, Any]) -> None:
        """Put other values into the form."""
        for name, value in values.items():
            cell = self.cells[name]
            if isinstance(cell, SearchCombo):
                cell.offer(_choices(self._column(name)), _text(value))
            else:
                cell.setText(_text(value))
        self._rest.start()

    def fill_typical(self) -> None:
        """Go back to the typical row."""
        if self._contract is not None:
            self.fill({column.name: column.typical for column in self._contract.columns})

    def _cell(self, column: InputColumn) -> QLineEdit | SearchCombo:
        choices = _choices(column)
        if choices:
            combo = SearchCombo(column.name, nothing="blank")
            combo.offer(choices, _text(column.typical))
            combo.picked.connect(lambda _: self._rest.start())
            return combo
        line = QLineEdit(_text(column.typical))
        line.setAccessibleName(column.name)
        line.setPlaceholderText("blank")
        line.setToolTip(plain_tip(_range(column)))
        line.textEdited.connect(partial(self._typed, column, line))
        return line

    def _typed(self, column: InputColumn, line: QLineEdit, text: str) -> None:
        wrong = column.type in ("number", "whole") and isinstance(_value(column, text), str)
        restyle(line, wrong=wrong)
        self._rest.start()

    def _text(self, name: str) -> str:
        cell = self.cells[name]
        return cell.value() if isinstance(cell, SearchCombo) else cell.text()

    def _column(self, name: str) -> InputColumn:
        assert self._contract is not None
        return next(column for column in self._contract.columns if column.name == name)


def _choices(column: InputColumn) -> list[Choice]:
    if column.type == "switch":
        return [Choice("true", "yes"), Choice("false", "no"), Choice(BLANK, "blank")]
    if column.categories is None:
        return []
    return [*(Choice(name, name) for name in column.categories if name), Choice(BLANK, "blank")]


def _value(column: InputColumn, text: str) -> Any:
    """What was typed as the model takes it; a number where it is one, also with a decimal comma."""
    text = text.strip()
    if not text:
        return None
    if column.type not in ("number", "whole"):
        return text
    plain = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("−", "-")
    if "," in plain and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        number = float(plain)
    except ValueError:
        return text
    return int(number) if column.type == "whole" and number.is_integer() else number


def _text(value: Any) -> str:
    if value is None:
        return BLANK
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def _range(column: InputColumn) -> str:
    if column.low is None or column.high is None:
        return column.name
    return f"{column.name}: from {column.low:.6g} to {column.high:.6g} in the training rows"


def _shortened(name: str) -> str:
    return name if len(name) <= 28 else f"{name[:27]}…"
