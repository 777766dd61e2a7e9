"""What stands on the Models page before there is a model."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from canvas_app.ui.controls import button, label, row
from canvas_app.ui.theme.icons import icon

_WHAT = "A model learns from your table to predict one of its columns."
_HOW = (
    "On the Flow page, put a “Predict a column” node after your data, choose the column, "
    "and press Build model."
)


class NoModels(QWidget):
    """Says what the page is for, and leads to the first step, or says why there can be none here."""

    flow_asked = Signal()

    def __init__(self, locked: str = "") -> None:
        super().__init__()
        mark = label()
        mark.setPixmap(icon("ph.cube", "faint").pixmap(44, 44))
        words = label(f"{_WHAT} {locked or _HOW}", "muted", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setFixedWidth(440)
        self.go = button("Go to the flow", self.flow_asked.emit, look="primary", symbol="ph.flow-arrow")
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(1)
        for part in (mark, label("No models yet", "panel-title"), words, self.go):
            column.addLayout(row(1, part, 1))
        column.addStretch(2)
