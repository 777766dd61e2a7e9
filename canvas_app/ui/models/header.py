"""The head of a model's page: its name, and its metrics as tiles."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from canvas_app.project.project import ModelRecord
from canvas_app.training.model import Metric
from canvas_app.ui.controls import icon_button, label, line
from canvas_app.ui.models.wording import headline, interval, score, subtitle, whole

MOST_TILES = 5


class MetricTile(QWidget):
    """One metric: title, value, interval; its meaning is its tooltip."""

    def __init__(self, metric: Metric, rows: int) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 0, 20, 0)
        column.setSpacing(1)
        for text, role in (
            (metric.title, "secondary"),
            (score(metric.kind, metric.value), "number"),
            (interval(metric), "caption"),
        ):
            column.addWidget(label(text, role))
        way = "Higher is better." if metric.greater_is_better else "Lower is better."
        measured = f"Measured on {whole(rows)} test rows, with its 95 % bootstrap interval."
        self.setToolTip(" ".join(part for part in (metric.help, way, measured) if part))


class ModelHeader(QWidget):
    """Name, what it is, metrics; and the way back to all models."""

    def __init__(self) -> None:
        super().__init__()
        self.back = icon_button("All models", "ph.caret-left")
        self.name = label("", "page-title")
        self.facts = label("", "secondary", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.name)
        words.addWidget(self.facts)
        self._tiles = QHBoxLayout()
        self._tiles.setSpacing(0)
        whole_row = QHBoxLayout(self)
        whole_row.setContentsMargins(0, 0, 0, 0)
        whole_row.setSpacing(12)
        whole_row.addWidget(self.back)
        whole_row.addLayout(words, 1)
        whole_row.addLayout(self._tiles)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_model(self, record: ModelRecord) -> None:
        """Show another model."""
        self.name.setText(record.name if record.version == 1 else f"{record.name}, version {record.version}")
        self.facts.setText(subtitle(record.model))
        while (item := self._tiles.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        first = headline(record.model)
        others = [metric for metric in record.model.metrics if metric is not first]
        for metric in ([first] if first else []) + others[: MOST_TILES - 1]:
            self._tiles.addWidget(line("upright"))
            self._tiles.addWidget(MetricTile(metric, record.model.rows.test))
