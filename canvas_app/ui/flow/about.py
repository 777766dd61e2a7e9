"""What is known about a node besides the flow itself, as a value for the inspector."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from canvas_app.data.dataset import Dataset
from canvas_app.flow.check import FlowCheck
from canvas_app.project.project import ModelRecord


@dataclass(frozen=True)
class Running:
    """A job that runs for the node now."""

    note: str
    done: float
    """0 to 1; below 0 where nobody knows."""


@dataclass(frozen=True)
class Newer:
    """A newer version of the table that a node begins with."""

    key: str
    version: int
    changes: tuple[str, ...] = ()
    """What it changed, in words."""
    breaks: tuple[str, ...] = ()
    """What would not work any more in this flow, in words."""


@dataclass(frozen=True)
class About:
    """The surroundings of the node that is inspected."""

    check: FlowCheck = field(default_factory=FlowCheck)
    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    record: ModelRecord | None = None
    """The last model that was built for the node."""
    running: Running | None = None
    written: str = ""
    """What became of the last file that the node wrote."""
    why_not: str = ""
    """Why the node can't be built or written now; empty where it can."""
    newer: Newer | None = None
