"""The Explain tab: a card per analysis that suits the model, drawn in the background."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from canvas_app.base.figure import Figure
from canvas_app.explain.analysis import Analysis, gallery
from canvas_app.project.project import ModelRecord
from canvas_app.ui.charts.chart import Chart
from canvas_app.ui.controls import label
from canvas_app.ui.forms.spin import WholeSpin

RESTING = 250
"""Milliseconds without another key after which a typed row number counts."""


class ExplainTab(QScrollArea):
    """What the model looks at, how a column moves it, right and wrong, one row, and what else there is."""

    asked = Signal(object)
    """Figures are wanted from those analyses, a tuple; the answers go to ``show_figure``."""
    failed = Signal(str)
    """A picture could not be saved."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.charts: dict[str, Chart] = {}
        """By the kind of their analysis."""
        self.row = WholeSpin()
        self._record: ModelRecord | None = None
        self._units: dict[str, type[Analysis]] = {}
        self._column = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(RESTING)
        self._rest.timeout.connect(self._ask_row)

    def show_model(self, record: ModelRecord) -> None:
        """Ask for the figures of another model; of the one that is shown already, nothing."""
        if self._record is not None and self._record.id == record.id:
            return
        self._record, self._column = record, ""
        self._units = {str(unit.spec.kind): unit for unit in gallery(record.model.problem)}
        self._lay_out()
        self.asked.emit(tuple(unit() for unit in self._units.values()))

    def follow(self, column: str) -> None:
        """Show what that column does, in every card that looks at one column."""
        self._column = column
        for chart in self.charts.values():
            chart.select(column)
        self._ask_again("column", column)

    def show_figure(self, kind: str, figure: Figure) -> None:
        """A figure that was asked for has come."""
        if figure.marks.kind == "bars" and not self._column and figure.rows:
            self._column = str(figure.rows[0][0])
        self.charts[kind].show_figure(figure, self._column)

    def show_words(self, kind: str, words: str) -> None:
        """What its drawing says, or why it can't be drawn, where there is no figure yet."""
        chart = self.charts[kind]
        if chart.figure is None:
            chart.wait(chart.title.text(), words)

    def _ask_again(self, field: str, value: object) -> None:
        units = (unit for unit in self._units.values() if field in unit.model_fields)
        self.asked.emit(tuple(unit.read({field: value}) for unit in units))

    def _ask_row(self) -> None:
        self._ask_again("row", self.row.value())

    def _lay_out(self) -> None:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 16, 0, 0)
        grid.setSpacing(16)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 7)
        self.charts = {}
        for at, (kind, unit) in enumerate(self._units.items()):
            chart = Chart(str(unit.spec.title))
            chart.picture.tight = True
            chart.wait(str(unit.spec.title))
            chart.failed.connect(self.failed)
            chart.picked.connect(self.follow)
            if "row" in unit.model_fields:
                self._add_row_picker(chart)
            self.charts[kind] = chart
            grid.addWidget(chart, at // 2, at % 2)
        self.setWidget(inside)

    def _add_row_picker(self, chart: Chart) -> None:
        rows = self._record.model.rows.test if self._record else 1
        self.row = WholeSpin()
        self.row.setRange(1, max(1, rows))
        self.row.setProperty("dense", True)
        self.row.setMinimumWidth(96)
        self.row.setAccessibleName("Row")
        self.row.setToolTip("Which of the test rows is explained")
        self.row.valueChanged.connect(lambda _: self._rest.start())
        name = label("Row", "secondary")
        name.setBuddy(self.row)
        chart.corner.addWidget(name)
        chart.corner.addWidget(self.row)
