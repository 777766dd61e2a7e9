"""Any flow runs as its steps do by hand, survives its edits, and comes back from a file as it was."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import schema_of
from canvas_app.flow import edits
from canvas_app.flow.check import check_flow
from canvas_app.flow.clipboard import holds_nodes
from canvas_app.flow.codec import dump_flow, load_flow
from canvas_app.flow.compile import Compiler
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow, Link, Node
from canvas_app.flow.impact import impact
from canvas_app.flow.recipe import apply_steps, learn_steps, recipe_of
from canvas_app.flow.step import NODES, Step, UnknownUnit
from tests.any_values import LETTERS, is_blank, quickly, same
from tests.flow.any_flow import KINDS, PEOPLE, STEPS, TOWNS, any_flows, chains, flow_of, made, unit


@pytest.fixture(scope="session")
def people(engine):
    return engine.from_rows(PEOPLE)


@pytest.fixture(scope="session")
def towns(engine):
    return engine.from_rows(TOWNS)


def step_by_step(engine, table, flow: Flow):
    """Each step by itself, on rows that were fetched and handed in again, learning from what came in."""
    for node in flow.nodes[1:]:
        if isinstance(node.unit, Step) and not node.skipped:
            learned = json.loads(json.dumps(node.unit.learn(table)))
            table = engine.from_arrow(engine.fetch(node.unit.apply(table, learned)))
    return engine.fetch(table).to_pylist()


@given(chains())
@quickly(12)
def test_one_query_gives_what_the_steps_give_one_by_one(engine, people, flow):
    compiler = Compiler(flow, {"people/1": people}.__getitem__)
    together = engine.fetch(compiler.table(flow.nodes[-1].id)).to_pylist()

    assert same(together, step_by_step(engine, people, flow))


@given(chains())
@quickly(6)
def test_the_check_announces_the_columns_that_come_out(people, flow):
    check = check_flow(flow, {"people/1": schema_of(people)})
    compiler = Compiler(flow, {"people/1": people}.__getitem__)

    assert check.problems == ()
    for node in flow:
        assert schema_of(compiler.table(node.id)) == check.schemas[node.id]


@given(chains(most=4), st.integers(0, 5))
@quickly(8)
def test_one_row_that_is_replayed_alone_is_answered_as_among_others(engine, people, flow, at):
    steps = recipe_of(
        edits.add_after(flow, flow.nodes[-1].id, PredictColumn(target="id")), "predict_column-1"
    ).steps
    learned = learn_steps(people, steps)
    among = engine.fetch(apply_steps(people, steps, learned, replay=True)).to_pylist()
    row = engine.from_arrow(engine.page(people, at, 1))
    alone = engine.fetch(apply_steps(row, steps, learned, replay=True)).to_pylist()

    assert len(among) == len(PEOPLE["id"])
    assert same(alone, [among[at]])


@given(chains(most=3))
@quickly(6)
def test_what_a_step_changed_is_counted_as_by_hand(engine, people, flow):
    compiler = Compiler(flow, {"people/1": people}.__getitem__)
    before, after = compiler.table("dataset-1"), compiler.table(flow.nodes[-1].id)
    was, now = (engine.fetch(table).to_pydict() for table in (before, after))
    blanks = {name: (sum(map(is_blank, was[name])), sum(map(is_blank, now[name]))) for name in was}
    found = impact(before, after)

    assert (found.rows_before, found.rows_after) == (len(was["id"]), len(now["id"]))
    assert {name: (a, b) for name, a, b in found.blanks} == {n: c for n, c in blanks.items() if c[0] != c[1]}


@given(chains(), st.data())
@quickly(6)
def test_places_and_names_decide_no_rows_but_parameters_do(people, flow, data):
    def key(some: Flow) -> str:
        return Compiler(some, {"people/1": people}.__getitem__).content_key(some.nodes[-1].id)

    node = data.draw(st.sampled_from([node.id for node in flow.nodes[1:]]))
    moved = edits.rename_node(edits.move_nodes(flow, {node: (7, 7)}), node, "Mine")
    other = edits.set_unit(flow, node, unit("choose_columns", columns=["id"]))

    assert key(moved) == key(flow) == key(load_flow(dump_flow(flow)))
    assert key(other) != key(flow)


JOIN = unit("join_tables", pairs=[{"left": "town", "right": "code"}])


def joined(*ports: tuple[str, int]) -> Flow:
    """Both datasets and a join, linked by these ports."""
    flow = edits.add_node(flow_of(), DatasetNode(dataset="towns/1"))
    flow = edits.add_node(flow, JOIN)
    for source, port in ports:
        flow = edits.connect(flow, source, "join_tables-1", port)
    return flow


@pytest.mark.parametrize(
    ("ports", "missing"),
    [
        ((), "First table"),
        ((("dataset-1", 0),), "Second table"),
        ((("dataset-1", 1),), "First table"),
    ],
)
def test_the_input_that_is_missing_is_named(people, towns, ports, missing):
    tables = {"people/1": people, "towns/1": towns}
    flow = joined(*ports)
    with pytest.raises(CanvasError) as caught:
        Compiler(flow, tables.__getitem__).table("join_tables-1")

    assert missing.lower() in caught.value.message
    assert caught.value.where.node == "join_tables-1"
    found = check_flow(flow, {key: schema_of(table) for key, table in tables.items()})
    assert missing.lower() in found.of("join_tables-1")[0].message


def test_a_skipped_join_hands_on_its_first_table_and_no_other(people, towns, engine):
    tables = {"people/1": people, "towns/1": towns}
    both = edits.set_skipped(joined(("dataset-2", 1), ("dataset-1", 0)), "join_tables-1", True)
    second_only = edits.set_skipped(joined(("dataset-2", 1)), "join_tables-1", True)

    assert Compiler(both, tables.__getitem__).table("join_tables-1").columns == people.columns
    with pytest.raises(CanvasError, match="Link the first table"):
        Compiler(second_only, tables.__getitem__).table("join_tables-1")


def test_a_diamond_of_steps_meets_in_one_query(people, engine):
    flow = flow_of(unit("group_summarise", keys=["town"], measures=[{"function": "count", "name": "people"}]))
    flow = edits.add_after(
        flow,
        "dataset-1",
        unit("filter_rows", conditions=[{"column": "age", "operator": "at least", "value": "18"}]),
    )
    flow = edits.add_after(
        flow, "filter_rows-1", unit("join_tables", pairs=[{"left": "town", "right": "town"}])
    )
    flow = edits.connect(flow, "group_summarise-1", "join_tables-1", 1)
    after = engine.fetch(Compiler(flow, {"people/1": people}.__getitem__).table("join_tables-1")).to_pylist()

    assert {row["id"]: row["people"] for row in after} == {0: 2, 3: None, 4: 2}


def unless_refused(work: Callable[..., Flow], *given: Any) -> Flow | CanvasError:
    """What the work gives, or the error in words by which it was refused."""
    try:
        return work(*given)
    except CanvasError as refused:
        return refused


UNITS = st.one_of(
    st.sampled_from(STEPS),
    st.sampled_from(KINDS).map(made),
    st.builds(lambda name: unit("dataset", dataset=name), st.text(LETTERS, max_size=9)),
    st.builds(
        lambda text: UnknownUnit(
            saved=json.dumps({"kind": "old", "deep": [{"ü": text}]}, ensure_ascii=False)
        ),
        st.text(LETTERS, max_size=9),
    ),
    st.builds(
        lambda name, text: unit("formula", name=name, formula=text),
        st.text(LETTERS, max_size=9),
        st.text(LETTERS, max_size=20),
    ),
    st.builds(
        lambda seed, s: unit("predict_column", target="x", seed=seed, seconds=s),
        st.integers(0, 2**31 - 1),
        st.integers(10, 86_400),
    ),
)
PLACES = st.floats(-1e6, 1e6)


@given(
    st.lists(st.tuples(UNITS, PLACES, PLACES, st.text(LETTERS, max_size=9), st.booleans()), max_size=6),
    st.text(LETTERS, max_size=9),
)
@quickly(12)
def test_nodes_of_any_kind_place_and_name_come_back_from_a_file(items, name):
    nodes = tuple(
        Node(f"n{at}", item, x, y, title, skipped) for at, (item, x, y, title, skipped) in enumerate(items)
    )
    flow = Flow("f", name, nodes)
    text = json.dumps(dump_flow(flow), allow_nan=False)

    assert load_flow(json.loads(text)) == flow
    assert json.dumps(dump_flow(load_flow(json.loads(text)))) == text


@given(any_flows(), st.data())
@quickly(12)
def test_whatever_is_changed_in_a_file_it_is_read_or_refused_in_words(flow, data):
    saved = json.loads(json.dumps(dump_flow(flow)))
    rubbish = st.sampled_from([None, True, -1, 10**400, 1e300, "", "x", [], [1], {}, {"kind": 1}])
    place: Any = saved
    while isinstance(place, dict | list) and place:
        key = data.draw(st.sampled_from(list(place) if isinstance(place, dict) else list(range(len(place)))))
        if not isinstance(place[key], dict | list) or not place[key] or data.draw(st.booleans()):
            place[key] = data.draw(rubbish)
            break
        place = place[key]
    read = unless_refused(load_flow, saved)
    if isinstance(read, CanvasError):
        assert read.message
        assert read.hint
    else:
        assert load_flow(json.loads(json.dumps(dump_flow(read)))) == read


@pytest.mark.parametrize("x", [float("nan"), float("inf"), -1e300, 10**400])
def test_a_node_that_stands_nowhere_is_refused(x):
    saved = dump_flow(flow_of())
    saved["nodes"][0]["x"] = x

    with pytest.raises(CanvasError, match="can't be read"):
        load_flow(saved)


def sound(flow: Flow) -> bool:
    """No loops, no link to nowhere, no input with two links or that its node doesn't have."""
    return (
        len(flow.in_order) == len(flow.nodes)
        and all(link.source in flow and link.target in flow for link in flow.links)
        and len({(link.target, link.port) for link in flow.links}) == len(flow.links)
        and all(flow[link.source].unit.spec.output for link in flow.links)
        and all(
            isinstance(flow[link.target].unit, UnknownUnit)
            or link.port < len(flow[link.target].unit.spec.inputs)
            for link in flow.links
        )
    )


