"""What a node shows on the canvas, as a value: words, colours, and its light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from canvas_app.base.errors import Problem
from canvas_app.base.words import counted
from canvas_app.data.dataset import Dataset
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Node, NodeId
from canvas_app.training.model import BuiltModel, Metric

Light = Literal["fresh", "working", "problem", "warning", "stale", "unfinished"]

LIGHT_COLOURS: Mapping[Light, str] = {
    "fresh": "good",
    "working": "accent",
    "problem": "bad",
    "warning": "warn",
    "stale": "warn",
    "unfinished": "muted",
}
"""The token of each light; its words are always in the tooltip and in the list."""


@dataclass(frozen=True)
class Face:
    """One node as it is painted; equal faces need no repainting."""

    title: str
    summary: str = ""
    group: str = "Data"
    icon: str = "ph.cube"
    inputs: tuple[str, ...] = ()
    output: bool = True
    skipped: bool = False
    light: Light = "fresh"
    words: str = "Fresh: nothing to do."
    share: float | None = None
    """How good the model is, 0 to 1, for the bar; None where no bar is shown."""

    @property
    def state(self) -> str:
        """The light in one word, for lists and tooltips."""
        return "skipped" if self.skipped else self.light


@dataclass(frozen=True)
class Facts:
    """What the faces are made from, besides the nodes themselves."""

    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    working: Mapping[NodeId, str] = field(default_factory=dict)
    """What runs for a node now, in words."""
    models: Mapping[NodeId, BuiltModel] = field(default_factory=dict)
    waiting: Mapping[NodeId, str] = field(default_factory=dict)
    """Nodes which draw from one that has a problem, with its title."""
    stale: frozenset[NodeId] = frozenset()
    """Models that were built before their flow was changed."""


def face_of(node: Node, facts: Facts, problems: Sequence[Problem] = ()) -> Face:
    """The face of one node, given the problems that were found with it."""
    spec = node.unit.spec
    light, words = _light(node, facts, problems)
    model = facts.models.get(node.id)
    return Face(
        title=title_of(node),
        summary=_summary(node, facts),
        group=spec.group,
        icon=spec.icon,
        inputs=spec.inputs,
        output=spec.output,
        skipped=node.skipped,
        light=light,
        words=words,
        share=_share(model.metrics[0]) if model and model.metrics else None,
    )


def title_of(node: Node) -> str:
    """What a node is called: a table without a name of its own by the name of the table."""
    if not node.name and isinstance(node.unit, DatasetNode) and node.unit.dataset:
        return node.unit.dataset.rpartition("/")[0]
    return node.title


def _summary(node: Node, facts: Facts) -> str:
    unit = node.unit
    if isinstance(unit, DatasetNode) and unit.dataset in facts.datasets:
        found = facts.datasets[unit.dataset]
        rows, columns = counted(found.rows, "row"), counted(len(found.schema), "column")
        newest = max(item.version for item in facts.datasets.values() if item.name == found.name)
        parts = (f"version {found.version} of {newest}", rows) if newest > 1 else (rows, columns)
        return " · ".join(parts).replace(",", "\u202f")
    model = facts.models.get(node.id)
    if model is not None and model.metrics:
        return headline(model.metrics[0])
    return unit.summary()


def _light(node: Node, facts: Facts, problems: Sequence[Problem]) -> tuple[Light, str]:
    if node.id in facts.working:
        return "working", facts.working[node.id]
    if node.skipped:
        return "stale", "Skipped: rows pass it unchanged."
    grave = [problem for problem in problems if problem.severity == "problem"]
    if grave:
        first = min(grave, key=lambda problem: problem.open)
        return "unfinished" if first.open else "problem", first.text
    if node.id in facts.waiting:
        return "stale", f"Stale: it waits for {facts.waiting[node.id]}, which can't run yet."
    if problems:
        return "warning", problems[0].text
    if node.id in facts.stale:
        return "stale", "Stale: the flow was changed since this model was built. Build it again."
    if isinstance(node.unit, PredictColumn) and node.id not in facts.models:
        return "stale", "Not built yet. Build the model."
    return "fresh", "Fresh: nothing to do."


def headline(metric: Metric) -> str:
    """The metric as a card shows it, such as ``AUC 0.928``."""
    return f"{metric.title} {metric.value:,.3f}".replace(",", "\u202f")


def _share(metric: Metric) -> float | None:
    if not metric.greater_is_better:
        return None
    return min(1.0, max(0.0, metric.value))


def spaced(number: int) -> str:
    """A whole number with thin spaces between the thousands."""
    return f"{number:,}".replace(",", "\u202f")
