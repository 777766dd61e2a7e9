"""A build while it runs: the curve, the leaderboard filling, what is tried, and how to end it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from canvas_app.base.words import counted, duration
from canvas_app.training.model import Candidate, Trial
from canvas_app.ui.bridge import Work
from canvas_app.ui.controls import button, card, icon_button, label
from canvas_app.ui.models.build_curve import BuildCurve
from canvas_app.ui.models.leaderboard import Leaderboard
from canvas_app.ui.models.wording import whole


class BuildView(QWidget):
    """Follows one running build."""

    left = Signal()
    """The person wants to see all models instead."""

    def __init__(self) -> None:
        super().__init__()
        self._work: Work | None = None
        self._told = 0
        self._trials: list[Trial] = []
        self._candidates: dict[str, Candidate] = {}
        self.back = icon_button("All models", "ph.caret-left", self.left.emit)
        self.name = label("", "page-title")
        self.doing = label("", "muted", wrap=True)
        self.times = label("", "secondary")
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress of the build")
        self.progress.setTextVisible(False)
        self.finish = button("Finish now", self._finish, look="primary", symbol="ph.flag")
        self.finish.setToolTip("Keep the best model so far")
        self.stop = button("Stop", self._stop, look="danger", symbol="ph.stop")
        self.stop.setToolTip("End the build and keep nothing")
        self.curve, self.leaderboard = BuildCurve(), Leaderboard("Leaderboard so far")
        self.facts = label("", "secondary")
        self._clock = QTimer(self)
        self._clock.setInterval(500)
        self._clock.timeout.connect(self._show_times)
        self._lay_out()

    @property
    def work(self) -> Work | None:
        """The build that is followed."""
        return self._work

    def follow(self, work: Work, title: str) -> None:
        """Follow a build from its beginning, whatever it has said before."""
        if work is not self._work:
            self._work, self._told = work, 0
            self._trials, self._candidates = [], {}
            self.facts.clear()
            self.curve.show_trials(())
            self.leaderboard.setRowCount(0)
        self.curve.reach(0.0)
        self.name.setText(title)
        self.finish.setEnabled(True)
        self.stop.setEnabled(True)
        self.refresh()
        self._clock.start()

    def refresh(self) -> None:
        """Show what the build has said since."""
        if self._work is None:
            return
        news = self._work.found[self._told :]
        self._told += len(news)
        for found in news:
            self._take(found)
        if news:
            self.curve.show_trials(self._trials)
            board = sorted(self._candidates.values(), key=lambda item: item.score, reverse=self._rising())
            self.leaderboard.show_candidates(board)
        self.doing.setText(self._work.progress.note or "Preparing")
        done = self._work.progress.done
        self.progress.setRange(0, 1000 if done >= 0 else 0)
        self.progress.setValue(round(1000 * max(done, 0.0)))
        self._show_times()

    def _take(self, found: Mapping[str, Any]) -> None:
        if "trial" in found:
            self._trials.append(Trial(**found["trial"]))
        if "candidate" in found:
            candidate = Candidate(**found["candidate"])
            self._candidates[candidate.model_type] = candidate
        if "rows" in found:
            rows = found["rows"]
            parts = (f"{whole(value)} {_ROWS.get(name, name)}" for name, value in rows.items() if value)
            self.facts.setText("Rows: " + ", ".join(parts))

    def _rising(self) -> bool:
        """Whether a higher score is the better one, going by what the best so far did."""
        if len(self._trials) < 2:
            return True
        return self._trials[-1].best >= self._trials[0].best

    def _show_times(self) -> None:
        if self._work is None or not self._work.running:
            self._clock.stop()
            return
        elapsed, budget = self._work.elapsed, _budget(self._work)
        self.curve.reach(max(elapsed, budget or 0.0))
        words = f"{duration(round(elapsed))} elapsed"
        remaining = self._work.remaining if budget is None else budget - elapsed
        if remaining is not None:
            words += f" · about {duration(round(remaining))} left" if remaining >= 1 else " · finishing"
        if self._trials:
            words += f" · {counted(len(self._trials), 'trial')}"
        self.times.setText(words)

    def _finish(self) -> None:
        if self._work is not None and self._work.ticket is not None:
            self._work.ticket.finish()
            self.finish.setEnabled(False)

    def _stop(self) -> None:
        if self._work is not None and self._work.ticket is not None:
            self._work.ticket.stop()
            self.stop.setEnabled(False)

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        for part in (self.name, self.doing):
            words.addWidget(part)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        head.addWidget(self.stop)
        head.addWidget(self.finish)
        curve, inside = card()
        inside.addWidget(label("Best score so far", "strong"))
        inside.addWidget(label("Each dot is a trial, measured on the validation rows", "secondary"))
        inside.addWidget(self.curve, 1)
        board, below = card()
        below.addWidget(label("Leaderboard so far", "strong"))
        below.addWidget(self.leaderboard, 1)
        whole_view = QVBoxLayout(self)
        whole_view.setContentsMargins(0, 0, 0, 0)
        whole_view.setSpacing(12)
        whole_view.addLayout(head)
        whole_view.addWidget(self.progress)
        line = QHBoxLayout()
        line.addWidget(self.times)
        line.addStretch(1)
        line.addWidget(self.facts)
        whole_view.addLayout(line)
        whole_view.addWidget(curve, 3)
        whole_view.addWidget(board, 2)


def _budget(work: Work) -> float | None:
    """The seconds that the search may take, as the node of its flow says; None where it counts trials."""
    flow = getattr(work.job, "flow", {})
    nodes: list[dict[str, Any]] = flow.get("nodes", []) if isinstance(flow, dict) else []
    found = (node for node in nodes if node.get("id") == getattr(work.job, "node", ""))
    node: dict[str, Any] = next(found, {})
    values = node.get("unit", {}).get("values", {})
    return float(values["seconds"]) if values.get("limit") == "time" else None


_ROWS = {
    "train": "to learn from",
    "validation": "to choose on",
    "test": "kept apart",
    "without_target": "without an answer left out",
    "filtered": "filtered out",
}
