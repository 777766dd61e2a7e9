"""Promises that everything on the canvas keeps, present and future."""

import pytest

from canvas_app.flow import edits
from canvas_app.flow.codec import dump_flow, load_flow
from canvas_app.flow.flow import Flow
from canvas_app.flow.step import NODES, STEPS

pytestmark = pytest.mark.parametrize("node", list(NODES), ids=lambda node: node.spec.kind)


def test_it_can_stand_on_the_canvas_and_be_saved(node):
    flow = edits.add_node(edits.add_node(Flow(), node()), node.example())

    assert load_flow(dump_flow(flow)) == flow


def test_its_help_is_one_sentence(node):
    assert node.__doc__.endswith(".")
    assert len(node.__doc__) <= 90


def test_it_has_a_title_a_group_search_words_and_an_icon_that_exists(node, icons):
    assert node.spec.title
    assert node.spec.group in ("Data", "Clean", "Shape", "Combine", "Model", "Output")
    assert node.spec.keywords
    assert node.spec.icon in icons


def test_it_has_a_way_in_or_a_way_out(node):
    assert node.spec.inputs or node.spec.output


def test_its_parameters_are_described(node):
    assert node.fields()
    assert all(field.label for field in node.fields())


def test_its_summary_is_said_before_and_after_it_is_filled_in(node):
    assert isinstance(node().summary(), str)
    assert node.example().summary()


def test_what_it_needs_is_asked_for(node):
    assert node().check_needed()
    assert node.example().check_needed() == ()


def test_its_file_is_found_by_its_kind(node):
    assert NODES[node.spec.kind] is node
    assert (node.spec.kind in STEPS) == node.__module__.startswith("canvas_app.flow.steps.")
