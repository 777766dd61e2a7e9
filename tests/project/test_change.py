"""A change names what differs, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.write_file import WriteFile
from canvas_app.flow.flow import Flow, Link, Node
from canvas_app.project.change import Change, same_work
from canvas_app.project.project import Project, rename, with_flow

START = Node("start", DatasetNode(dataset="people/1"))
END = Node("end", WriteFile(path="out.csv"))
FLOW = Flow(nodes=(START, END), links=frozenset({Link("start", "end")}))
PROJECT = Project(flows=(FLOW,))


def with_node(node: Node) -> Project:
    nodes = tuple(node if item.id == node.id else item for item in FLOW)
    return with_flow(PROJECT, replace(FLOW, nodes=nodes))


def test_a_new_name_touches_the_name_alone() -> None:
    change = Change(PROJECT, rename(PROJECT, "Other"))

    assert change.touches("name")
    assert not any(map(change.touches, ("datasets", "flows", "models")))
    assert change.changed_nodes("flow") == frozenset()


def test_a_kept_model_touches_the_models_alone() -> None:
    change = Change(PROJECT, PROJECT, models=True)

    assert change.touches("models")
    assert not any(map(change.touches, ("datasets", "flows", "name")))


def test_the_nodes_that_changed_are_named() -> None:
    change = Change(PROJECT, with_node(replace(END, unit=WriteFile(path="other.csv"))))

    assert change.touches("flows")
    assert change.changed_nodes("flow") == {"end"}


def test_a_node_whose_input_was_taken_away_has_changed() -> None:
    cut = with_flow(PROJECT, replace(FLOW, links=frozenset()))

    assert Change(PROJECT, cut).changed_nodes("flow") == {"end"}


def test_a_flow_that_was_removed_has_lost_all_its_nodes() -> None:
    assert Change(PROJECT, replace(PROJECT, flows=())).changed_nodes("flow") == {"start", "end"}


def test_moving_and_naming_a_node_leaves_its_work_the_same() -> None:
    assert same_work(PROJECT, with_node(replace(END, x=50.0, name="Result")), "end")


def test_another_table_at_the_start_makes_other_work_at_the_end() -> None:
    other = with_node(replace(START, unit=DatasetNode(dataset="people/2")))

    assert not same_work(PROJECT, other, "end")
    assert not same_work(PROJECT, replace(PROJECT, flows=()), "end")
