"""What the join doctor says in the inspector: how the chosen columns fit, and which ones would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from canvas_app.flow.steps.join_tables import JoinTables
from canvas_app.ui.controls import button, label
from canvas_app.ui.grid.cell_text import short, with_spaces

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from canvas_app.data.join_doctor import KeyMatch


@dataclass(frozen=True)
class JoinAdvice:
    """How the columns of a join fit, as far as they are chosen; and the columns that would fit."""

    match: KeyMatch | None
    suggestions: tuple[KeyMatch, ...]


def advice_on(unit: JoinTables, left: Table, right: Table) -> JoinAdvice:
    """Ask the doctor; a few queries. Raises ``CanvasError``."""
    from canvas_app.data.join_doctor import match_keys, suggest_joins

    pairs = tuple((pair.left, pair.right) for pair in unit.pairs)
    whole = bool(pairs) and all(a in left.columns and b in right.columns for a, b in pairs)
    match = match_keys(left, right, pairs) if whole else None
    return JoinAdvice(match, () if match is not None and match.share > 0 else suggest_joins(left, right))


class JoinBox(QWidget):
    """Words about the join that is shown, and a button for each pair of columns that fits."""

    pairs_wanted = Signal(object)
    """The pairs of columns by which the tables shall be joined."""

    def __init__(self) -> None:
        super().__init__()
        self._how = "left"
        self.words = label("", "secondary", wrap=True)
        self.warning = label("", "warning", wrap=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.words)
        self._column.addWidget(self.warning)
        self.offers: list[QWidget] = []

    def show_unit(self, unit: object) -> None:
        """Show itself for a join, and nothing of the one before until the doctor has looked."""
        self.setVisible(isinstance(unit, JoinTables))
        if isinstance(unit, JoinTables):
            self._how = unit.how
        self.show_advice(None)

    def show_advice(self, advice: JoinAdvice | None) -> None:
        """Show what the doctor said; None while that is not known."""
        match = advice.match if advice is not None else None
        self.words.setText(with_spaces(short(match.words, 200)) if match is not None else "")
        warnings = match.warnings(self._how) if match is not None else ()
        self.warning.setText(with_spaces(short("\n".join(warnings), 500)))
        self.words.setVisible(match is not None)
        self.warning.setVisible(bool(warnings))
        self._offer(advice.suggestions if advice is not None else ())

    def _offer(self, suggestions: Sequence[KeyMatch]) -> None:
        for gone in self.offers:
            gone.hide()
            gone.deleteLater()
        self.offers = [label("These fit", "label")] if suggestions else []
        for match in suggestions:
            left, right = match.pairs[0]
            made = button(
                f"{short(left, 24)} = {short(right, 24)}", partial(self.pairs_wanted.emit, match.pairs)
            )
            made.setProperty("dense", True)
            made.setAccessibleName(f"Join where {short(left, 60)} equals {short(right, 60)}")
            made.setToolTip(with_spaces(match.words))
            self.offers += [made, label(with_spaces(short(_fit(match), 120)), "secondary", wrap=True)]
        for offer in self.offers:
            self._column.addWidget(offer)


def _fit(match: KeyMatch) -> str:
    """The fit without the names, which stand on the button."""
    words = match.words.rpartition(": ")[2]
    return f"{words}; {len(match.near):,} more nearly fit" if match.near else words
