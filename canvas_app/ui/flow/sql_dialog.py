"""The query behind a node, to be read and copied."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from canvas_app.ui.controls import button, label, row


class SqlDialog(QDialog):
    """One SELECT in the typeface of code."""

    def __init__(self, parent: QWidget, title: str, sql: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"SQL of {title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.text = QPlainTextEdit(sql)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("SQL")
        self.text.setProperty("role", "sunken")
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.copy = button("Copy", self._copy, symbol="ph.copy")
        self.close_button = button("Close", self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(label(f"Everything up to {title}, as one query", "panel-title"))
        column.addWidget(self.text, 1)
        column.addLayout(row(1, self.copy, self.close_button))
        self.resize(720, 520)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
        self.copy.setText("Copied")
