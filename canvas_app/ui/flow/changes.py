"""What a step changed, in words and numbers; the inspector and the preview show the same rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from canvas_app.base.spec import Json
from canvas_app.flow.impact import Impact
from canvas_app.ui.controls import label, line, plain_tip
from canvas_app.ui.grid.cell_text import percent, spaced, text_of

_MOST = 12
"""Rows that the inspector has room for; the preview's tab has them all."""


@dataclass(frozen=True)
class ChangeRow:
    """One thing that a step changed."""

    what: str
    numbers: str
    difference: str
    tone: Literal["muted", "good", "warning"] = "muted"


def change_rows(impact: Impact) -> tuple[ChangeRow, ...]:
    """Rows first, then columns, types and blanks."""
    rows = [_rows(impact.rows_before, impact.rows_after)]
    rows += [ChangeRow(f"Column {name}", "", "new", "good") for name in impact.columns_added]
    rows += [ChangeRow(f"Column {name}", "", "removed") for name in impact.columns_removed]
    rows += [ChangeRow(f"Type of {name}", f"{was} → {now}", "") for name, was, now in impact.columns_retyped]
    rows += [_blanks(name, was, now) for name, was, now in impact.blanks]
    rows += [ChangeRow(f"Blanks in {name}", text_of(count), "new") for name, count in impact.blanks_new]
    return tuple(rows)


def learned_lines(learned: Mapping[str, Json]) -> str:
    """What a step learned, a line each, as ``name = value``."""
    return "\n".join(f"{name} = {_value(value)}" for name, value in learned.items())


class ChangesTable(QWidget):
    """The rows under each other, with thin lines between."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnStretch(0, 1)
        self._shown: tuple[ChangeRow, ...] = ()

    def show_rows(self, rows: Sequence[ChangeRow]) -> None:
        """Show these; the same ones again change nothing."""
        if tuple(rows) == self._shown:
            return
        self._shown = tuple(rows)
        while (item := self._grid.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        for place, row in enumerate(rows[:_MOST]):
            self._add(2 * place, row)
        if len(rows) > _MOST:
            more = label(f"and {len(rows) - _MOST} more, in the tab Changes", "secondary")
            self._grid.addWidget(more, 2 * _MOST, 0, 1, 3)

    def _add(self, at: int, row: ChangeRow) -> None:
        what = _Cut(row.what)
        numbers, difference = label(row.numbers, "secondary"), label(row.difference, _role(row))
        for place, part in enumerate((what, numbers, difference)):
            side = Qt.AlignmentFlag.AlignLeft if place == 0 else Qt.AlignmentFlag.AlignRight
            self._grid.addWidget(part, at, place, side if place else Qt.AlignmentFlag(0))
        self._grid.addWidget(line(), at + 1, 0, 1, 3)


class _Cut(QLabel):
    """Words that are cut at the end where there is no room, and whole in the tooltip."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setToolTip(plain_tip(words))
        self.setMinimumWidth(40)


def _role(row: ChangeRow) -> str:
    return {"muted": "secondary", "good": "good", "warning": "warning"}[row.tone]


def _rows(before: int, after: int) -> ChangeRow:
    if before == after:
        return ChangeRow("Rows", text_of(after), "same")
    return ChangeRow("Rows", f"{text_of(before)} → {text_of(after)}", _difference(before, after))


def _blanks(name: str, before: int, after: int) -> ChangeRow:
    tone: Literal["good", "warning"] = "good" if after < before else "warning"
    numbers = f"{text_of(before)} → {text_of(after)}"
    return ChangeRow(f"Blanks in {name}", numbers, _difference(before, after), tone)


def _difference(before: int, after: int) -> str:
    if before == 0:
        return f"+{text_of(after)}"
    share = (after - before) / before
    return f"{'+' if share > 0 else '−'}{percent(abs(share))}"


def _value(value: Json) -> str:
    if isinstance(value, str):
        return f"'{value}'"
    if isinstance(value, bool | int | float):
        return text_of(value)
    if value is None:
        return "blank"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_value(item)}" for name, item in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return spaced(str(value))
