"""What the model says about one row: the answer, how sure it is, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from canvas_app.ui import theme
from canvas_app.ui.charts.chart import Chart
from canvas_app.ui.controls import card, label

if TYPE_CHECKING:
    from canvas_app.base.figure import Figure
    from canvas_app.explain.row_job import ExplainedRow

MOST_CLASSES = 8


class ShareBar(QWidget):
    """A thin bar that fills to a share of one."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self._first = False
        self.setFixedHeight(10)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_share(self, share: float, *, first: bool) -> None:
        """Fill to that share; the first of several is the stronger colour."""
        self._share, self._first = share, first
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint track and bar."""
        del event
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(0, 0, 0, 0))
        painter.setBrush(QColor(tokens.chip))
        painter.drawRoundedRect(self.rect(), 5, 5)
        colour = QColor(tokens.accent)
        colour.setAlphaF(1.0 if self._first else 0.55)
        painter.setBrush(colour)
        filled = self.rect()
        filled.setWidth(max(6 if self._share > 0 else 0, round(self.width() * self._share)))
        painter.drawRoundedRect(filled, 5, 5)
        painter.end()


class AnswerView(QWidget):
    """Answer, shares of the classes, notes, and the steps that lead there."""

    def __init__(self) -> None:
        super().__init__()
        frame, inside = card()
        self.asked = label("", "secondary")
        self.said = label("", "page-title")
        self.notes = label("", "warning", wrap=True)
        self._bars = QGridLayout()
        self._bars.setHorizontalSpacing(12)
        self._bars.setColumnStretch(1, 1)
        self._figure: Figure | None = None
        self._open = False
        self._lines: list[tuple[QLabel, ShareBar, QLabel]] = []
        for part in (self.asked, self.said):
            inside.addWidget(part)
        inside.addLayout(self._bars)
        inside.addWidget(self.notes)
        self.why = Chart("Why this answer")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(frame)
        column.addWidget(self.why, 1)
        self.notes.hide()

    def wait(self, target: str) -> None:
        """The answer to a new question is on its way."""
        self.asked.setText(f"{target} will be")
        self.said.setText("…")
        self.notes.hide()
        self._show_shares((), ())
        self._figure = None
        self.why.wait("Why this answer")

    def show_answer(self, row: ExplainedRow) -> None:
        """Show what was said."""
        self.said.setText(row.prediction)
        self._show_shares(row.classes, row.probabilities)
        self.notes.setText("\n".join(row.notes))
        self.notes.setVisible(bool(row.notes))
        self._figure = row.figure
        if self._open:
            self.why.show_figure(row.figure)

    def open_up(self) -> None:
        """The painters are loaded: show the steps from now on."""
        self._open = True
        if self._figure is not None:
            self.why.show_figure(self._figure)

    def show_trouble(self, words: str) -> None:
        """The row can't be answered; what happened and what to do."""
        self.said.setText("–")
        self._show_shares((), ())
        self.notes.setText(words)
        self.notes.show()

    def _show_shares(self, classes: Sequence[str], shares: Sequence[float]) -> None:
        order = sorted(range(len(classes)), key=lambda at: -shares[at])[:MOST_CLASSES]
        while len(self._lines) > len(order):
            for part in self._lines.pop():
                part.deleteLater()
        while len(self._lines) < len(order):
            self._add_line()
        best = max(shares, default=0.0)
        for (name, bar, text), at in zip(self._lines, order, strict=True):
            name.setText(classes[at])
            bar.show_share(shares[at], first=shares[at] == best)
            text.setText(f"{100 * shares[at]:.1f} %")

    def _add_line(self) -> None:
        line = (label(), ShareBar(), label("", "secondary"))
        widgets: tuple[QWidget, ...] = line
        for column, part in enumerate(widgets):
            self._bars.addWidget(part, len(self._lines), column)
        self._lines.append(line)
