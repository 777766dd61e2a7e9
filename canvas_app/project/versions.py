"""Versions of a table: which there are, which a flow uses, and what a newer one would break there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from canvas_app.base.errors import Problem
from canvas_app.base.spec import Json
from canvas_app.data.dataset import Dataset
from canvas_app.flow.check import check_flow
from canvas_app.flow.edits import set_unit
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.flow import Flow, NodeId
from canvas_app.project.project import Project, with_flow


@dataclass(frozen=True)
class Use:
    """A node of a flow that begins with a table."""

    flow: str
    flow_name: str
    node: NodeId
    key: str


def versions_of(project: Project, name: str) -> tuple[Dataset, ...]:
    """All versions of a table, the newest first."""
    found = (item for item in project.datasets if item.name == name)
    return tuple(sorted(found, key=lambda item: -item.version))


def newest_of(datasets: Iterable[Dataset], key: str) -> Dataset | None:
    """The newest version of the table of that key; None where there is none of that name any more."""
    name = key.rpartition("/")[0]
    return max((item for item in datasets if item.name == name), key=lambda item: item.version, default=None)


def uses_of(project: Project, name: str) -> tuple[Use, ...]:
    """The nodes that begin with any version of a table."""
    return tuple(
        Use(flow.id, flow.name, node.id, node.unit.dataset)
        for flow in project.flows
        for node in flow
        if isinstance(node.unit, DatasetNode) and node.unit.dataset.rpartition("/")[0] == name
    )


def used_versions(project: Project, name: str) -> tuple[int, ...]:
    """The versions of a table that flows name, whether they are there or not."""
    numbers = (use.key.rpartition("/")[2] for use in uses_of(project, name))
    return tuple(int(number) for number in numbers if number.isdecimal())


def use_version(flow: Flow, node: NodeId, key: str) -> Flow:
    """Let a node begin with another version of its table."""
    return set_unit(flow, node, DatasetNode(dataset=key))


def broken_by(flow: Flow, node: NodeId, key: str, datasets: Iterable[Dataset]) -> tuple[Problem, ...]:
    """What would not work any more if the node began with that version; each names its node."""
    schemas = {item.key: item.schema for item in datasets}
    known = {(item.node, item.message) for item in check_flow(flow, schemas).problems}
    found = check_flow(use_version(flow, node, key), schemas).problems
    return tuple(
        item for item in found if item.severity == "problem" and (item.node, item.message) not in known
    )


def broken_words(flow: Flow, problems: tuple[Problem, ...]) -> tuple[str, ...]:
    """Each problem with the title of its node."""
    return tuple(f"{flow[item.node].title}: {item.text}" for item in problems if item.node is not None)


def move_uses(project: Project, name: str, key: str) -> Project:
    """Let every node that begins with a version of the table begin with that one."""
    for use in uses_of(project, name):
        project = with_flow(project, use_version(project.flow(use.flow), use.node, key))
    return project


def remember_source(project: Project, name: str, sha256: str, facts: Mapping[str, Json]) -> Project:
    """Let all versions of a table that came from these bytes know where these lie now."""
    datasets = tuple(
        replace(item, source=facts) if item.name == name and item.source.get("sha256") == sha256 else item
        for item in project.datasets
    )
    return replace(project, datasets=datasets)
