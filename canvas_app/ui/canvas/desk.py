"""The one way by which a person edits a flow: canvas, list, palette and inspector all come here."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from canvas_app.base.errors import CanvasError, EditError
from canvas_app.flow import edits
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.flow import Flow, Link, NodeId
from canvas_app.flow.step import NODES, NodeUnit
from canvas_app.ui.canvas.card import HEIGHT, WIDTH
from canvas_app.ui.canvas.room import add_between
from canvas_app.ui.look_only import why_locked

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.project.session import Session

Place = tuple[float, float]

_CASCADE = 76.0
"""How far below each other files stand which were dropped together."""


class Desk(QObject):
    """One flow with what is selected in it; every edit goes to the session, every refusal is told."""

    flow_changed = Signal()
    """The flow is not what it was, or another one is edited now."""
    selection_changed = Signal()
    refused = Signal(object)
    """A ``CanvasError``, or the outcome of a job: what could not be done, and what to do instead."""

    def __init__(self, session: Session, flow: str) -> None:
        super().__init__()
        self.session = session
        self._flow_id = flow
        self._selected: tuple[NodeId, ...] = ()
        self._link: Link | None = None
        self._gestures = 0
        self._burst = Burst()

    @property
    def flow(self) -> Flow:
        """The flow as it is now; the first one when the one that was edited is gone."""
        flows = self.session.project.flows
        found = next((flow for flow in flows if flow.id == self._flow_id), None)
        return found or (flows[0] if flows else Flow())

    @property
    def locked(self) -> str:
        """Why nothing can be edited here; empty where it can."""
        return why_locked(self.session)

    @property
    def selected(self) -> tuple[NodeId, ...]:
        """The selected nodes in the order in which they were chosen."""
        return self._selected

    @property
    def link(self) -> Link | None:
        """The selected link, if a link is selected."""
        return self._link

    @property
    def current(self) -> NodeId | None:
        """The node that the inspector and the preview show: the one chosen last."""
        return self._selected[-1] if self._selected else None

    def open(self, flow: str) -> None:
        """Edit another flow of the project."""
        self._flow_id = flow
        self._selected, self._link = (), None
        self.flow_changed.emit()
        self.selection_changed.emit()

    def follow(self) -> None:
        """The session has changed: look at its flow anew."""
        flow = self.flow
        kept = tuple(node for node in self._selected if node in flow)
        link = self._link if self._link in flow.links else None
        gone = (kept, link) != (self._selected, self._link)
        self._selected, self._link = kept, link
        self.flow_changed.emit()
        if gone:
            self.selection_changed.emit()

    def select(self, nodes: Collection[NodeId] = (), link: Link | None = None) -> None:
        """Select these nodes, or one link, and nothing else."""
        flow = self.flow
        chosen = tuple(dict.fromkeys(node for node in nodes if node in flow))
        if (chosen, link) != (self._selected, self._link):
            self._selected, self._link = chosen, link
            self.selection_changed.emit()

    def toggle(self, node: NodeId) -> None:
        """Add a node to the selection, or take it out."""
        rest = tuple(other for other in self._selected if other != node)
        self.select(rest if node in self._selected else (*rest, node))

    def edit(self, label: str, change: Callable[..., Flow], *args: Any, gesture: str | None = None) -> bool:
        """Change the flow by a function of ``flow.edits``; a refusal is told, and gives False."""
        try:
            self.session.edit_flow(label, self.flow.id, change, *args, gesture=gesture)
        except CanvasError as error:
            self.refused.emit(error)
            return False
        return True

    def new_gesture(self, word: str) -> str:
        """A name under which several edits undo as one."""
        self._gestures += 1
        return f"{word}-{id(self)}-{self._gestures}"

    def add(self, unit: NodeUnit, at: Place, name: str = "", gesture: str | None = None) -> NodeId | None:
        """Put a node on the ground with its middle at a place, and select it."""
        place = at[0] - WIDTH / 2, at[1] - HEIGHT / 2
        return self._added(f"Add {unit.spec.title}", edits.add_node, unit, *place, name, gesture=gesture)

    def add_after(self, source: NodeId, unit: NodeUnit) -> NodeId | None:
        """Put a node behind another, linked, and select it."""
        return self._added(f"Add {unit.spec.title}", edits.add_after, source, unit)

    def add_on_link(self, link: Link, unit: NodeUnit) -> NodeId | None:
        """Put a node between two others, and select it."""
        return self._added(f"Insert {unit.spec.title}", add_between, link, unit)

    def add_linked(self, unit: NodeUnit, at: Place, other: NodeId, side: str, port: int = 0) -> NodeId | None:
        """Put a node where a link was dropped, and link it: after ``other``'s output, or into its input."""
        gesture = self.new_gesture("add-linked")
        made = self.add(unit, at, gesture=gesture)
        if made is not None and side == "out":
            self.edit("Link", edits.connect, other, made, None, gesture=gesture)
        elif made is not None:
            self.edit("Link", edits.connect, made, other, port, gesture=gesture)
        return made

    def add_here(self, unit: NodeUnit, at: Place) -> NodeId | None:
        """Put a node behind the current one, or before it if it is an end; else on the ground."""
        current = self.current
        if current is not None and unit.spec.inputs and self.flow[current].unit.spec.output:
            return self.add_after(current, unit)
        came = self.flow.inputs(current) if current is not None else ()
        if len(came) == 1 and unit.spec.inputs and unit.spec.output:
            return self.add_on_link(came[0], unit)
        return self.add_free(unit, at)

    def add_free(self, unit: NodeUnit, at: Place, name: str = "") -> NodeId | None:
        """Put a node on the ground near a place, where it covers no other."""
        x, y = edits.free_place(self.flow, at[0] - WIDTH / 2, at[1] - HEIGHT / 2)
        return self.add(unit, (x + WIDTH / 2, y + HEIGHT / 2), name)

    def add_dataset(self, dataset: Dataset, at: Place, gesture: str | None = None) -> NodeId | None:
        """Put a table of the project on the ground."""
        return self.add(DatasetNode(dataset=dataset.key), at, dataset.name, gesture)

    def import_files(self, paths: Sequence[Path], at: Place) -> None:
        """Bring files into the project and put each on the canvas, below each other."""
        for place, path in enumerate(paths):
            there = (at[0], at[1] + place * _CASCADE)
            keep = partial(self._came, at=there)
            try:
                self.session.import_file(path, done=keep, failed=self.refused.emit)
            except CanvasError as error:
                self.refused.emit(error)

    def link_nodes(self, source: NodeId, target: NodeId, port: int | None = None) -> bool:
        """Draw a link."""
        return self.edit("Link", edits.connect, source, target, port)

    def remove(self) -> bool:
        """Take away what is selected: the link, or the nodes, whose chain heals."""
        if self._link is not None:
            return self.edit("Remove link", edits.disconnect, self._link)
        if not self._selected:
            return False
        title = _named(self.flow, self._selected)
        return self.edit(f"Remove {title}", edits.remove_nodes, self._selected)

    def copied(self) -> str:
        """What is selected, as text for the clipboard; empty when nothing is."""
        return edits.copy(self.flow, self._selected) if self._selected else ""

    def paste(self, text: str, at: Place | None = None) -> bool:
        """Put copied nodes onto the canvas, and select them."""
        return self._grown(lambda: self.edit("Paste", edits.paste, text, at))

    def duplicate(self) -> bool:
        """Copy and paste what is selected."""
        if not self._selected:
            return False
        title = _named(self.flow, self._selected)
        return self._grown(lambda: self.edit(f"Duplicate {title}", edits.duplicate, self._selected))

    def tidy(self) -> bool:
        """Lay the flow out from left to right."""
        return self.edit("Tidy up", edits.tidy)

    def set_skipped(self, node: NodeId, skipped: bool) -> bool:
        """Pass over a step, or run it again."""
        word = "Skip" if skipped else "Run again"
        return self.edit(f"{word} {self.flow[node].title}", edits.set_skipped, node, skipped)

    def rename(self, node: NodeId, name: str) -> bool:
        """Call a node by another name."""
        return self.edit(f"Rename {self.flow[node].title}", edits.rename_node, node, name)

    def set_unit(self, node: NodeId, unit: NodeUnit, field: str = "") -> bool:
        """Give a node other parameters; quick edits of one field, such as keystrokes, undo as one."""
        title = self.flow[node].title
        gesture = self._burst.name(f"{node}-{field}") if field else None
        return self.edit(f"Change {title}", edits.set_unit, node, unit, gesture=gesture)

    def unit_of(self, kind: str) -> NodeUnit | None:
        """A new unit of a kind; None, and told, for a kind that is not known."""
        try:
            return NODES[kind]()
        except CanvasError as error:
            self.refused.emit(error)
            return None

    def refuse(self, error: EditError) -> None:
        """Tell what can't be done."""
        self.refused.emit(error)

    def _came(self, dataset: Dataset, at: Place) -> None:
        self.add_dataset(dataset, at)

    def _added(
        self, label: str, change: Callable[..., Flow], *args: Any, gesture: str | None = None
    ) -> NodeId | None:
        before = {node.id for node in self.flow}
        if not self.edit(label, change, *args, gesture=gesture):
            return None
        made = next((node.id for node in self.flow if node.id not in before), None)
        if made is not None:
            self.select((made,))
        return made

    def _grown(self, edit: Callable[[], bool]) -> bool:
        before = {node.id for node in self.flow}
        done = edit()
        new = [node.id for node in self.flow if node.id not in before]
        if done and new:
            self.select(new)
        return done


class Burst:
    """Edits of one thing that follow each other quickly; a rest, or another thing, begins the next."""

    REST = 1.5
    """Seconds after which an edit is one of its own."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._of = ""
        self._last = 0.0
        self._number = 0

    def name(self, of: str) -> str:
        """The name under which an edit of that thing, made now, is undone."""
        now = self._clock()
        if of != self._of or now - self._last > self.REST:
            self._number += 1
        self._of, self._last = of, now
        return f"burst-{id(self)}-{self._number}"


def _named(flow: Flow, nodes: Sequence[NodeId]) -> str:
    return flow[nodes[0]].title if len(nodes) == 1 else f"{len(nodes)} nodes"
