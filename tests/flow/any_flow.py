"""Flows that are sound, and flows as clumsy hands make them, for tests that try many."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from canvas_app.flow import edits
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.flow import Flow
from canvas_app.flow.step import NODES, NodeUnit, Step, UnknownUnit

PEOPLE: dict[str, list[Any]] = {
    "id": [0, 1, 2, 3, 4, 5],
    "age": [31, None, 17, 64, 20, 17],
    "pay": [1200.5, None, 0.1, 3.0, 0.0, -7.25],
    "town": ["Ulm", "Bonn", None, "", "Ulm", 'O"Hara'],
    "member": [True, False, None, True, False, True],
}
"""What the dataset ``people/1`` of these flows holds."""
TOWNS: dict[str, list[Any]] = {"code": ["Ulm", "Bonn", "Rom", None], "size": [120, 330, 2800, 1]}
"""What the dataset ``towns/1`` holds."""

KINDS = ["formula", "filter_rows", "join_tables", "dataset", "predict_column", "unknown"]


def unit(kind: str, **values: Any) -> Any:
    """A unit of that kind."""
    return NODES[kind](**values)


def flow_of(*units: NodeUnit, dataset: str = "people/1") -> Flow:
    """A dataset with these units below it, one after the other."""
    flow = edits.add_node(Flow(), DatasetNode(dataset=dataset))
    for item in units:
        flow = edits.add_after(flow, flow.nodes[-1].id, item)
    return flow


def condition(column: str, operator: str, value: str = "") -> dict[str, str]:
    """A condition as a form gives it."""
    return {"column": column, "operator": operator, "value": value}


STEPS: tuple[Step, ...] = (
    unit("fill_missing", columns=["age"], using="mean"),
    unit("fill_missing", columns=["pay"], using="median"),
    unit("fill_missing", columns=["town", "member"], using="most frequent"),
    unit("fill_missing", columns=["age"], using="value", value="40"),
    unit("filter_rows", conditions=[condition("id", "less than", "5")]),
    unit("filter_rows", conditions=[condition("town", "is not blank")]),
    unit(
        "filter_rows",
        conditions=[condition("pay", "at least", "0"), condition("member", "equals", "no")],
        match="any",
    ),
    unit("formula", name="pay", formula="coalesce(pay, 0) * 2 + id"),
    unit("formula", name="town", formula="upper(town)"),
    unit("change_type", columns=["member"], to="switch"),
    unit("change_type", columns=["age"], to="number"),
)
"""Steps that keep the columns of ``people/1``, so that they can stand in any order."""


@st.composite
def chains(draw: st.DrawFn, most: int = 6) -> Flow:
    """Sound flows: a few steps below ``people/1``, some of them skipped."""
    flow = flow_of(*draw(st.lists(st.sampled_from(STEPS), min_size=1, max_size=most)))
    for node in flow.nodes[1:]:
        flow = edits.set_skipped(flow, node.id, draw(st.integers(0, 4)) == 0)
    return flow


def made(kind: str) -> NodeUnit:
    """A fresh unit of a kind, also of one that this version doesn't know."""
    if kind == "unknown":
        return UnknownUnit(saved=json.dumps({"kind": "old", "x": [1]}))
    return NODES[kind]()


@st.composite
def any_flows(draw: st.DrawFn) -> Flow:
    """Flows as clumsy hands make them: refused edits are passed over."""
    flow = Flow()
    for kind in draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=9)):
        flow = edits.add_node(flow, made(kind), draw(st.integers(-500, 500)), draw(st.integers(-500, 500)))
    names = st.sampled_from([node.id for node in flow])
    for source, target, port in draw(
        st.lists(st.tuples(names, names, st.sampled_from([None, 0, 1])), max_size=20)
    ):
        if edits.why_not(flow, source, target, port) is None:
            flow = edits.connect(flow, source, target, port)
    return flow
