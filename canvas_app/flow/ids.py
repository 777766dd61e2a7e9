"""Ids of nodes are short, readable, and the same for the same edits."""

from __future__ import annotations

from canvas_app.flow.flow import Flow, NodeId


def new_id(flow: Flow, kind: str = "node") -> NodeId:
    """The id that the next node of that kind will get, such as ``fill_missing-2``."""
    taken = [node.id.removeprefix(f"{kind}-") for node in flow.nodes if node.id.startswith(f"{kind}-")]
    highest = max((int(number) for number in taken if number.isdecimal()), default=0)
    return f"{kind}-{highest + 1}"
