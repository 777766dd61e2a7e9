"""What the ends of a flow offer in the inspector: a table's size, a model's build, a file's writing."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.ends.write_file import WriteFile
from canvas_app.flow.step import NodeUnit
from canvas_app.training.model import BuiltModel
from canvas_app.ui.controls import button, label, row
from canvas_app.ui.flow.about import About
from canvas_app.ui.flow.newer_version import NewerVersion
from canvas_app.ui.grid.cell_text import text_of
from canvas_app.ui.grid.glimpse import counted


class EndBox(QWidget):
    """Base of the boxes: each says which kind of node it is for."""

    family: ClassVar[type[NodeUnit]]

    def show_about(self, unit: NodeUnit, about: About) -> None:
        """Show what is known about the node."""
        raise NotImplementedError


class DatasetBox(EndBox):
    """How large a table is, which version of it this is, and the way to look at it."""

    family = DatasetNode
    opened = Signal(str)
    """The key of the table."""

    def __init__(self) -> None:
        super().__init__()
        self._key = ""
        self.words = label("", "secondary", wrap=True)
        self.open = button("Open the table", lambda: self.opened.emit(self._key), look="link")
        self.newer = NewerVersion()
        _stack(self, self.words, self.open, self.newer)

    def show_about(self, unit: NodeUnit, about: About) -> None:
        """Show the table's facts; nothing where there is none."""
        dataset = about.datasets.get(getattr(unit, "dataset", ""))
        self.newer.show_newer(about.newer)
        self.words.setVisible(dataset is not None)
        self.open.setVisible(dataset is not None)
        if dataset is not None:
            self._key = dataset.key
            size = f"{counted(dataset.rows, 'row')} · {counted(len(dataset.schema), 'column')}"
            self.words.setText("\n".join([f"{size} · version {dataset.version}", *dataset.notes]))


class ModelBox(EndBox):
    """Builds a model, shows how the build goes, and what the last one gave."""

    family = PredictColumn
    build_wanted = Signal()
    watched = Signal()
    opened = Signal(str)
    """The id of the model."""

    def __init__(self) -> None:
        super().__init__()
        self._model = ""
        self.foresight = label("", "secondary", wrap=True)
        self.build = button("Build model", self.build_wanted.emit, look="primary")
        self.build.setObjectName("inspector-build")
        self.build.setAccessibleName("Build this model")
        self.why = label("", "secondary", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("How far the build is")
        self.note = label("", "secondary", wrap=True)
        self.watch = button("Watch the build", self.watched.emit, look="link")
        self.result = label("", "", wrap=True)
        self.open = button("Open model", lambda: self.opened.emit(self._model))
        _stack(
            self,
            self.foresight,
            self.build,
            self.why,
            self.bar,
            self.note,
            self.watch,
            self.result,
            self.open,
        )

    def show_foresight(self, words: str) -> None:
        """Say what kind of answer follows from the rows, or what keeps it from being learned."""
        self.foresight.setText(words)
        self.foresight.setVisible(bool(words))

    def show_about(self, unit: NodeUnit, about: About) -> None:
        """Show the last build, the one that runs, and why none can be begun."""
        del unit
        running, record = about.running, about.record
        self.build.setEnabled(not about.why_not and running is None)
        self.why.setText(about.why_not)
        self.why.setVisible(bool(about.why_not) and running is None)
        for part in (self.bar, self.note, self.watch):
            part.setVisible(running is not None)
        if running is not None:
            self.bar.setRange(0, 100 if running.done >= 0 else 0)
            self.bar.setValue(round(100 * max(0.0, running.done)))
            self.note.setText(running.note)
        self.result.setVisible(record is not None)
        self.open.setVisible(record is not None)
        if record is not None:
            self._model = record.id
            self.result.setText(result_words(record.model, record.version))


class FileBox(EndBox):
    """Writes a file, and says where it lies."""

    family = WriteFile
    write_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.write = button("Write now", self.write_wanted.emit, look="primary")
        self.words = label("", "secondary", wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        _stack(self, self.write, self.words)

    def show_about(self, unit: NodeUnit, about: About) -> None:
        """Show what became of the last writing, or why none can be begun."""
        del unit
        self.write.setEnabled(not about.why_not and about.running is None)
        said = about.running.note if about.running is not None else about.why_not or about.written
        self.words.setText(said)
        self.words.setVisible(bool(said))


def result_words(model: BuiltModel, version: int) -> str:
    """What the last build gave, with its interval and the rows that it was measured on."""
    lines = [f"Version {version}: {model.title}"]
    if model.metrics:
        metric = model.metrics[0]
        interval = f"{text_of(round(metric.low, 3))} to {text_of(round(metric.high, 3))}"
        lines.append(f"{metric.title} {text_of(round(metric.value, 3))} ({interval})")
        lines.append(f"on {counted(model.rows.test, 'test row')}")
    return "\n".join(lines)


def _stack(box: QWidget, *parts: QWidget) -> None:
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    for part in parts:
        if part.property("look") == "link":
            column.addLayout(row(part, 1))
        else:
            column.addWidget(part)
