"""How the columns of a table hang together: a map of all pairs, the strongest in words, and a target."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QScrollArea, QSplitter, QVBoxLayout, QWidget

from canvas_app.data.relation_figures import heat_figure, pair_words, target_figure
from canvas_app.data.relations import Relation, Relations, Way
from canvas_app.data.relations_job import RelationsJob
from canvas_app.data.schema import Schema
from canvas_app.jobs.job import Crashed, Done, Failed, Outcome, Progress
from canvas_app.ui.charts.chart import Chart
from canvas_app.ui.charts.heat_painter import BETWEEN
from canvas_app.ui.controls import button, card, label, row
from canvas_app.ui.forms.search_combo import Choice, SearchCombo
from canvas_app.ui.forms.segments import Segments
from canvas_app.ui.grid.cell_text import short
from canvas_app.ui.page import words_of

if TYPE_CHECKING:
    from canvas_app.jobs.pool import JobRunner, Ticket

_TOLD = 12
"""Pairs that are told in words."""
_MOST_TARGETS = 2_000
_WAYS = (
    Choice("by type", "By type"),
    Choice("pearson", "Straight line"),
    Choice("mutual information", "Mutual information"),
)
_MEASURING = "Measuring all pairs…"


class RelationsView(QWidget):
    """Measures in a worker when somebody looks, and stops when nobody does any more."""

    pair_wanted = Signal(str, str)
    """Two columns that shall be drawn against each other."""
    failed = Signal(str)

    def __init__(self, runner: JobRunner) -> None:
        super().__init__()
        self._runner = runner
        self._path = Path()
        self._schema = Schema()
        self._way: Way = "by type"
        self._ticket: Ticket | None = None
        self._number = 0
        self._found: Relations | None = None
        self._pairs: tuple[Relation, ...] = ()
        self.target = SearchCombo("Column to predict", nothing="No column to predict")
        self.ways = Segments("How pairs of numbers are measured", dense=True)
        self.heat = Chart("How the columns hang together")
        self.bars = Chart("What goes with the target")
        self.pairs = QListWidget()
        self.draw = button("Draw this pair", self._draw, symbol="ph.chart-bar")
        self.notes = label("", "secondary", wrap=True)
        self._lay_out()
        self._connect()

    def show_file(self, path: Path, schema: Schema) -> None:
        """Another table; nothing is measured before somebody looks."""
        self.leave()
        self._path, self._schema, self._found = path, schema, None
        choices = [Choice(info.name, short(info.name, 60)) for info in schema if info.type != "other"]
        self.target.offer((Choice("", "No column to predict"), *choices[:_MOST_TARGETS]), "")
        self._wait(_MEASURING)

    def look(self) -> None:
        """Measure, unless that was done or is being done."""
        if self._found is None and self._ticket is None:
            self._ask()

    def leave(self) -> None:
        """Stop what is measured."""
        self._number += 1
        ticket, self._ticket = self._ticket, None
        if ticket is not None:
            ticket.stop()

    def choose_target(self, name: str) -> None:
        """Measure anew, with that column to predict."""
        self.target.setCurrentIndex(max(0, self.target.findData(name)))
        self._anew()

    def _anew(self) -> None:
        self.leave()
        self._found = None
        self._wait(_MEASURING)
        self._ask()

    def _ask(self) -> None:
        number = self._number
        job = RelationsJob(str(self._path), self._way, self.target.value())

        def ended(outcome: Outcome[Relations]) -> None:
            if number == self._number:
                self._ended(outcome)

        def progressed(progress: Progress) -> None:
            if number == self._number and self._ticket is not None:
                self.heat.wait("How the columns hang together", f"{progress.note}…")

        self._ticket = self._runner.submit(job, progress=progressed, outcome=ended)
        if self._found is not None:  # it ran at once
            self._ticket = None

    def _ended(self, outcome: Outcome[Relations]) -> None:
        self._ticket = None
        match outcome:
            case Done(found):
                self._show(found)
            case Failed() | Crashed():
                self._wait(words_of(outcome))
                self.failed.emit(words_of(outcome))

    def _show(self, found: Relations) -> None:
        self._found = found
        target = self.target.value()
        if found.pairs:
            self.heat.show_figure(heat_figure(found))
        else:
            self.heat.wait("How the columns hang together", "There are no two columns to compare.")
        self.bars.setVisible(bool(target))
        if target:
            self.bars.show_figure(target_figure(found, target))
        self.notes.setText("\n".join(found.notes))
        self.notes.setVisible(bool(found.notes))
        self._tell(found.strongest[:_TOLD])

    def _tell(self, pairs: Sequence[Relation]) -> None:
        self._pairs = tuple(pairs)
        self.pairs.clear()
        for pair in pairs:
            words = pair_words(pair)
            item = QListWidgetItem(words, self.pairs)
            item.setToolTip(words)
        self.draw.setEnabled(False)

    def _wait(self, why: str) -> None:
        self.heat.wait("How the columns hang together", why)
        self.bars.hide()
        self.notes.hide()
        self._tell(())

    def _pick(self, name: str) -> None:
        """A field of the map: its pair, first in the list."""
        if self._found is None:
            return
        chosen = next((one for one in self._found.pairs if _named(one) == name), None)
        if chosen is not None:
            rest = [one for one in self._found.strongest[:_TOLD] if one != chosen]
            self._tell((chosen, *rest))
            self.pairs.setCurrentRow(0)

    def _point(self, at: int) -> None:
        self.draw.setEnabled(at >= 0)
        if 0 <= at < len(self._pairs):
            self.heat.select(_named(self._pairs[at]))

    def _draw(self) -> None:
        at = self.pairs.currentRow()
        if 0 <= at < len(self._pairs):
            self.pair_wanted.emit(self._pairs[at].left, self._pairs[at].right)

    def _measure_by(self, way: Way) -> None:
        self._way = way
        self.ways.offer(_WAYS, way)
        self._anew()

    def _draw_with_target(self, name: str) -> None:
        self.pair_wanted.emit(name, self.target.value())

    def _connect(self) -> None:
        self.target.picked.connect(lambda _: self._anew())
        self.ways.picked.connect(self._measure_by)
        self.heat.picked.connect(self._pick)
        self.bars.picked.connect(self._draw_with_target)
        self.pairs.currentRowChanged.connect(self._point)
        self.pairs.itemActivated.connect(lambda _: self._draw())
        self.heat.failed.connect(self.failed)
        self.bars.failed.connect(self.failed)

    def _lay_out(self) -> None:
        self.ways.offer(_WAYS, self._way)
        self.pairs.setAccessibleName("Strongest pairs")
        self.pairs.setWordWrap(True)
        self.pairs.setSpacing(3)
        self.pairs.setProperty("plain", "true")
        self.pairs.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        caption = label("Predict", "label")
        caption.setBuddy(self.target)
        self.target.setMinimumWidth(220)
        head = row(caption, self.target, 1, label("Measure", "label"), self.ways, spacing=10)
        right, inside = card(margin=14, spacing=8)
        inside.addWidget(label("Strongest pairs", "strong"))
        inside.addWidget(self.pairs, 1)
        inside.addLayout(row(self.draw, 1))
        inside.addWidget(self.notes)
        pictures = QWidget()
        column = QVBoxLayout(pictures)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        for part in (self.bars, self.heat):
            column.addWidget(part)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(pictures)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.addWidget(scroll)
        self.splitter.addWidget(right)
        self.splitter.setSizes([760, 360])
        self.splitter.setStretchFactor(0, 1)
        self.splitter.setChildrenCollapsible(False)
        around = QVBoxLayout(self)
        around.setContentsMargins(24, 14, 24, 20)
        around.setSpacing(12)
        around.addLayout(head)
        around.addWidget(self.splitter, 1)


def _named(pair: Relation) -> str:
    """What the map calls the pair: the column that comes first is named first."""
    return f"{pair.left}{BETWEEN}{pair.right}"
