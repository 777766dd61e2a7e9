"""What can be added to a flow: every kind of node, and every table of the project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from canvas_app.base.words import counted
from canvas_app.data.dataset import Dataset
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.step import NODES, NodeUnit

GROUPS = ("Data", "Model", "Output", "Clean", "Shape", "Combine")
"""The order on screen: what a flow begins and ends with, then the steps between, of which there are many.
Groups that are not named come after.
"""


@dataclass(frozen=True)
class Offer:
    """One thing that can be added, ready to stand on the canvas."""

    title: str
    group: str
    icon: str
    unit: NodeUnit
    name: str = ""
    """What the new node is called; empty for the title of its kind."""
    words: str = ""
    """Other words by which it is found."""
    help: str = ""

    @property
    def key(self) -> str:
        """A text that names it while it is dragged."""
        return f"dataset:{self.unit.dataset}" if isinstance(self.unit, DatasetNode) else self.unit.spec.kind


def offers(datasets: Sequence[Dataset]) -> tuple[Offer, ...]:
    """The latest version of every table, then every kind of node, by group."""
    latest = {dataset.name: dataset for dataset in sorted(datasets, key=lambda dataset: dataset.version)}
    tables = [_table(dataset) for dataset in latest.values()]
    kinds = [_kind(unit) for unit in NODES if unit is not DatasetNode]
    return tuple(sorted([*tables, *kinds], key=lambda offer: place_of(offer.group)))


def that_fit(found: Iterable[Offer], side: str) -> tuple[Offer, ...]:
    """Those which a link can go to (``out``: it leaves an output) or come from (``in``), or sit between."""
    needs = {"out": (True, False), "in": (False, True), "between": (True, True), "": (False, False)}
    inputs, output = needs[side]
    return tuple(
        offer
        for offer in found
        if (bool(offer.unit.spec.inputs) or not inputs) and (offer.unit.spec.output or not output)
    )


def _table(dataset: Dataset) -> Offer:
    rows = counted(dataset.rows, "row").replace(",", "\u202f")
    return Offer(
        title=dataset.name,
        group="Data",
        icon="ph.database",
        unit=DatasetNode(dataset=dataset.key),
        name=dataset.name,
        words="table dataset",
        help=f"{rows}, {counted(len(dataset.schema), 'column')}.",
    )


def _kind(unit: type[NodeUnit]) -> Offer:
    spec = unit.spec
    return Offer(spec.title, spec.group, spec.icon, unit(), words=spec.keywords, help=unit.__doc__ or "")


def place_of(group: str) -> int:
    """Where a group comes on screen."""
    return GROUPS.index(group) if group in GROUPS else len(GROUPS)
