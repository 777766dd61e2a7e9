"""The flow as a frozen value: nodes, and the links between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from canvas_app.flow.step import NodeUnit

NodeId = str


@dataclass(frozen=True)
class Node:
    """One thing on the canvas: what it is, where it stands, what it is called."""

    id: NodeId
    unit: NodeUnit
    x: float = 0.0
    y: float = 0.0
    name: str = ""
    skipped: bool = False

    @property
    def title(self) -> str:
        """The name given by a person, or else the title of its kind."""
        return self.name or str(self.unit.spec.title)


@dataclass(frozen=True)
class Link:
    """The output of one node goes into an input of another."""

    source: NodeId
    target: NodeId
    port: int = 0
    """Which input of the target, counted from 0."""


@dataclass(frozen=True)
class Flow:
    """Nodes in the order in which they were added, and links without loops."""

    id: str = "flow"
    name: str = "Flow"
    nodes: tuple[Node, ...] = ()
    links: frozenset[Link] = frozenset()

    def __iter__(self) -> Iterator[Node]:
        return iter(self.nodes)

    def __contains__(self, node: NodeId) -> bool:
        return node in self._by_id

    def __getitem__(self, node: NodeId) -> Node:
        """The node of that id; raises ``KeyError``."""
        return self._by_id[node]

    def inputs(self, node: NodeId) -> tuple[Link, ...]:
        """The links that come in, by port."""
        return self._incoming.get(node, ())

    def outputs(self, node: NodeId) -> tuple[Link, ...]:
        """The links that go out."""
        return self._outgoing.get(node, ())

    def leads(self, start: NodeId, to: NodeId) -> bool:
        """Whether a path of links goes from one node to the other; a node leads to itself."""
        return to == start or to in self._below(start)

    def _below(self, node: NodeId) -> set[NodeId]:
        """All that draws from a node; remembered until another is asked about, as one asks of every node."""
        if node not in self._found_below:
            found: set[NodeId] = set()
            waiting = [node]
            while waiting:
                new = {link.target for link in self.outputs(waiting.pop())} - found
                found |= new
                waiting += new
            self._found_below.clear()
            self._found_below[node] = found
        return self._found_below[node]

    def upstream(self, node: NodeId) -> tuple[NodeId, ...]:
        """The node and all that it draws from, each after what it draws from."""
        done: dict[NodeId, None] = {}
        waiting = [(node, False)]
        while waiting:
            here, expanded = waiting.pop()
            if here in done:
                continue
            if expanded:
                done[here] = None
                continue
            waiting.append((here, True))
            waiting += [(link.source, False) for link in self.inputs(here)]
        return tuple(done)

    @cached_property
    def in_order(self) -> tuple[NodeId, ...]:
        """All nodes, each after all that it draws from."""
        waiting = {node.id: len(self.inputs(node.id)) for node in self.nodes}
        order = [node.id for node in self.nodes if not waiting[node.id]]
        for here in order:
            for link in self.outputs(here):
                waiting[link.target] -= 1
                if not waiting[link.target]:
                    order.append(link.target)
        return tuple(order)

    @cached_property
    def _found_below(self) -> dict[NodeId, set[NodeId]]:
        return {}

    @cached_property
    def _by_id(self) -> dict[NodeId, Node]:
        return {node.id: node for node in self.nodes}

    @cached_property
    def _incoming(self) -> dict[NodeId, tuple[Link, ...]]:
        found: dict[NodeId, list[Link]] = {}
        for link in sorted(self.links, key=lambda link: (link.target, link.port)):
            found.setdefault(link.target, []).append(link)
        return {node: tuple(links) for node, links in found.items()}

    @cached_property
    def _outgoing(self) -> dict[NodeId, tuple[Link, ...]]:
        found: dict[NodeId, list[Link]] = {}
        for link in sorted(self.links, key=lambda link: (link.source, link.target, link.port)):
            found.setdefault(link.source, []).append(link)
        return {node: tuple(links) for node, links in found.items()}
