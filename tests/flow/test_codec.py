"""A flow is saved in readable words, and what this version doesn't know is kept."""

import json

import pytest

from canvas_app.base.errors import CanvasError
from canvas_app.flow import edits
from canvas_app.flow.codec import dump_flow, load_flow, load_unit
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.flow import Flow
from canvas_app.flow.step import NODES, UnknownUnit


@pytest.fixture
def saved() -> dict:
    flow = edits.add_node(Flow(name="Prepare"), DatasetNode(dataset="titanic/1"))
    flow = edits.add_after(
        flow, "dataset-1", NODES["formula"](name='a "b" ]', formula="[x] + 1"), name="Log 😀"
    )
    return json.loads(json.dumps(dump_flow(flow)))


def test_the_same_flow_always_gives_the_same_words(saved):
    assert json.dumps(dump_flow(load_flow(saved))) == json.dumps(saved)


def test_an_unknown_kind_is_kept_word_for_word(saved):
    strange = {"kind": "from_the_future", "version": 7, "values": {"z": [1, {"a": None}], "ü": 'q"'}}
    saved["nodes"][1]["unit"] = strange
    flow = load_flow(saved)

    assert isinstance(flow["formula-1"].unit, UnknownUnit)
    assert dump_flow(flow) == saved


def test_a_newer_version_of_a_known_kind_is_kept_word_for_word(saved):
    saved["nodes"][1]["unit"]["version"] = 99

    assert isinstance(load_flow(saved)["formula-1"].unit, UnknownUnit)
    assert dump_flow(load_flow(saved)) == saved


def test_parameters_that_can_not_be_read_are_kept_word_for_word(saved):
    saved["nodes"][1]["unit"]["values"] = {"colour": "red"}

    assert dump_flow(load_flow(saved)) == saved


def test_a_unit_of_a_known_kind_is_read():
    assert load_unit({"kind": "dataset", "version": 1, "values": {"dataset": "a/1"}}) == DatasetNode(
        dataset="a/1"
    )


def broken(saved: dict, how: str) -> dict:
    first = {"source": "dataset-1", "target": "formula-1", "port": 0}
    changes = {
        "format": {"format": "something else"},
        "newer": {"version": 2},
        "twice the same id": {"nodes": [saved["nodes"][0]] * 2},
        "a link to nowhere": {"links": [{**first, "target": "gone-1"}]},
        "a loop": {"links": [first, {"source": "formula-1", "target": "formula-1", "port": 0}]},
        "a port in words": {"links": [{**first, "port": "first"}]},
        "no list": {"nodes": "none"},
        "no node": {"nodes": [7]},
        "a place in words": {"nodes": [{**saved["nodes"][0], "x": "left"}], "links": []},
    }
    return {**saved, **changes[how]}


@pytest.mark.parametrize(
    "how",
    [
        "format",
        "newer",
        "twice the same id",
        "a link to nowhere",
        "a loop",
        "a port in words",
        "no list",
        "no node",
        "a place in words",
    ],
)
def test_a_broken_flow_is_refused_with_what_to_do(saved, how):
    with pytest.raises(CanvasError) as caught:
        load_flow(broken(saved, how))

    assert caught.value.hint


def test_what_is_no_flow_at_all_is_refused():
    with pytest.raises(CanvasError, match="not a flow"):
        load_flow([])
