from __future__ import annotations

from dataclasses import replace

import pytest

from canvas_app.data.dataset import Dataset
from canvas_app.data.schema import ColumnInfo, Schema
from canvas_app.flow.edits import add_after, add_node
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.flow import Flow
from canvas_app.flow.steps.fill_missing import FillMissing
from canvas_app.project.project import Project
from canvas_app.project.versions import (
    broken_by,
    broken_words,
    move_uses,
    newest_of,
    remember_source,
    use_version,
    used_versions,
    uses_of,
    versions_of,
)


def dataset(version: int, *columns: str, name: str = "people") -> Dataset:
    infos = tuple(ColumnInfo(column, "number", "float64") for column in columns)
    return Dataset(name, version, f"{version}", Schema(infos), 1, 1, {"sha256": "x" if version == 1 else "y"})


@pytest.fixture
def flow() -> Flow:
    flow = add_node(Flow(), DatasetNode(dataset="people/1"))
    return add_after(flow, flow.nodes[0].id, FillMissing(columns=("age",), using="median"))


@pytest.fixture
def project(flow: Flow) -> Project:
    tables = (dataset(1, "age", "n"), dataset(2, "age", "n", "m"), dataset(3, "n"), dataset(1, name="other"))
    return Project(datasets=tables, flows=(flow,))


def test_the_newest_version_comes_first(project: Project) -> None:
    assert [item.version for item in versions_of(project, "people")] == [3, 2, 1]
    assert newest_of(project.datasets, "people/1") == project.datasets[2]
    assert newest_of(project.datasets, "gone/1") is None


def test_the_flows_that_use_a_table_are_known(project: Project, flow: Flow) -> None:
    (use,) = uses_of(project, "people")

    assert (use.flow, use.node, use.key) == (flow.id, flow.nodes[0].id, "people/1")
    assert uses_of(project, "other") == ()
    assert used_versions(project, "people") == (1,)


def test_what_a_version_would_break_is_named_with_its_node(project: Project, flow: Flow) -> None:
    node = flow.nodes[0].id

    assert broken_by(flow, node, "people/2", project.datasets) == ()
    found = broken_by(flow, node, "people/3", project.datasets)
    assert [item.node for item in found] == [flow.nodes[1].id]
    (words,) = broken_words(flow, found)
    assert words.startswith("Fill missing values: ")
    assert "age" in words


def test_a_problem_that_is_there_already_is_not_named_again(project: Project, flow: Flow) -> None:
    node = flow.nodes[0].id
    moved = use_version(flow, node, "people/3")

    assert broken_by(moved, node, "people/3", project.datasets) == ()


def test_all_nodes_move_to_a_version_at_once(project: Project) -> None:
    assert [use.key for use in uses_of(move_uses(project, "people", "people/2"), "people")] == ["people/2"]


def test_only_versions_from_the_same_bytes_learn_where_these_lie(project: Project) -> None:
    facts = {"sha256": "x", "file": "moved.csv"}
    after = remember_source(project, "people", "x", facts)

    assert [item.source == facts for item in after.datasets] == [True, False, False, False]
    assert replace(after, datasets=project.datasets) == project
