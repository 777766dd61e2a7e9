"""The flow as a value: nodes by id, links by end, paths, and an order to work in."""

import pytest

from canvas_app.flow import edits
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.flow import Flow, Link
from canvas_app.flow.step import NODES


@pytest.fixture
def diamond() -> Flow:
    """A dataset whose rows go through two steps and meet again in a join."""
    flow = edits.add_node(Flow(), NODES["join_tables"]())
    flow = edits.add_node(flow, DatasetNode(dataset="a/1"))
    for kind in ("filter_rows", "formula"):
        flow = edits.add_after(flow, "dataset-1", NODES[kind]())
        flow = edits.connect(flow, flow.nodes[-1].id, "join_tables-1")
    return flow


def test_inputs_come_by_port_and_outputs_by_target(diamond):
    assert diamond.inputs("join_tables-1") == (
        Link("filter_rows-1", "join_tables-1", 0),
        Link("formula-1", "join_tables-1", 1),
    )
    assert [link.target for link in diamond.outputs("dataset-1")] == ["filter_rows-1", "formula-1"]
    assert diamond.inputs("dataset-1") == ()


def test_a_path_leads_forward_only(diamond):
    assert diamond.leads("dataset-1", to="join_tables-1")
    assert diamond.leads("formula-1", to="formula-1")
    assert not diamond.leads("join_tables-1", to="dataset-1")
    assert not diamond.leads("formula-1", to="filter_rows-1")


def test_upstream_and_order_put_every_node_after_what_it_draws_from(diamond):
    for order in (diamond.upstream("join_tables-1"), diamond.in_order):
        place = {node: at for at, node in enumerate(order)}
        assert len(place) == 4
        assert all(place[link.source] < place[link.target] for link in diamond.links)


def test_a_node_is_found_by_its_id(diamond):
    assert "formula-1" in diamond
    assert diamond["formula-1"].title == "Formula"
    with pytest.raises(KeyError):
        diamond["gone-1"]
