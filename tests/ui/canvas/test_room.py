"""A step between two others covers neither."""

from __future__ import annotations

from canvas_app.flow import edits
from canvas_app.flow.flow import Flow, Link
from canvas_app.flow.layout import STEP_RIGHT
from canvas_app.flow.step import NODES
from canvas_app.ui.canvas.room import add_between


def flow_of(*places: tuple[float, float]) -> Flow:
    """A chain of steps at these places, and a lonely one far below the last."""
    flow = Flow()
    for x, y in places:
        flow = edits.add_node(flow, NODES["filter_rows"](), x, y)
    for source, target in zip(flow.nodes[:-1], flow.nodes[1:], strict=True):
        flow = edits.connect(flow, source.id, target.id)
    return edits.add_node(flow, NODES["dataset"](), places[-1][0], 900)


def test_what_comes_after_moves_to_the_right_and_nothing_else():
    before = flow_of((0, 0), (STEP_RIGHT, 0), (2 * STEP_RIGHT, 0))
    first, second, *_ = before.nodes
    after = add_between(before, Link(first.id, second.id), NODES["formula"]())

    steps = [(round(node.x / STEP_RIGHT), node.y) for node in after]
    assert steps == [(0, 0), (2, 0), (3, 0), (2, 900), (1, 0)]


def test_where_there_is_room_nothing_moves():
    before = flow_of((0, 0), (600, 100))
    first, second, *_ = before.nodes
    after = add_between(before, Link(first.id, second.id), NODES["formula"]())

    assert after.nodes[:-1] == before.nodes
    assert (after.nodes[-1].x, after.nodes[-1].y) == (300, 50)
