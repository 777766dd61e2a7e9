"""The cards of running builds and of all models, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from canvas_app.project.project import ModelRecord
from canvas_app.ui.bridge import Work
from canvas_app.ui.controls import label
from canvas_app.ui.flow_layout import FlowLayout
from canvas_app.ui.models.wording import PROBLEMS, headline, interval, moment, score
from canvas_app.ui.theme.icons import pixmap

CARD = QSize(300, 172)


class _Tile(QPushButton):
    """A button as large as a card."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "tile")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """All of one size."""
        return CARD


class ModelCard(_Tile):
    """One model as a button: name, target, headline metric with its interval, family, date."""

    def __init__(self, record: ModelRecord) -> None:
        super().__init__()
        self.record = record
        name = f"{record.name}, version {record.version}"
        self.setAccessibleName(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(2)
        column.addLayout(self._head(name))
        kind = PROBLEMS[record.model.problem]
        column.addWidget(self._line(f"Predicts {record.model.target} · {kind}", "secondary"))
        column.addSpacing(8)
        self._add_metric(column, record)
        column.addStretch(1)
        column.addWidget(self._line(record.model.title, "secondary"))
        column.addWidget(self._line(moment(record.made_at), "caption"))

    def _head(self, name: str) -> QHBoxLayout:
        mark = label()
        mark.setPixmap(pixmap("ph.cube", 18, "model"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(mark)
        head.addWidget(self._line(name, "strong"), 1)
        return head

    def _add_metric(self, column: QVBoxLayout, record: ModelRecord) -> None:
        metric = headline(record.model)
        if metric is None:
            return
        value = score(metric.kind, metric.value)
        column.addWidget(self._line(value, "number"))
        column.addWidget(self._line(f"{metric.title} · {interval(metric)}", "caption"))
        self.setAccessibleDescription(f"{metric.title} {value}")

    def _line(self, text: str, role: str) -> QWidget:
        made = label(text, role)
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        return made


class BuildCard(_Tile):
    """A build that runs, as a button that leads to its view."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setAccessibleName(f"Watch {title}")
        self._doing = label("", "secondary", wrap=True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(f"Progress of {title}")
        self.bar.setTextVisible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(label(title, "strong"))
        column.addWidget(self._doing)
        column.addStretch(1)
        column.addWidget(self.bar)

    def show_progress(self, done: float, note: str) -> None:
        """Say how far it is; below 0 where nobody knows."""
        self._doing.setText(note)
        self.bar.setRange(0, 1000 if done >= 0 else 0)
        self.bar.setValue(round(1000 * max(done, 0.0)))


class ModelGallery(QScrollArea):
    """What is being built, and all models of the project."""

    chosen = Signal(str)
    """A model, told by its id."""
    watched = Signal(object)
    """A build, told as its ``Work``."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.cards: tuple[ModelCard, ...] = ()
        self.builds: tuple[tuple[Work, BuildCard], ...] = ()

    def show_all(self, records: Sequence[ModelRecord], builds: Sequence[tuple[Work, str]]) -> None:
        """A card per running build, then one per model, the newest first."""
        inside = QWidget()
        flow = FlowLayout(inside, spacing=16)
        flow.setContentsMargins(0, 0, 0, 0)
        self.builds = tuple((work, BuildCard(title)) for work, title in builds)
        self.cards = tuple(ModelCard(record) for record in reversed(records))
        for work, build in self.builds:
            build.clicked.connect(partial(self._watch, work))
            flow.addWidget(build)
        for card in self.cards:
            card.clicked.connect(partial(self._choose, card.record.id))
            flow.addWidget(card)
        self.setWidget(inside)
        self.follow_builds()

    def follow_builds(self) -> None:
        """Show how far the running builds are."""
        for work, build in self.builds:
            build.show_progress(work.progress.done, work.progress.note)

    def _choose(self, model: str) -> None:
        self.chosen.emit(model)

    def _watch(self, work: Work) -> None:
        self.watched.emit(work)
