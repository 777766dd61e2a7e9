"""The whole health report of a table: everything found, what each column tells, and a file to pass on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QFrame, QScrollArea, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.data.examined import MOST_COLUMNS
from canvas_app.data.files import write_atomically
from canvas_app.data.health_page import health_page
from canvas_app.ui.controls import button, label, row
from canvas_app.ui.data.dataset_panel import quick_words
from canvas_app.ui.data.share_bars import ShareBars
from canvas_app.ui.data.worth_a_look import WorthALook
from canvas_app.ui.grid.cell_text import percent, short, spaced
from canvas_app.ui.grid.glimpse import counted

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.finding import Found
    from canvas_app.data.health import HealthReport


class ReportDialog(QDialog):
    """A report to read from top to bottom; its buttons do what those of the side panel do."""

    def __init__(
        self, parent: QWidget, dataset: Dataset, report: HealthReport, done: Callable[[Found], bool]
    ) -> None:
        super().__init__(parent)
        self._dataset = dataset
        self._report = report
        self.setWindowTitle(f"Health of {short(dataset.name)}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.found = WorthALook()
        self.found.show_report(report, done)
        self.found.fix_wanted.connect(self.accept)
        self.message = label("", "secondary", wrap=True)
        self.save = button("Save as HTML", self._ask_and_save, symbol="ph.download-simple")
        self.close_button = button("Close", self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(10)
        column.addWidget(label(f"Health of {short(dataset.name)}, version {dataset.version}", "panel-title"))
        column.addWidget(label(facts_of(report), "muted", wrap=True))
        column.addWidget(self._scrolled(), 1)
        foot = row(self.message, self.save, self.close_button)
        foot.setStretch(0, 1)
        column.addLayout(foot)
        self.resize(760, 680)

    def save_to(self, path: Path) -> None:
        """Write the report as one file; raises ``CanvasError``."""
        page = health_page(self._dataset.name, self._dataset.version, self._report)

        def write(file: BinaryIO) -> None:
            file.write(page.encode())

        write_atomically(path, write)

    def _ask_and_save(self) -> None:
        name = f"Health of {self._dataset.name}.html".replace("/", " ")
        path, _ = QFileDialog.getSaveFileName(self, "Save the report", name, "HTML (*.html)")
        if not path:
            return
        try:
            self.save_to(Path(path) if Path(path).suffix else Path(f"{path}.html"))
        except CanvasError as error:
            self.message.setText(str(error))
        else:
            self.message.setText(f"Saved as {Path(path).name}.")

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 12, 0)
        column.setSpacing(8)
        if self._report.target:
            for part in self._about_target():
                column.addWidget(part)
        column.addWidget(label("Worth a look", "section"))
        column.addWidget(self.found)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setAccessibleName("The report")
        return area

    def _about_target(self) -> list[QWidget]:
        """The quick model, how the target is spread, and how well each column alone predicts it."""
        report = self._report
        quick = report.quick
        head = f"Quick {quick.metric} {spaced(f'{quick.score:.3f}')}" if quick else "No quick model"
        spread = ShareBars(f"How {report.target} is spread", bar=160)
        spread.show_lines(
            [(share, f"{short(name, 60)}  {percent(share)}") for name, share in report.target_shares]
        )
        parts: list[QWidget] = [label(f"Predicting {short(report.target)}", "section"), label(head, "strong")]
        parts.append(label(quick_words(report), "secondary", wrap=True))
        parts.append(spread)
        if report.powers:
            parts.append(label(f"What each column tells by itself, as {report.metric}", "section"))
            parts.append(power_bars(report))
        return parts


def power_bars(report: HealthReport) -> ShareBars:
    """A bar per column: from what tells nothing to what tells all."""
    made = ShareBars(f"How well each column alone predicts {report.target}", bar=160)
    floor = 0.5 if report.metric == "AUC" else 0.0
    shares = [((item.score - floor) / (1 - floor), item) for item in report.powers]
    made.show_lines(
        [(share, f"{spaced(f'{item.score:.2f}')}  {short(item.column, 60)}") for share, item in shares]
    )
    return made


def facts_of(report: HealthReport) -> str:
    """Size, blanks and duplicates in one line, and on how many rows it was measured."""
    words = [
        counted(report.rows, "row"),
        counted(report.columns, "column"),
        f"{percent(report.missing)} of the cells missing",
        counted(report.duplicates, "duplicate row"),
    ]
    if report.columns > MOST_COLUMNS:
        words.append(f"the first {counted(MOST_COLUMNS, 'column')} were looked at")
    if report.looked_at < report.rows:
        words.append(f"measured on a sample of {counted(report.looked_at, 'row')}")
    if report.powers and report.sampled < report.rows:
        words.append(f"models on {counted(report.sampled, 'row')}")
    return " · ".join(words)
