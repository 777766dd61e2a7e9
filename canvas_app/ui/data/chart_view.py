"""Charts of a table on demand: a kind, its columns, and the picture that follows every change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError, Problem
from canvas_app.data.chart_kind import CHARTS, ChartKind, ChartTable, first_guess
from canvas_app.data.schema import Schema
from canvas_app.ui.charts.chart import Chart
from canvas_app.ui.controls import label
from canvas_app.ui.forms.form import Form
from canvas_app.ui.forms.search_combo import Choice, SearchCombo

if TYPE_CHECKING:
    from canvas_app.base.figure import Figure
    from canvas_app.data.engine import Engine
    from canvas_app.ui.bridge import PreviewLane

_NUMBERS = ("number", "whole", "time")


class ChartView(QWidget):
    """One chart at a time, computed on the preview lane; of several wishes the latest wins."""

    failed = Signal(str)

    def __init__(self, lane: PreviewLane) -> None:
        super().__init__()
        self._lane = lane
        self._path = Path()
        self._schema = Schema()
        self._drawn: ChartKind | None = None
        self.unit: ChartKind | None = None
        self.kinds = SearchCombo("Kind of chart")
        self.question = label("", "secondary", wrap=True)
        self.form = Form()
        self.chart = Chart("Chart")
        self._lay_out()
        self.kinds.picked.connect(self._change_kind)
        self.form.edited.connect(self.show_chart)
        self.chart.failed.connect(self.failed)

    def show_file(self, path: Path, schema: Schema) -> None:
        """Another table; nothing is drawn before somebody looks."""
        self.leave()
        self._path, self._schema = path, schema
        self.unit = self._drawn = None

    def look(self) -> None:
        """Draw, unless that was done."""
        if self.unit is None:
            self.show_chart(first_guess(_sorted()[0], self._schema))
        elif self._drawn is not self.unit:
            self.show_chart(self.unit)

    def leave(self) -> None:
        """Stop what is computed."""
        self._lane.forget((id(self), "chart"))

    def show_chart(self, unit: ChartKind) -> None:
        """Draw a chart of the table, or say what it still needs."""
        self.unit = unit
        self.kinds.setCurrentIndex(self.kinds.findData(unit.spec.kind))
        self.question.setText(unit.spec.question)
        problems = unit.check_needed()
        self.form.show(unit, (self._schema,), problems)
        self.leave()
        if problems:
            self.chart.wait(unit.spec.title, problems[0].text)
            return
        if self.chart.figure is None:
            self.chart.wait(unit.spec.title, "Drawing…")
        path, schema = self._path, self._schema

        def work(engine: Engine) -> Figure:
            from canvas_app.ui.charts.warm_up import warm_up

            warm_up()
            return unit.draw(ChartTable(engine, path, schema))

        self._lane.ask((id(self), "chart"), work, self._came, self._failed)

    def show_pair(self, left: str, right: str) -> None:
        """Draw two columns against each other by what suits their types."""
        if left in self._schema and right in self._schema:
            self.show_chart(chart_of_pair(self._schema, left, right))

    def _change_kind(self, kind: str) -> None:
        """Another kind of chart, with the same colours and panels."""
        made = first_guess(CHARTS[kind], self._schema)
        if self.unit is not None:
            kept = {name: getattr(self.unit, name) for name in ("colour_by", "panels")}
            made = made.changed(**kept)
        self.show_chart(made)

    def _came(self, figure: Figure) -> None:
        self._drawn = self.unit
        self.chart.show_figure(figure)

    def _failed(self, error: CanvasError) -> None:
        problem = Problem(error.message, error.hint, field=error.where.field)
        self.form.show_problems((problem,))
        self.chart.wait(self.unit.spec.title if self.unit is not None else "Chart", problem.text)

    def _lay_out(self) -> None:
        self.kinds.offer([Choice(unit.spec.kind, unit.spec.title, unit.spec.icon) for unit in _sorted()], "")
        caption = label("Kind of chart", "label")
        caption.setBuddy(self.kinds)
        left = QWidget()
        inside = QVBoxLayout(left)
        inside.setContentsMargins(24, 16, 16, 20)
        inside.setSpacing(6)
        inside.addWidget(caption)
        inside.addWidget(self.kinds)
        inside.addWidget(self.question)
        inside.addSpacing(12)
        inside.addWidget(self.form)
        inside.addStretch(1)
        right = QWidget()
        around = QVBoxLayout(right)
        around.setContentsMargins(8, 16, 24, 20)
        around.addWidget(self.chart, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        for part in (left, right):
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QScrollArea.Shape.NoFrame)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scroll.setWidget(part)
            self.splitter.addWidget(scroll)
        self.splitter.setSizes([300, 800])
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.splitter)


def chart_of_pair(schema: Schema, left: str, right: str) -> ChartKind:
    """Numbers as dots, numbers by categories as boxes, categories as bars in colours."""
    one, other = (schema[name].type in _NUMBERS for name in (left, right))
    if one and other:
        return CHARTS["scatter"].read({"x": left, "y": right})
    if not one and not other:
        return CHARTS["bar"].read({"column": left, "colour_by": right})
    numbers, names = (left, right) if one else (right, left)
    if schema[numbers].type == "time":
        return CHARTS["histogram"].read({"column": numbers, "colour_by": names})
    return CHARTS["box"].read({"column": numbers, "by": names})


def _sorted() -> list[type[ChartKind]]:
    return sorted(CHARTS, key=lambda unit: unit.spec.order)
