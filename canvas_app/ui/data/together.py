"""Asks whether several files that were brought in are parts of one table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from canvas_app.ui.grid.cell_text import short

_FEW = 4


def are_alike(paths: Sequence[Path]) -> bool:
    """Whether files, by the endings of their names, may be parts of one table."""
    return len(paths) > 1 and len({"".join(path.suffixes[-2:]).lower() for path in paths}) == 1


class Together(QMessageBox):
    """One table of all files, a table for each, or nothing."""

    def __init__(self, parent: QWidget, paths: Sequence[Path], bring: Callable[[bool], None]) -> None:
        """``bring`` is told whether all become one table."""
        super().__init__(parent)
        self.setWindowTitle("Several files")
        self.setTextFormat(Qt.TextFormat.PlainText)
        names = ", ".join(short(path.name, 40) for path in paths[:_FEW])
        more = f" and {len(paths) - _FEW} more" if len(paths) > _FEW else ""
        self.setText(
            f"{names}{more}\n\nAre these parts of one table, such as one file for each month? "
            "Then a column will say from which file each row is."
        )
        self.one = self.addButton("One table of all", QMessageBox.ButtonRole.AcceptRole)
        self.each = self.addButton("A table for each", QMessageBox.ButtonRole.AcceptRole)
        self.setDefaultButton(self.each)
        self.addButton("Cancel", QMessageBox.ButtonRole.RejectRole)
        self.one.clicked.connect(partial(bring, True))
        self.each.clicked.connect(partial(bring, False))
