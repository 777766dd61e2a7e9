"""One model: its head, and its tabs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QTabWidget, QVBoxLayout, QWidget

from canvas_app.base.figure import Figure
from canvas_app.project.project import ModelRecord
from canvas_app.ui.controls import card, label
from canvas_app.ui.models.explain_tab import ExplainTab
from canvas_app.ui.models.header import ModelHeader
from canvas_app.ui.models.leaderboard import Leaderboard
from canvas_app.ui.models.overview import Overview
from canvas_app.ui.models.wording import compared_on, headline


class ModelView(QWidget):
    """Header and tabs; it holds a model and asks for its figures."""

    left = Signal()
    """The person wants to see all models instead."""
    asked = Signal(object)
    """Figures of this model are wanted from those analyses, a tuple."""
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.record: ModelRecord | None = None
        self.header = ModelHeader()
        self.header.back.clicked.connect(self.left)
        self.overview, self.explain = Overview(), ExplainTab()
        self.explain.asked.connect(self.asked)
        self.explain.failed.connect(self.failed)
        self.overview.impact.failed.connect(self.failed)
        self.overview.impact.picked.connect(self._follow)
        self.leaderboard = Leaderboard()
        self.measured = label("", "secondary", wrap=True)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.overview, "Overview")
        self.tabs.addTab(self.explain, "Explain")
        self.tabs.addTab(_framed(self.measured, self.leaderboard), "Leaderboard")
        self.tabs.tabBar().setAccessibleName("Views of the model")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.header)
        column.addWidget(self.tabs, 1)

    def show_model(self, record: ModelRecord) -> None:
        """Show a model; its figures are asked for at once."""
        if self.record is not None and self.record.id == record.id:
            return
        self.record = record
        self.header.show_model(record)
        self.overview.show_model(record)
        self.overview.impact.wait("What the model looks at")
        self.leaderboard.show_candidates(record.model.leaderboard, headline(record.model))
        self.measured.setText(compared_on(record.model))
        self.explain.show_model(record)

    def show_figure(self, kind: str, figure: Figure) -> None:
        """A figure that was asked for has come."""
        self.explain.show_figure(kind, figure)
        if kind == "column_impact":
            self.overview.impact.show_figure(figure)

    def show_words(self, kind: str, words: str) -> None:
        """What its drawing says, or why it can't be drawn."""
        self.explain.show_words(kind, words)
        if kind == "column_impact" and self.overview.impact.figure is None:
            self.overview.impact.wait("What the model looks at", words)

    def _follow(self, column: str) -> None:
        self.tabs.setCurrentWidget(self.explain)
        self.explain.follow(column)


def _framed(*parts: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 16, 0, 0)
    frame: QFrame
    frame, inside = card()
    for part in parts:
        inside.addWidget(part)
    column.addWidget(frame)
    return page
