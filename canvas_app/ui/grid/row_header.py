"""The numbers of the rows, at the left of the grid."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from canvas_app.ui import theme
from canvas_app.ui.grid.glimpse import font_of


class RowHeader(QHeaderView):
    """The numbers of the rows."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(theme.current().table_row)
        self.setMinimumSectionSize(16)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.setAccessibleName("Row numbers")
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def sizeHint(self) -> QSize:
        """Wide enough for the largest number."""
        model = self.model()
        rows = model.rowCount() if model is not None else 1
        metrics = QFontMetrics(font_of(theme.current().caption))
        return QSize(metrics.horizontalAdvance("0" * max(3, len(f"{rows:,}"))) + 14, 0)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """One number, right-aligned."""
        tokens = theme.current()
        painter.save()
        painter.fillRect(rect, QColor(tokens.ground))
        painter.setPen(QColor(tokens.faint_line))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setPen(QColor(tokens.line))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.setFont(font_of(tokens.caption))
        painter.setPen(QColor(tokens.muted))
        words = self.model().headerData(section, Qt.Orientation.Vertical)
        painter.drawText(
            rect.adjusted(0, 0, -7, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words
        )
        painter.restore()
