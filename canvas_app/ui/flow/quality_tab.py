"""What is worth a look in the previewed table, by the quick findings, each with what puts it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.ui.controls import label
from canvas_app.ui.data.worth_a_look import WorthALook

if TYPE_CHECKING:
    from canvas_app.data.engine import Engine
    from canvas_app.data.health import HealthReport
    from canvas_app.ui.bridge import PreviewLane
    from canvas_app.ui.grid.table_source import TableSource


class QualityTab(QWidget):
    """The findings about one table; it is looked at when somebody looks."""

    fix_wanted = Signal(object)
    """The ``Found`` whose fix shall come behind the node."""

    def __init__(self, lane: PreviewLane) -> None:
        super().__init__()
        self._lane = lane
        self._source: TableSource | None = None
        self._asked: TableSource | None = None
        self._target = ""
        self.found = WorthALook()
        self.found.fix_wanted.connect(self.fix_wanted)
        self.message = label("", "muted", wrap=True)
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scrolled = self._scroll_area()
        self._pages = QStackedWidget()
        for part in (self.message, self._scrolled):
            self._pages.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def show_table(self, source: TableSource, target: str, *, shown: bool) -> None:
        """Another table, and the column of it that is predicted; it is looked at now if the tab is shown."""
        self._source, self._target = source, target
        if shown:
            self.look()

    def look(self) -> None:
        """Look at the table, unless that was done."""
        source, target = self._source, self._target
        if source is None or source is self._asked:
            return
        self._asked = source
        self._say("Looking at the table…")

        def work(engine: Engine) -> HealthReport:
            from canvas_app.data.health import health

            return health(engine.read_parquet(source.whole(engine)), target, heavy=False)

        self._lane.ask((id(self), "quality"), work, self.show_report, self._failed)

    def show_report(self, report: HealthReport) -> None:
        """Show what was found; where that is nothing, say so."""
        self.found.show_report(report, lambda _: False)
        if report.found:
            self._pages.setCurrentWidget(self._scrolled)
        else:
            self._say("Nothing stands out. The health report on the Data page looks more closely.")

    def clear(self) -> None:
        """Show nothing."""
        self._source = self._asked = None
        self._lane.forget((id(self), "quality"))
        self.found.clear()

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self._pages.setCurrentWidget(self.message)

    def _failed(self, error: CanvasError) -> None:
        self._say(str(error))

    def _scroll_area(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 4, 16, 8)
        column.addWidget(self.found)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("Quality after the node")
        return area
