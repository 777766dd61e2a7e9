"""The families of models that were tried, best first, with the plain ones that must be beaten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from canvas_app.base.words import duration
from canvas_app.training.model import Candidate, Metric
from canvas_app.ui.models.wording import score, whole
from canvas_app.ui.theme.icons import icon

HEADER = ("Model", "Score", "Trials", "Search time", "Settings")


class Leaderboard(QTableWidget):
    """A row per candidate; the chosen one carries a mark and bold words."""

    def __init__(self, name: str = "Leaderboard") -> None:
        super().__init__(0, len(HEADER))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(HEADER)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setProperty("plain", True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(32)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(HEADER) - 1, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)

    def show_candidates(self, candidates: Sequence[Candidate], metric: Metric | None = None) -> None:
        """Show them as given; ``metric`` is the one that the search improved."""
        if metric is not None:
            words = f"{metric.title} on the validation rows, which the search compared its trials by"
            head = QTableWidgetItem(metric.title)
            head.setToolTip(words)
            self.setHorizontalHeaderItem(1, head)
        self.setRowCount(len(candidates))
        for row, candidate in enumerate(candidates):
            texts = (
                f"{candidate.title} · chosen" if candidate.chosen else candidate.title,
                score(metric.kind if metric else "", candidate.score),
                whole(candidate.trials),
                duration(candidate.seconds),
                _settings(candidate),
            )
            for column, text in enumerate(texts):
                self.setItem(row, column, self._cell(text, candidate.chosen, column))

    def _cell(self, text: str, chosen: bool, column: int) -> QTableWidgetItem:
        cell = QTableWidgetItem(text)
        if chosen:
            font = QFont(self.font())
            font.setWeight(QFont.Weight.DemiBold)
            cell.setFont(font)
        if column == 0:
            cell.setIcon(icon("ph.star", "accent") if chosen else icon("ph.cube"))
        if column == len(HEADER) - 1:
            cell.setToolTip(text.replace(" · ", "\n"))
        return cell


def _settings(candidate: Candidate) -> str:
    """The settings; of a blend its members with their weights."""
    members: Any = candidate.settings.get("members")
    if members:
        return " · ".join(f"{member['title']} {100 * member['weight']:.0f} %" for member in members)
    parts = (f"{name} {_short(value)}" for name, value in candidate.settings.items())
    return " · ".join(parts) or "–"


def _short(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
