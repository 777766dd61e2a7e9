"""Asks where a view of a table is saved, and in which format."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QFileDialog, QLineEdit, QVBoxLayout, QWidget

from canvas_app.data.workbook import MOST_COLUMNS, MOST_ROWS
from canvas_app.ui.controls import button, label, row
from canvas_app.ui.grid.cell_text import spaced
from canvas_app.ui.grid.glimpse import counted

_FORMATS = (
    ("CSV (text, opens everywhere)", ".csv"),
    ("Excel workbook", ".xlsx"),
    ("Parquet (small, keeps all types)", ".parquet"),
)


class SaveDialog(QDialog):
    """A format, a file, and the button that saves; says what would not fit before it is tried."""

    def __init__(self, parent: QWidget, place: Path, rows: int, columns: int) -> None:
        """``place`` is the file that is proposed, without its suffix."""
        super().__init__(parent)
        self.setWindowTitle("Save the view")
        self.setMinimumWidth(480)
        self._size = (rows, columns)
        self.format = QComboBox()
        self.file = QLineEdit(f"{place}.csv")
        self.guard = QCheckBox("Guard texts that a spreadsheet would take for formulas")
        self.guard.setChecked(True)
        self.guard.setToolTip("Texts that begin with = + - @ get a ' in front; numbers stay as they are")
        self.words = label("", "secondary", wrap=True)
        self.save = button("Save", self.accept, look="primary")
        self._lay_out()
        self.format.currentIndexChanged.connect(self._follow_format)
        self.file.textChanged.connect(self._follow)
        self._follow()

    def path(self) -> Path:
        """The file that will be written."""
        path = Path(self.file.text().strip()).expanduser()
        return (
            path if path.suffix.lower() == self._suffix() else path.with_name(f"{path.name}{self._suffix()}")
        )

    def _suffix(self) -> str:
        return str(self.format.currentData())

    def _follow_format(self) -> None:
        path = Path(self.file.text().strip())
        if path.name and path.suffix.lower() in (suffix for _, suffix in _FORMATS):
            self.file.setText(str(path.with_suffix(self._suffix())))
        self._follow()

    def _follow(self) -> None:
        problem = self._problem()
        self.guard.setVisible(self._suffix() == ".csv")
        self.save.setEnabled(not problem)
        rows, columns = self._size
        words = f"{counted(rows, 'row')} × {counted(columns, 'column')}, as they are filtered and sorted."
        replaced = " The file that is there is replaced." if not problem and self.path().exists() else ""
        self.words.setText(problem or words + replaced)

    def _problem(self) -> str:
        rows, columns = self._size
        if not Path(self.file.text().strip()).name:
            return "Give the file a name."
        if self._suffix() != ".xlsx" or (rows <= MOST_ROWS and columns <= MOST_COLUMNS):
            return ""
        fits = rows <= MOST_ROWS
        most, what, found = (MOST_COLUMNS, "columns", columns) if fits else (MOST_ROWS, "rows", rows)
        sizes = f"A worksheet holds {spaced(f'{most:,}')} {what}; these are {spaced(f'{found:,}')}."
        return f"{sizes} Save as CSV or Parquet, or show fewer."

    def _browse(self) -> None:
        kinds = f"{self.format.currentText().partition(' (')[0]} (*{self._suffix()})"
        chosen, _ = QFileDialog.getSaveFileName(self, "Save the view", str(self.path()), kinds)
        if chosen:
            self.file.setText(chosen)

    def _lay_out(self) -> None:
        for words, suffix in _FORMATS:
            self.format.addItem(words, suffix)
        self.format.setAccessibleDescription("Format")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(6)
        column.addWidget(label("Save the view", "panel-title"))
        column.addSpacing(8)
        for caption, control in (("Format", self.format), ("File", self.file)):
            name = label(caption, "label")
            name.setBuddy(control)
            column.addWidget(name)
            parts = (control, button("Choose…", self._browse)) if control is self.file else (control,)
            column.addLayout(row(*parts))
        column.addWidget(self.guard)
        column.addWidget(self.words)
        column.addSpacing(12)
        self.save.setDefault(True)
        column.addLayout(row(1, button("Cancel", self.reject), self.save))
