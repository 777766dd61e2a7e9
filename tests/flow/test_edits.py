"""Every edit gives a flow without loops, and leaves the one before as it was."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from canvas_app.base.errors import CanvasError, EditError
from canvas_app.flow import edits
from canvas_app.flow.codec import dump_flow, load_flow
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow, Link
from canvas_app.flow.step import NODES
from tests.flow.any_flow import any_flows


def unit(kind: str, **values):
    return NODES[kind](**values)


@pytest.fixture
def chain() -> Flow:
    """A dataset, a filter, a formula and a model, in a row."""
    flow = edits.add_node(Flow(), DatasetNode(dataset="titanic/1"))
    flow = edits.add_after(flow, "dataset-1", unit("filter_rows"))
    flow = edits.add_after(flow, "filter_rows-1", unit("formula"))
    return edits.add_after(flow, "formula-1", PredictColumn(target="Survived"))


def pairs(flow: Flow) -> set[tuple[str, str, int]]:
    return {(link.source, link.target, link.port) for link in flow.links}


def test_ids_count_up_by_kind():
    flow = edits.add_node(Flow(), unit("formula"))
    flow = edits.add_node(flow, unit("filter_rows"))
    flow = edits.add_node(flow, unit("formula"))

    assert [node.id for node in flow] == ["formula-1", "filter_rows-1", "formula-2"]
    assert edits.new_id(flow, "formula") == "formula-3"


def test_a_node_added_after_another_stands_right_of_it_and_is_linked(chain):
    assert pairs(chain) == {
        ("dataset-1", "filter_rows-1", 0),
        ("filter_rows-1", "formula-1", 0),
        ("formula-1", "predict_column-1", 0),
    }
    assert [node.x for node in chain] == sorted({node.x for node in chain})


def test_two_nodes_after_the_same_one_do_not_cover_each_other(chain):
    grown = edits.add_after(chain, "dataset-1", unit("choose_columns"))

    assert len({(node.x, node.y) for node in grown}) == len(grown.nodes)


def test_an_edit_leaves_the_flow_before_as_it_was(chain):
    before = dump_flow(chain)
    edits.remove_nodes(chain, ["formula-1"])

    assert dump_flow(chain) == before


def test_a_link_that_closes_a_loop_is_refused(chain):
    with pytest.raises(EditError, match="loop") as caught:
        edits.connect(chain, "formula-1", "filter_rows-1")

    assert caught.value.where.node == "filter_rows-1"


def test_a_node_is_not_linked_to_itself(chain):
    with pytest.raises(EditError, match="loop"):
        edits.connect(chain, "formula-1", "formula-1")


def test_linking_into_a_dataset_or_out_of_a_model_is_refused(chain):
    with pytest.raises(EditError, match="takes no table"):
        edits.connect(chain, "formula-1", "dataset-1")
    with pytest.raises(EditError, match="Nothing comes out"):
        edits.connect(chain, "predict_column-1", "formula-1")


def test_linking_to_a_node_that_is_gone_is_refused(chain):
    with pytest.raises(EditError, match="no longer there"):
        edits.connect(chain, "dataset-1", "nothing-1")


def test_the_reason_for_a_refusal_is_known_while_the_link_is_dragged(chain):
    assert edits.why_not(chain, "dataset-1", "formula-1") is None
    assert "loop" in edits.why_not(chain, "formula-1", "filter_rows-1").message


def test_an_occupied_input_is_taken_over(chain):
    flow = edits.connect(chain, "dataset-1", "formula-1")

    assert ("dataset-1", "formula-1", 0) in pairs(flow)
    assert ("filter_rows-1", "formula-1", 0) not in pairs(flow)


def test_drawing_the_same_link_again_changes_nothing(chain):
    assert edits.connect(chain, "dataset-1", "filter_rows-1", 0) is chain


def test_a_join_fills_its_free_input_first(chain):
    flow = edits.add_after(chain, "dataset-1", unit("join_tables"))
    flow = edits.connect(flow, "formula-1", "join_tables-1")

    assert {("dataset-1", "join_tables-1", 0), ("formula-1", "join_tables-1", 1)} <= pairs(flow)


def test_an_input_that_the_node_does_not_have_is_refused(chain):
    with pytest.raises(EditError, match="no such input"):
        edits.connect(chain, "dataset-1", "formula-1", port=1)


def test_a_step_dropped_on_a_link_goes_between(chain):
    link = Link("filter_rows-1", "formula-1")
    flow = edits.add_on_link(chain, link, unit("fill_missing"))

    assert link not in flow.links
    assert {("filter_rows-1", "fill_missing-1", 0), ("fill_missing-1", "formula-1", 0)} <= pairs(flow)


def test_what_has_no_way_through_can_not_be_dropped_on_a_link(chain):
    with pytest.raises(EditError, match="middle of a link"):
        edits.add_on_link(chain, Link("filter_rows-1", "formula-1"), DatasetNode())


def test_a_loose_step_moves_onto_a_link(chain):
    flow = edits.add_node(chain, unit("change_type"))
    flow = edits.insert_on_link(flow, Link("dataset-1", "filter_rows-1"), "change_type-1")

    assert {("dataset-1", "change_type-1", 0), ("change_type-1", "filter_rows-1", 0)} <= pairs(flow)


def test_a_linked_step_does_not_move_onto_a_link(chain):
    with pytest.raises(EditError, match="unlinked"):
        edits.insert_on_link(chain, Link("dataset-1", "filter_rows-1"), "formula-1")


def test_removing_steps_heals_the_chain(chain):
    flow = edits.remove_nodes(chain, ["filter_rows-1", "formula-1"])

    assert pairs(flow) == {("dataset-1", "predict_column-1", 0)}


def test_removing_without_healing_leaves_a_gap(chain):
    assert pairs(edits.remove_nodes(chain, ["filter_rows-1"], heal=False)) == {
        ("formula-1", "predict_column-1", 0)
    }


def test_a_removed_join_leaves_a_gap(chain):
    flow = edits.add_on_link(chain, Link("formula-1", "predict_column-1"), unit("join_tables"))

    assert ("formula-1", "predict_column-1", 0) not in pairs(edits.remove_nodes(flow, ["join_tables-1"]))


def test_moving_keeps_the_identity_of_the_others(chain):
    flow = edits.move_nodes(chain, {"formula-1": (5, 6)})

    assert (flow["formula-1"].x, flow["formula-1"].y) == (5.0, 6.0)
    assert flow["dataset-1"] is chain["dataset-1"]


def test_another_kind_keeps_the_links_that_fit(chain):
    joined = edits.add_on_link(chain, Link("dataset-1", "filter_rows-1"), unit("join_tables"))
    joined = edits.add_node(joined, DatasetNode(dataset="other/1"))
    joined = edits.connect(joined, "dataset-2", "join_tables-1")
    flow = edits.set_unit(joined, "join_tables-1", unit("choose_columns"))

    assert {("dataset-1", "join_tables-1", 0), ("join_tables-1", "filter_rows-1", 0)} <= pairs(flow)
    assert not flow.outputs("dataset-2")


def test_setting_the_same_parameters_changes_nothing(chain):
    assert edits.set_unit(chain, "formula-1", unit("formula")) is chain


def test_a_name_is_given_and_taken_back(chain):
    named = edits.rename_node(chain, "formula-1", "  Log of income ")

    assert named["formula-1"].title == "Log of income"
    assert edits.rename_node(named, "formula-1", "")["formula-1"].title == "Formula"


def test_a_step_can_be_skipped_but_a_dataset_can_not(chain):
    assert edits.set_skipped(chain, "formula-1", True)["formula-1"].skipped
    with pytest.raises(EditError, match="can't be skipped"):
        edits.set_skipped(chain, "dataset-1", True)


def test_pasted_nodes_have_new_ids_and_the_links_among_them(chain):
    text = edits.copy(chain, ["filter_rows-1", "formula-1"])
    flow = edits.paste(chain, text)

    assert [node.id for node in flow.nodes[4:]] == ["filter_rows-2", "formula-2"]
    assert ("filter_rows-2", "formula-2", 0) in pairs(flow)
    assert not flow.inputs("filter_rows-2")


def test_pasting_at_a_place_puts_the_upper_left_corner_there(chain):
    flow = edits.paste(chain, edits.copy(chain, ["filter_rows-1", "formula-1"]), at=(1000, 500))

    assert (flow["filter_rows-2"].x, flow["filter_rows-2"].y) == (1000.0, 500.0)


def test_duplicates_of_duplicates_lie_beside_each_other(chain):
    flow = edits.duplicate(edits.duplicate(chain, ["formula-1"]), ["formula-1"])

    assert len({(node.x, node.y) for node in flow}) == len(flow.nodes)


def test_copied_nodes_go_into_another_flow(chain):
    flow = edits.paste(Flow(id="other"), edits.copy(chain, [node.id for node in chain]))

    assert [node.unit for node in flow] == [node.unit for node in chain]
    assert len(flow.links) == len(chain.links)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "{}",
        "[1]",
        '{"format": "other"}',
        "[" * 5000,
        '{"format": "canvas-app nodes", "nodes": 3}',
    ],
)
def test_pasting_other_text_is_refused_with_what_to_do(chain, text):
    with pytest.raises(CanvasError) as caught:
        edits.paste(chain, text)

    assert caught.value.hint


def test_tidying_puts_every_node_right_of_what_it_draws_from(chain):
    flow = edits.add_after(chain, "dataset-1", unit("join_tables"))
    flow = edits.connect(flow, "formula-1", "join_tables-1")
    tidied = edits.tidy(flow)

    assert all(tidied[link.source].x < tidied[link.target].x for link in tidied.links)
    assert len({(node.x, node.y) for node in tidied}) == len(tidied.nodes)
    assert edits.tidy(tidied) == tidied


@given(any_flows(), st.data())
@settings(derandomize=True, max_examples=60, deadline=None)
def test_no_edit_makes_a_loop_or_fills_an_input_twice(flow, data):
    names = [node.id for node in flow]
    gone = data.draw(st.sets(st.sampled_from(names)))
    for after in (flow, edits.remove_nodes(flow, gone), edits.duplicate(flow, names), edits.tidy(flow)):
        assert len(after.in_order) == len(after.nodes)
        assert len({(link.target, link.port) for link in after.links}) == len(after.links)
        assert all(link.source in after and link.target in after for link in after.links)


@given(any_flows())
@settings(derandomize=True, max_examples=60, deadline=None)
def test_a_flow_survives_a_save(flow):
    assert load_flow(json.loads(json.dumps(dump_flow(flow)))) == flow


@given(any_flows())
@settings(derandomize=True, max_examples=40, deadline=None)
def test_tidied_nodes_do_not_cover_each_other(flow):
    tidied = edits.tidy(flow)

    assert len({(node.x, node.y) for node in tidied}) == len(tidied.nodes)
    assert all(tidied[link.source].x < tidied[link.target].x for link in tidied.links)
