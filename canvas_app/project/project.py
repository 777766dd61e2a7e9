"""The document: everything that undo covers, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from canvas_app.data.dataset import Dataset
from canvas_app.flow.flow import Flow, NodeId
from canvas_app.training.model import BuiltModel


@dataclass(frozen=True)
class Project:
    """A project as it is edited: its name, its tables and its flows."""

    name: str = "Untitled"
    datasets: tuple[Dataset, ...] = ()
    flows: tuple[Flow, ...] = (Flow(),)

    def dataset(self, key: str) -> Dataset | None:
        """The table of that key (``name/version``), if there is one."""
        return next((item for item in self.datasets if item.key == key), None)

    def flow(self, flow: str) -> Flow:
        """The flow of that id; raises ``KeyError``."""
        for item in self.flows:
            if item.id == flow:
                return item
        raise KeyError(flow)


@dataclass(frozen=True)
class ModelRecord:
    """A built model in the project's list, which only grows and which undo does not touch."""

    id: str
    """SHA-256 of its files; also its folder's name under ``models/``."""
    name: str
    version: int
    flow: str
    node: NodeId
    made_at: str
    model: BuiltModel


def rename(project: Project, name: str) -> Project:
    """Give the project another name."""
    return replace(project, name=name)


def add_dataset(project: Project, dataset: Dataset) -> Project:
    """Put a table into the project."""
    return replace(project, datasets=(*project.datasets, dataset))


def remove_dataset(project: Project, key: str) -> Project:
    """Take a table out of the project; nodes that use it will say that it is missing."""
    return replace(project, datasets=tuple(item for item in project.datasets if item.key != key))


def with_flow(project: Project, flow: Flow) -> Project:
    """Put a changed flow in the place of the one of the same id, or add it as a new one."""
    if any(item.id == flow.id for item in project.flows):
        return replace(project, flows=tuple(flow if item.id == flow.id else item for item in project.flows))
    return replace(project, flows=(*project.flows, flow))
