"""The live curve of a build: each trial a dot, the best score so far a line, against time."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from canvas_app.base.words import counted, duration
from canvas_app.training.model import Trial
from canvas_app.ui import theme

LEFT, RIGHT, TOP, BOTTOM = 58.0, 16.0, 12.0, 26.0
DOT = 3.0


class BuildCurve(QWidget):
    """Repainted with every trial; cheap enough for thousands."""

    def __init__(self) -> None:
        super().__init__()
        self._trials: tuple[Trial, ...] = ()
        self._low, self._high = 0.0, 1.0
        self._now = 0.0
        self.setMinimumHeight(220)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("Best score so far")

    def sizeHint(self) -> QSize:
        """Wider than high."""
        return QSize(560, 260)

    def show_trials(self, trials: Sequence[Trial]) -> None:
        """Show these trials, oldest first; those without a score are counted, and not drawn."""
        self._trials = tuple(
            trial for trial in trials if math.isfinite(trial.score) and math.isfinite(trial.best)
        )
        self._low, self._high = _range(self._trials) if self._trials else (0.0, 1.0)
        best = f", best score so far {self._trials[-1].best:.4g}" if self._trials else ""
        self.setAccessibleDescription(f"{counted(len(trials), 'trial')}{best}" if trials else "")
        self.update()

    def reach(self, seconds: float) -> None:
        """Let the time axis reach to this moment, or to the end of the budget where that is later."""
        self._now = seconds
        self.update()

    @property
    def until(self) -> float:
        """Where the time axis ends, in seconds since the build began."""
        last = self._trials[-1].seconds if self._trials else 0.0
        return max(self._now, last, 1e-9)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint grid, dots, line."""
        del event
        tokens = theme.current()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self._trials:
                painter.setPen(QColor(tokens.muted))
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, "The first trial is on its way")
                return
            self._paint_grid(painter)
            self._paint_dots(painter)
            self._paint_best(painter)

    def _paint_grid(self, painter: QPainter) -> None:
        tokens, low, high = theme.current(), self._low, self._high
        font = self.font()
        font.setPixelSize(tokens.caption)
        painter.setFont(font)
        for value in _ticks(low, high):
            y = self._place(0, value).y()
            painter.setPen(QPen(QColor(tokens.line), 1))
            painter.drawLine(QPointF(LEFT, y), QPointF(self.width() - RIGHT, y))
            painter.setPen(QColor(tokens.muted))
            box = QRectF(0, y - 9, LEFT - 8, 18)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:.6g}")
        end = QRectF(LEFT, self.height() - BOTTOM + 6, self.width() - LEFT - RIGHT, 18)
        painter.drawText(end, Qt.AlignmentFlag.AlignLeft, "0 s")
        painter.drawText(end, Qt.AlignmentFlag.AlignRight, duration(self.until))

    def _paint_dots(self, painter: QPainter) -> None:
        colour = QColor(theme.current().accent)
        colour.setAlphaF(0.45)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        low, high = self._low, self._high
        for trial in self._trials:
            score = min(max(trial.score, low), high)
            painter.drawEllipse(self._place(trial.seconds, score), DOT, DOT)

    def _paint_best(self, painter: QPainter) -> None:
        path = QPainterPath(self._place(self._trials[0].seconds, self._trials[0].best))
        for before, trial in pairwise(self._trials):
            path.lineTo(self._place(trial.seconds, before.best))
            path.lineTo(self._place(trial.seconds, trial.best))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(theme.current().group("model")), 2.2))
        painter.drawPath(path)

    def _place(self, seconds: float, value: float) -> QPointF:
        low, high = self._low, self._high
        until = self.until
        width, height = self.width() - LEFT - RIGHT, self.height() - TOP - BOTTOM
        return QPointF(LEFT + width * seconds / until, TOP + height * (1 - (value - low) / (high - low)))


def _range(trials: Sequence[Trial]) -> tuple[float, float]:
    """All of the best line, and as much of the dots as stays readable: wild ones stand at the edge."""
    bests = [trial.best for trial in trials]
    scores = sorted(trial.score for trial in trials)
    middle = scores[len(scores) // 8 : len(scores) - len(scores) // 8] or scores
    low, high = min(*bests, middle[0]), max(*bests, middle[-1])
    margin = (high - low) * 0.08 or abs(high) * 0.05 or 1.0
    return low - margin, high + margin


def _ticks(low: float, high: float) -> list[float]:
    """Two to four round values inside the range."""
    size = 10.0 ** math.floor(math.log10(high - low))
    for step in (size * part for part in (0.2, 0.25, 0.5, 1.0, 2.0)):
        first, last = math.ceil(low / step), math.floor(high / step)
        if last - first < 4:
            return [round(step * at, 12) for at in range(first, last + 1)]
    return [low, high]
