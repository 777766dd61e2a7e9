"""What is true of a flow right now, beyond its own words: problems, running jobs, built models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from canvas_app.base.errors import Problem
from canvas_app.data.dataset import Dataset
from canvas_app.flow.check import FlowCheck, check_flow
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow, NodeId
from canvas_app.project.change import same_work
from canvas_app.project.project import ModelRecord, Project
from canvas_app.project.versions import broken_by, broken_words, newest_of
from canvas_app.ui.bridge import Work
from canvas_app.ui.canvas.face import Face, Facts, face_of, title_of
from canvas_app.ui.flow.about import About, Newer, Running
from canvas_app.ui.look_only import why_locked

if TYPE_CHECKING:
    from canvas_app.project.session import Session


@dataclass(frozen=True)
class FlowState:
    """A flow with its check, the jobs that run for its nodes, and the models it has given."""

    flow: Flow
    check: FlowCheck = field(default_factory=FlowCheck)
    datasets: Mapping[str, Dataset] = field(default_factory=dict)
    running: Mapping[NodeId, Running] = field(default_factory=dict)
    records: Mapping[NodeId, ModelRecord] = field(default_factory=dict)
    """The last model of each node."""
    stale: frozenset[NodeId] = frozenset()
    locked: str = ""
    """Why nothing can be edited or built here; empty where it can."""

    def faces(self) -> dict[NodeId, Face]:
        """What every node shows."""
        facts = Facts(
            datasets=self.datasets,
            working={node: running.note or "Working" for node, running in self.running.items()},
            models={node: record.model for node, record in self.records.items()},
            waiting=self._waiting(),
            stale=self.stale,
        )
        by_node: dict[NodeId | None, list[Problem]] = {}
        for problem in self.check.problems:
            by_node.setdefault(problem.node, []).append(problem)
        return {node.id: face_of(node, facts, tuple(by_node.get(node.id, ()))) for node in self.flow}

    def _waiting(self) -> dict[NodeId, str]:
        """The nodes below one that has a problem, with its title."""
        found: dict[NodeId, str] = {}
        grave = [item.node for item in self.check.problems if item.severity == "problem" and item.node]
        reach = [
            (link.target, title_of(self.flow[node])) for node in grave for link in self.flow.outputs(node)
        ]
        while reach:
            node, title = reach.pop()
            if node not in found and not self.flow[node].skipped:
                found[node] = title
                reach += [(link.target, title) for link in self.flow.outputs(node)]
        return found

    def about(self, node: NodeId, written: str = "") -> About:
        """What the inspector needs to know about a node."""
        return About(
            check=self.check,
            datasets=self.datasets,
            record=self.records.get(node),
            running=self.running.get(node),
            written=written,
            why_not=self.why_not(node),
            newer=self._newer(node),
        )

    def _newer(self, node: NodeId) -> Newer | None:
        """The newest version of the table that the node begins with, unless that is the one it uses."""
        unit, datasets = self.flow[node].unit, tuple(self.datasets.values())
        used = self.datasets.get(unit.dataset) if isinstance(unit, DatasetNode) else None
        newest = newest_of(datasets, used.key) if used is not None else None
        if used is None or newest is None or newest.version <= used.version or self.locked:
            return None
        broken = broken_words(self.flow, broken_by(self.flow, node, newest.key, datasets))
        changes = newest.changes.words() if newest.changes else ()
        return Newer(newest.key, newest.version, changes, broken)

    def why_not(self, node: NodeId) -> str:
        """Why a node can't be built or written now; empty where it can."""
        if self.locked:
            return self.locked
        if self.flow[node].skipped:
            return "It is skipped. Run it again first."
        problem = self.check.blocks(node, self.flow)
        if problem is None:
            return ""
        place = "" if problem.node in (None, node) else f"{title_of(self.flow[problem.node or node])}: "
        return f"{place}{problem.text}"

    def model_node(self, wanted: NodeId | None) -> NodeId | None:
        """The model that *Build model* means: the selected one, or the first."""
        models = [node.id for node in self.flow if isinstance(node.unit, PredictColumn)]
        return wanted if wanted in models else next(iter(models), None)

    def new_columns(self, node: NodeId) -> tuple[str, ...]:
        """The columns after a node which did not come in."""
        after = self.check.schemas.get(node)
        came = {name for schema in self.check.inputs.get(node, ()) for name in schema.names}
        return tuple(name for name in after.names if name not in came) if after is not None and came else ()


class StateReader:
    """Reads the state of flows from a session, and remembers what need not be found out again."""

    def __init__(self, session: Session, works: Callable[[], Iterable[Work]]) -> None:
        self._session = session
        self._works = works
        self._before: tuple[Flow, tuple[Dataset, ...], FlowCheck] | None = None
        self._built_at: dict[str, Project] = {}

    def read(self, flow: Flow) -> FlowState:
        """The state of a flow now."""
        project = self._session.project
        records = last_models(flow, self._session.models)
        return FlowState(
            flow=flow,
            check=self._check(flow, project.datasets),
            datasets={dataset.key: dataset for dataset in project.datasets},
            running=running_for(flow, self._works()),
            records=records,
            stale=frozenset(node for node, record in records.items() if self._is_stale(record, project)),
            locked=why_locked(self._session),
        )

    def _check(self, flow: Flow, datasets: tuple[Dataset, ...]) -> FlowCheck:
        before = self._before
        if before is None or before[1] is not datasets or not _only_moved(before[0], flow):
            found = check_flow(flow, {dataset.key: dataset.schema for dataset in datasets})
        else:
            found = before[2]
        self._before = (flow, datasets, found)
        return found

    def _is_stale(self, record: ModelRecord, project: Project) -> bool:
        """A build is kept only while its node does what it was built from, so it counts from there."""
        return not same_work(self._built_at.setdefault(record.id, project), project, record.node)


def running_for(flow: Flow, works: Iterable[Work]) -> dict[NodeId, Running]:
    """The jobs that run for nodes of a flow, as their jobs name them."""
    found: dict[NodeId, Running] = {}
    for work in works:
        drawn, node = getattr(work.job, "flow", None), getattr(work.job, "node", None)
        if work.running and isinstance(drawn, Mapping) and drawn.get("id") == flow.id and str(node) in flow:
            found[str(node)] = Running(work.progress.note, work.progress.done)
    return found


def last_models(flow: Flow, records: Iterable[ModelRecord]) -> dict[NodeId, ModelRecord]:
    """The last model of each node of a flow."""
    return {record.node: record for record in records if record.flow == flow.id and record.node in flow}


def _only_moved(before: Flow, after: Flow) -> bool:
    """Whether two states of a flow differ at most in where their nodes stand."""
    if before is after:
        return True
    if before.id != after.id or before.links != after.links or len(before.nodes) != len(after.nodes):
        return False
    pairs = zip(before.nodes, after.nodes, strict=True)
    return all(one is two or replace(one, x=two.x, y=two.y) == two for one, two in pairs)
