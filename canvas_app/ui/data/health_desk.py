"""Asks for the health of the table that is looked at, and puts what was found right in a flow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from canvas_app.data.health_job import HealthJob
from canvas_app.flow.ends.dataset import DatasetNode
from canvas_app.flow.ends.predict_column import PredictColumn
from canvas_app.flow.flow import Flow, NodeId
from canvas_app.flow.put_right import put_already, put_right
from canvas_app.flow.step import STEPS, Step

if TYPE_CHECKING:
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.finding import Fix
    from canvas_app.data.health import HealthReport
    from canvas_app.jobs.job import Crashed, Failed, Progress
    from canvas_app.jobs.pool import Ticket
    from canvas_app.project.session import Session

_Key = tuple[str, str]


class HealthDesk(QObject):
    """One table at a time; a report that was asked for once is remembered."""

    reported = Signal(object)
    """The ``HealthReport`` of what is looked at now: perhaps without what takes longer, which follows."""
    told = Signal(str)
    """What is being done; empty when nothing is."""
    failed = Signal(object)

    def __init__(self, session: Callable[[], Session]) -> None:
        super().__init__()
        self._session = session
        self._targets: dict[str, str] = {}
        self._reports: dict[_Key, HealthReport] = {}
        self._ticket: Ticket | None = None
        self.dataset: Dataset | None = None

    @property
    def target(self) -> str:
        """The column that shall be predicted: the one chosen, or the one that a flow predicts."""
        dataset = self.dataset
        if dataset is None:
            return ""
        chosen = self._targets.get(dataset.name)
        known = _predicted(self._session().project.flows, dataset.key) if chosen is None else chosen
        return known if known in dataset.schema else ""

    def look(self, dataset: Dataset | None) -> None:
        """Look at a table, and no longer at the one before."""
        if dataset is not None and self.dataset is not None and dataset.key == self.dataset.key:
            return
        self.dataset = dataset
        self._ask()

    def choose_target(self, name: str) -> None:
        """Look at the same table with another column to be predicted."""
        if self.dataset is not None and name != self.target:
            self._targets[self.dataset.name] = name
            self._ask()

    def stop(self) -> None:
        """Let what is being looked at be."""
        if self._ticket is not None:
            self._ticket.stop()
            self._ticket = None

    def put_right(self, fix: Fix) -> NodeId | None:
        """The node that does it behind the table, added if none does. Raises ``CanvasError``."""
        if self.dataset is None:
            return None
        found = self.put_already(fix)
        if found is not None:
            return found
        session, dataset, unit = self._session(), self.dataset, _unit(fix)
        flow = session.project.flows[0].id
        session.edit_flow(f"{fix.title} in {dataset.name}", flow, put_right, dataset.key, unit)
        return session.project.flow(flow).nodes[-1].id

    def put_already(self, fix: Fix) -> NodeId | None:
        """The node of the first flow that does it already."""
        if self.dataset is None:
            return None
        return put_already(self._session().project.flows[0], self.dataset.key, _unit(fix))

    def _ask(self) -> None:
        self.stop()
        dataset = self.dataset
        if dataset is None:
            return
        session, key = self._session(), (dataset.blob, self.target)
        if key in self._reports:
            self._tell(key)
            return
        self.told.emit("Looking at the health of the table…")
        before = _version_before(session, dataset)
        job = HealthJob(
            str(session.data_path(dataset.key)),
            key[1],
            str(session.data_path(before.key)) if before is not None else "",
            str(session.cache / "health"),
        )
        self._ticket = session.run(
            job,
            done=lambda report: self._came(key, report),
            failed=lambda trouble: self._did_not_come(key, trouble),
            progress=lambda progress: self._hear(key, progress),
        )

    def _came(self, key: _Key, report: HealthReport) -> None:
        self._reports[key] = report
        if self._is_now(key):
            self._ticket = None
            self._tell(key)

    def _tell(self, key: _Key) -> None:
        self.told.emit("")
        self.reported.emit(self._reports[key])

    def _did_not_come(self, key: _Key, trouble: Failed | Crashed) -> None:
        if self._is_now(key):
            self.told.emit("")
            self.failed.emit(trouble)

    def _hear(self, key: _Key, progress: Progress) -> None:
        if not self._is_now(key):
            return
        if progress.note:
            self.told.emit(f"{progress.note}…")
        early = HealthJob.early_report(progress)
        if early is not None:
            self.reported.emit(early)

    def _is_now(self, key: _Key) -> bool:
        return self.dataset is not None and key == (self.dataset.blob, self.target)


def _unit(fix: Fix) -> Step:
    return STEPS[fix.step].read(fix.values)


def _predicted(flows: tuple[Flow, ...], dataset: str) -> str:
    """The column that a flow predicts from a table; empty if none does."""
    for flow in flows:
        tables = [
            node.id for node in flow if isinstance(node.unit, DatasetNode) and node.unit.dataset == dataset
        ]
        for node in flow:
            asks = isinstance(node.unit, PredictColumn) and node.unit.target
            if asks and any(flow.leads(table, to=node.id) for table in tables):
                return str(asks)
    return ""


def _version_before(session: Session, dataset: Dataset) -> Dataset | None:
    earlier = [item for item in session.project.datasets if item.name == dataset.name]
    earlier = [item for item in earlier if item.version < dataset.version]
    return max(earlier, key=lambda item: item.version, default=None)