EDITS: tuple[Callable[[Flow, str, str], Flow], ...] = (
    edits.connect,
    lambda flow, one, other: edits.set_unit(flow, one, flow[other].unit),
    lambda flow, one, other: edits.remove_nodes(flow, {one, other}),
    lambda flow, one, other: edits.add_after(flow, one, made("formula")),
    lambda flow, one, other: edits.duplicate(flow, {one, other}),
    lambda flow, one, other: edits.set_skipped(flow, one, not flow[other].skipped),
    lambda flow, one, other: edits.insert_on_link(flow, min(flow.links, key=repr), one),
    lambda flow, one, other: edits.add_on_link(flow, max(flow.links, key=repr), made("join_tables")),
    lambda flow, one, other: edits.rename_node(flow, one, flow[other].title),
    lambda flow, one, other: edits.tidy(flow),
)


@given(
    any_flows(),
    st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 99), st.integers(0, 99)), max_size=5),
)
@quickly(25)
def test_any_edits_keep_a_flow_sound_and_leave_the_one_before_as_it_was(flow, steps):
    for edit, one, other in steps:
        names = [node.id for node in flow]
        if not names or not flow.links:
            return
        before = dump_flow(flow)
        edited = unless_refused(edit, flow, names[one % len(names)], names[other % len(names)])
        assert dump_flow(flow) == before
        if isinstance(edited, CanvasError):
            assert edited.hint
            continue
        assert sound(edited)
        assert load_flow(dump_flow(edited)) == edited
        flow = edited


