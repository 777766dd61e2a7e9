"""The first tab of a model: what it is, on which rows it rests, and what a person should know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from canvas_app.base.words import duration
from canvas_app.project.project import ModelRecord
from canvas_app.training.model import BuiltModel
from canvas_app.ui.charts.chart import Chart
from canvas_app.ui.controls import card, label, row
from canvas_app.ui.models.wording import PROBLEMS, TERMS, headline, meaning, moment, score, whole
from canvas_app.ui.theme.icons import pixmap

Facts = Sequence[tuple[str, str, str]]
"""What, how much, and a tooltip."""
BASELINE = "baseline"
PLAIN: Mapping[str, str] = MappingProxyType(
    {
        "linear_model": "A weighted sum of the columns",
        BASELINE: "The same answer for every row, whatever its columns say",
    }
)
"""Kinds of models that a search has to beat, and what they do."""


class Overview(QScrollArea):
    """Key facts, rows, notes, what plain models reach, and which columns matter most."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.impact = Chart("What the model looks at")
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 16, 0, 0)
        columns.setSpacing(16)
        for part in (self._left, self._right):
            part.setSpacing(16)
            columns.addLayout(part, 1)
        self._right.addWidget(self.impact)
        self._right.addStretch(1)
        self._shown: list[QFrame] = []
        self.setWidget(inside)

    def show_model(self, record: ModelRecord) -> None:
        """Show the facts of another model."""
        for part in self._shown:
            part.deleteLater()
        while self._left.takeAt(0) is not None:
            pass
        model = record.model
        self._shown = [
            _facts_card("At a glance", _key_facts(record)),
            _facts_card("Rows", _row_facts(model)),
            _worth_card(model),
            *([_notes_card(model.notes)] if model.notes else []),
        ]
        for part in self._shown[:2]:
            self._left.addWidget(part)
        for part in self._shown[3:]:
            self._left.addWidget(part)
        self._left.addStretch(1)
        self._right.insertWidget(0, self._shown[2])


def _key_facts(record: ModelRecord) -> Facts:
    model = record.model
    tried = f"{len(model.trials)} trials" if len(model.trials) != 1 else "1 trial"
    return [
        ("Predicts", model.target, ""),
        ("Kind of answer", PROBLEMS[model.problem], TERMS[model.problem]),
        *([("Possible answers", _listed(model.classes), "")] if model.classes else []),
        ("Model", model.title, model.model_type),
        ("Search", f"{tried} in {duration(model.seconds)}, seed {model.seed}", ""),
        ("Columns", f"{len(model.columns)}: {_listed(model.columns)}", "\n".join(model.columns)),
        ("Built", moment(record.made_at), record.made_at),
        ("Fingerprint", record.id[:12], f"SHA-256 of its files: {record.id}"),
    ]


def _row_facts(model: BuiltModel) -> Facts:
    rows = model.rows
    found = [
        ("Learned from", whole(rows.train), "Training rows"),
        ("Chosen on", whole(rows.validation), "Validation rows: the search compares its trials on them"),
        ("Measured on", whole(rows.test), "Test rows: kept apart, opened once, after the search"),
    ]
    if rows.without_target:
        found.append(
            ("Left out: no answer known", whole(rows.without_target), f"{model.target} is blank there")
        )
    if rows.filtered:
        found.append(
            ("Left out: filtered", whole(rows.filtered), "By the steps between the border and the model")
        )
    return found


def _worth_card(model: BuiltModel) -> QFrame:
    """What the headline metric means, and what plain models reach by it on the validation rows."""
    metric = headline(model)
    frame = _facts_card("Compared with plain models", _plain_facts(model))
    inside = frame.layout()
    if metric is None or inside is None:
        return frame
    inside.addWidget(label(f"{metric.title} on {whole(model.rows.validation)} validation rows", "caption"))
    if model.model_type == BASELINE:
        inside.addWidget(label("No model did better than the baseline, which looks at no column.", wrap=True))
    inside.addWidget(label(meaning(model, metric), wrap=True))
    return frame


def _plain_facts(model: BuiltModel) -> Facts:
    """The chosen model's score, and below it those of the plain models that it had to beat."""
    compared = [item for item in model.leaderboard if item.chosen or item.model_type in PLAIN]
    ordered = sorted(compared, key=lambda item: (not item.chosen, item.model_type == BASELINE))
    return [
        (
            f"{item.title}, chosen" if item.chosen else item.title,
            score(model.metric, item.score),
            PLAIN.get(item.model_type, "The best of the search"),
        )
        for item in ordered
    ]


def _facts_card(title: str, facts: Facts) -> QFrame:
    frame, inside = card()
    inside.addWidget(label(title, "strong"))
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(6)
    grid.setColumnStretch(1, 1)
    for at, (name, value, tip) in enumerate(facts):
        said = label(value, wrap=True)
        said.setToolTip(tip)
        grid.addWidget(label(name, "muted"), at, 0)
        grid.addWidget(said, at, 1)
    inside.addLayout(grid)
    return frame


def _notes_card(notes: Sequence[str]) -> QFrame:
    frame, inside = card()
    inside.addWidget(label("Worth knowing", "strong"))
    for note in notes:
        mark = label()
        mark.setPixmap(pixmap("ph.info", 16, "accent"))
        words = label(note, wrap=True)
        line = row(mark, words)
        line.setStretch(1, 1)
        inside.addLayout(line)
    return frame


def _listed(names: Sequence[str], most: int = 6) -> str:
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")
