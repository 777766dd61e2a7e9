"""Whole files: drop one, see whether it fits, have it answered, look, save."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from canvas_app.base.words import counted
from canvas_app.ui.controls import button, label, row
from canvas_app.ui.drop_card import DropCard
from canvas_app.ui.grid.grid import TableGrid
from canvas_app.ui.predict.answers_table import answer_marks, answers_table
from canvas_app.ui.theme.icons import pixmap

if TYPE_CHECKING:
    from canvas_app.bundle.preflight import Preflight
    from canvas_app.runtime.contract import Contract
    from canvas_app.ui.bridge import PreviewLane

_MARKS = {
    "good": ("ph.check-circle", "good"),
    "bad": ("ph.warning-circle", "bad"),
    "note": ("ph.info", "muted"),
}


class FileView(QWidget):
    """From the dropped file to the saved answers."""

    def __init__(self, lane: PreviewLane) -> None:
        super().__init__()
        self.drop = DropCard("Drop a file here", "CSV or Parquet, of any size; every row is answered")
        self.browse = self.drop.add_button(button("Browse"))
        self.browse.setAccessibleDescription("Choose a file to have its rows answered")
        self.needed = label("", "secondary", wrap=True)
        self.name = label("", "strong")
        self._contract: Contract | None = None
        self._facts = QVBoxLayout()
        self._facts.setSpacing(6)
        self.run = button("Predict this file", look="primary", symbol="ph.lightning")
        self.save = button("Save as…", symbol="ph.download-simple")
        self.stop = button("Stop", look="danger")
        self.progress = QProgressBar()
        self.progress.setAccessibleName("Progress of the answers")
        self.doing = label("", "secondary")
        self.grid = TableGrid(lane, name="Rows with their answers")
        self._lay_out()
        self.clear()

    def show_contract(self, contract: Contract) -> None:
        """Say which columns the model needs, while there is no file."""
        self._contract = contract
        names = ", ".join(contract.names)
        self.needed.setText(
            f"The model needs {counted(len(contract.names), 'column')}: {names}. "
            "Cells may be blank, and other columns are kept beside the answers."
        )
        self.clear()

    def clear(self) -> None:
        """No file, no answers."""
        self.name.setText("")
        self.needed.show()
        for part in (self.check, self.grid, self.progress, self.doing, self.stop, self.save):
            part.hide()
        self.grid.clear()

    def show_preflight(self, found: Preflight) -> None:
        """Show what the file brings, and whether it can be answered."""
        self.clear()
        self.needed.hide()
        self.name.setText(found.path.name)
        self._show_facts(found.lines())
        self.run.setVisible(True)
        self.run.setEnabled(found.ready)
        self.check.show()

    def show_progress(self, done: float, note: str) -> None:
        """The job says how far it is; below 0 where nobody knows."""
        self.run.setEnabled(False)
        for part in (self.progress, self.doing, self.stop):
            part.show()
        self.progress.setRange(0, 1000 if done >= 0 else 0)
        self.progress.setValue(round(1000 * max(done, 0.0)))
        self.doing.setText(note)

    def show_ended(self) -> None:
        """The job ended without answers."""
        for part in (self.progress, self.doing, self.stop):
            part.hide()
        self.run.setEnabled(True)

    def show_answers(self, path: Path, rows: int, notes: Sequence[str]) -> None:
        """Show the rows with their answers, and what is to be known about them."""
        self.show_ended()
        self._show_facts([("note", note) for note in notes])
        self.run.hide()
        self.save.show()
        self.doing.setText(f"{counted(rows, 'row')} answered")
        self.doing.show()
        if self._contract is not None:
            self.grid.show_table(answers_table(path, self._contract), answer_marks(self._contract))
            self.grid.show()

    def _show_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for kind, words in facts:
            self._facts.addWidget(_fact(kind, words))

    def _lay_out(self) -> None:
        self.check = QFrame()
        self.check.setProperty("card", "true")
        inside = QVBoxLayout(self.check)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.addWidget(self.name)
        inside.addLayout(self._facts)
        inside.addWidget(self.progress)
        inside.addLayout(row(self.run, self.save, self.stop, self.doing, 1))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 16, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.drop)
        column.addWidget(self.needed)
        column.addWidget(self.check)
        column.addWidget(self.grid, 1)
        column.addStretch(0)
        column.setAlignment(self.drop, Qt.AlignmentFlag.AlignTop)


def _fact(kind: str, words: str) -> QWidget:
    mark = label()
    mark.setPixmap(pixmap(_MARKS[kind][0], 16, _MARKS[kind][1]))
    said = label(words, "problem" if kind == "bad" else "", wrap=True)
    line = row(mark, said)
    line.setStretch(1, 1)
    made = QWidget()
    made.setLayout(line)
    return made