@given(any_flows(), st.data())
@quickly(12)
def test_what_is_added_can_be_taken_away_again(flow, data):
    one = data.draw(st.sampled_from([node.id for node in flow]))
    added = edits.add_node(flow, made("formula"))

    assert edits.remove_nodes(added, [added.nodes[-1].id]) == flow
    doubled = edits.duplicate(flow, [node.id for node in flow])
    assert edits.remove_nodes(doubled, [node.id for node in doubled.nodes[len(flow.nodes) :]]) == flow
    for link in flow.links:
        assert edits.connect(edits.disconnect(flow, link), link.source, link.target, link.port) == flow
        between = edits.add_on_link(flow, link, made("filter_rows"))
        assert edits.remove_nodes(between, [between.nodes[-1].id]) == flow
    place = {one: (flow[one].x, flow[one].y)}
    assert edits.move_nodes(edits.move_nodes(flow, {one: (1, 2)}), place) == flow


@given(st.integers(1, 6), st.data())
@quickly(8)
def test_removing_any_steps_of_a_chain_keeps_the_rest_in_its_order(length, data):
    flow = flow_of(*(made("formula") for _ in range(length)))
    gone = data.draw(st.sets(st.sampled_from([node.id for node in flow.nodes[1:]])))
    left = [node.id for node in flow if node.id not in gone]
    healed = edits.remove_nodes(flow, gone)

    assert healed.links == {Link(a, b) for a, b in itertools.pairwise(left)}


@given(any_flows())
@quickly(12)
def test_a_copy_elsewhere_is_the_same_but_for_ids_and_places(flow):
    text = edits.copy(flow, [node.id for node in flow])
    elsewhere = edits.paste(Flow(), text, at=(0, 0))
    new = {old.id: node.id for old, node in zip(flow, elsewhere, strict=True)}

    assert holds_nodes(text)
    assert [node.unit for node in elsewhere] == [node.unit for node in flow]
    assert elsewhere.links == {Link(new[link.source], new[link.target], link.port) for link in flow.links}
    assert (min(node.x for node in elsewhere), min(node.y for node in elsewhere)) == (0, 0)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format": "canvas-app nodes", "nodes": [{}]}'])
def test_text_that_holds_no_nodes_is_known_before_it_is_pasted(text):
    assert not holds_nodes(text)


def test_a_whole_exported_flow_can_be_pasted():
    assert holds_nodes(json.dumps(dump_flow(flow_of(*STEPS))))


def test_an_empty_copy_pastes_nothing():
    flow = flow_of()

    assert edits.paste(flow, edits.copy(flow, [])) is flow


@pytest.mark.parametrize("kind", sorted(node.spec.kind for node in NODES))
def test_a_unit_saved_with_parameters_of_tomorrow_keeps_them(kind):
    saved = dump_flow(edits.add_node(Flow(), NODES[kind]()))
    saved["nodes"][0]["unit"]["values"]["of_tomorrow"] = [1, "ü"]

    assert dump_flow(load_flow(saved)) == saved
