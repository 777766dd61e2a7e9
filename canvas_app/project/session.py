"""The only writer of a project: every edit goes through here, is undone here, and is on disk in a second."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from canvas_app.base.errors import CanvasError, Where
from canvas_app.base.words import counted
from canvas_app.data.files import NoRoom, file_errors
from canvas_app.flow.flow import Flow, NodeId
from canvas_app.jobs.job import Crashed, Done, Failed, Job, Outcome, Progress, Stopped
from canvas_app.jobs.scratch import discard, hidden_beside, new_scratch
from canvas_app.project import blobs, database, recent
from canvas_app.project.change import same_work
from canvas_app.project.codec import pack_project, pack_record
from canvas_app.project.editor import Blocked, Editor
from canvas_app.project.entries import JobEntry, JobState, now
from canvas_app.project.lock import Held, Lock, ReadOnly
from canvas_app.project.project import ModelRecord, Project, add_dataset, rename
from canvas_app.project.store import Store, require_readable_format
from canvas_app.project.versions import used_versions, versions_of

if TYPE_CHECKING:
    from canvas_app.base.figure import Figure
    from canvas_app.bundle.read import Predicted
    from canvas_app.bundle.write import Exported
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.import_job import ImportJob
    from canvas_app.data.role import Roles
    from canvas_app.data.source import Source
    from canvas_app.explain.analysis import Analysis
    from canvas_app.flow.write_job import WrittenFile
    from canvas_app.jobs.pool import JobRunner, Ticket
    from canvas_app.project.copy_job import Copied, Unwritten
    from canvas_app.training.model import BuiltModel

T = TypeVar("T")
U = TypeVar("U")

Told = Callable[[T], None] | None


class Session(Editor):
    """An open project. It belongs to one thread, on which its runner must deliver what jobs say."""

    def __init__(
        self, folder: Path, runner: JobRunner, store: Store, lock: Lock | None, blocked: Blocked | None
    ) -> None:
        super().__init__(folder, store, lock, blocked)
        self._runner = runner
        self._temporary: Path | None = None

    @classmethod
    def create(cls, folder: Path, name: str, runner: JobRunner) -> Self:
        """Make a project in a new or empty folder, and open it. Raises ``CanvasError``."""
        folder = Path(folder).absolute()
        with file_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            theirs = [item.name for item in folder.iterdir() if not item.name.endswith((".lock", ".part"))]
        if theirs:
            raise CanvasError(f"{folder} is not empty: there is {theirs[0]}.", hint="Choose a new folder.")
        with Lock.held(folder):
            database.create(folder / database.NAME, name, pack_project(Project(name=name)), now())
        return cls.open(folder, runner)

    @classmethod
    def open(cls, folder: Path, runner: JobRunner, *, look_only: bool = False) -> Self:
        """Open a project. Where another window has it, or the folder can't be written, it is opened to look.

        Raises ``CanvasError``: ``NewerProject``, before anything is written; ``BrokenProject``, with the
        way to a backup.
        """
        folder = Path(folder).absolute()
        require_readable_format(folder)
        lock, blocked = _take(folder) if not look_only else (None, Blocked("it was opened to look at it."))
        with ExitStack() as unless_done:
            if lock is not None:
                unless_done.callback(lock.release)
            store = Store.open(folder) if lock is not None else Store.look(folder)
            unless_done.callback(store.close)
            session = cls(folder, runner, store, lock, blocked)
            unless_done.pop_all()
        if lock is not None:
            blobs.sweep(folder)
            session._remember()
        return session

    @property
    def exports(self) -> Path:
        """Where files go that are written without a folder of their own."""
        return self.folder / "exports"

    @property
    def cache(self) -> Path:
        """A folder whose contents may be deleted at any time; of a session that may only look, elsewhere."""
        if not self.look_only:
            return self.folder / "cache"
        if self._temporary is None:
            self._temporary = new_scratch("look")
        return self._temporary

    def run(
        self,
        job: Job[T],
        *,
        done: Told[T] = None,
        failed: Told[Failed | Crashed] = None,
        progress: Told[Progress] = None,
        stopped: Callable[[], None] | None = None,
        node: NodeId | None = None,
    ) -> Ticket:
        """Run a job. One of ``done``, ``failed`` (which is told of crashes too) and ``stopped`` is called.

        The result of a job that was made for a node is dropped, and ``stopped`` called, if the node or
        what it draws from does something else by then.
        """
        line = JobEntry(secrets.token_hex(8), job.title, node, "running")
        self.log(line)
        before = self.project

        def end(outcome: Outcome[T]) -> None:
            if not self._open:
                return
            self.log(replace(line, state=_STATES[type(outcome)], log=_words(outcome)))
            stale = node is not None and not same_work(before, self.project, node)
            match Stopped() if stale else outcome:
                case Done(value) if done is not None:
                    done(value)
                case Failed() | Crashed() as trouble if failed is not None:
                    failed(trouble)
                case Stopped() if stopped is not None:
                    stopped()

        return self._runner.submit(job, progress=progress, outcome=end)

    def import_file(self, path: Path | str, *, done: Told[Dataset] = None, **told: Any) -> Ticket:
        """Bring a file into the project as a table; raises ``CanvasError`` where nothing reads such files."""
        from canvas_app.data.source import source_for

        return self.import_source(source_for(Path(path).absolute()), done=done, **told)

    def import_source(
        self, source: Source, *, name: str = "", roles: Roles = None, done: Told[Dataset] = None, **told: Any
    ) -> Ticket:
        """Bring what a source reads into the project as a table, as the next version where its name is known.

        ``roles`` say what columns are for; ``told`` are ``failed``, ``progress`` and ``stopped``.
        """
        self.require_writable()
        work = blobs.work_folder(self.folder)
        job = self.import_job(source, work, name, roles)
        keep = partial(self.keep_dataset, work=work, label=f"Import {job.name}")
        return self.run_in(work, job, keep, done, told)

    def import_job(self, source: Source, work: Path, name: str = "", roles: Roles = None) -> ImportJob:
        """The job that reads a source into a folder, as the next version of the table of that name."""
        from canvas_app.data.import_job import ImportJob

        called = _plain(name or source.table_name())
        last = next(iter(versions_of(self.project, called)), None)
        before = (str(self.data_path(last.key)), last.version) if last is not None else None
        job = ImportJob.of(source, work, self._next_version(called), name=called, project=str(self.folder))
        kept = last.roles if last is not None else {}
        return replace(job, before=before, roles=kept if roles is None else roles)

    def keep_dataset(self, dataset: Dataset, work: Path, label: str) -> Dataset:
        """Put what such a job gave into the project; the answer is the table as the project knows it."""
        dataset = replace(dataset, version=self._next_version(dataset.name))
        for file in work.glob(f"{dataset.blob}*"):
            blobs.keep(file, self.folder / "data" / file.name)
        self.edit(label, add_dataset, dataset)
        return dataset

    def build(self, flow: str, node: NodeId, *, done: Told[ModelRecord] = None, **told: Any) -> Ticket:
        """Build the model that a *Predict a column* node asks for, and keep it."""
        from canvas_app.flow.codec import dump_flow
        from canvas_app.flow.ends.predict_column import PredictColumn

        self.require_writable()
        drawn = self.project.flow(flow)
        unit = drawn[node].unit if node in drawn else None
        if not isinstance(unit, PredictColumn):
            raise CanvasError(
                "This node asks for no model.", hint="Choose a Predict a column node.", where=Where(node)
            )
        from canvas_app.project.build_job import BuildJob

        name = drawn[node].name or unit.target
        work = blobs.work_folder(self.folder)

        def keep(built: BuiltModel) -> ModelRecord:
            version = 1 + max((item.version for item in self.models if item.name == name), default=0)
            return self.keep_model(
                ModelRecord(Path(built.folder).name, name, version, flow, node, now(), built)
            )

        (work / "model").mkdir()
        job = BuildJob(dump_flow(drawn), node, self.datasets_of(drawn), str(work / "model"))
        return self.run_in(work, job, keep, done, told)

    def keep_model(self, record: ModelRecord) -> ModelRecord:
        """Put a built model into the list, and its files into ``models``; the answer is the model as kept."""
        self.require_writable()
        folder = Path(record.model.folder)
        if folder.name != record.id:
            folder = blobs.finished(folder)
        known = next((item for item in self.models if item.id == folder.name), None)
        if known is not None:
            return known
        blobs.keep(folder, self.model_folder(folder.name))
        model = replace(record.model, folder=f"models/{folder.name}")
        record = replace(record, id=folder.name, model=model)
        self.add_model(record)
        return record

    def export(
        self, model: str, path: Path | str | None = None, *, done: Told[Exported] = None, **told: Any
    ) -> Ticket:
        """Export a model as a bundle: to a new folder, or to the project's exports."""
        from canvas_app.bundle.export_job import ExportJob

        record = self.model(model)
        out = Path(path) if path is not None else self.exports / f"{_plain(record.name)} {record.version}"
        job = ExportJob(str(self.model_folder(model)), str(out), record.name, self._tables_of(record))
        return self.run(job, done=done, **told)

    def explain(
        self, model: str, *analyses: Analysis, done: Told[tuple[Figure, ...]] = None, **told: Any
    ) -> Ticket:
        """Draw analyses of a model on its test rows."""
        from canvas_app.explain.explain_job import ExplainJob

        folder = self.model_folder(self.model(model).id)
        return self.run(ExplainJob.of(folder, self.cache / "explain" / model, *analyses), done=done, **told)

    def predict(
        self, model: str, rows: Path | str, answers: Path | str, *, done: Told[Predicted] = None, **told: Any
    ) -> Ticket:
        """Answer a file of rows with a model."""
        from canvas_app.bundle.read import PredictJob

        folder = self.model_folder(self.model(model).id)
        return self.run(PredictJob(str(folder), str(rows), str(answers)), done=done, **told)

    def write_file(self, flow: str, node: NodeId, *, done: Told[WrittenFile] = None, **told: Any) -> Ticket:
        """Write the file of a *Write file* node."""
        from canvas_app.flow.codec import dump_flow
        from canvas_app.flow.write_job import WriteFileJob
        from canvas_app.training.split import training_rows

        drawn = self.project.flow(flow)
        job = WriteFileJob(dump_flow(drawn), node, self.datasets_of(drawn), str(self.exports), training_rows)
        return self.run(job, done=done, **told)

    def save_copy(self, out: Path | str, name: str = "", *, done: Told[Copied] = None, **told: Any) -> Ticket:
        """Save a copy in a new or empty folder: a project of its own, which is then among the recent ones.

        Raises ``CanvasError`` where the system has no room for temporary files.
        """
        from canvas_app.project.copy_job import CopyJob

        out, before, models = Path(out).absolute(), self.project, self.models
        with file_errors(Path(tempfile.gettempdir())):
            work = new_scratch("copy")
            hidden = hidden_beside(out, work)

        def keep(copied: Copied) -> Copied:
            entry = recent.describe(out, rename(before, copied.name), models)
            self._store.later(lambda: recent.remember(entry))
            return copied

        job = CopyJob(str(self.folder), str(out), name or before.name, str(hidden), self._unwritten())
        return self.run_in(work, job, keep, done, told)

    def data_path(self, key: str) -> Path:
        """Where the rows of a table lie; raises ``CanvasError`` for one that is not in the project."""
        dataset = self.project.dataset(key)
        if dataset is None:
            raise CanvasError(
                f"There is no table {key} in this project.", hint="Import it, or choose another."
            )
        return self.folder / "data" / f"{dataset.blob}.parquet"

    def datasets_of(self, flow: Flow) -> dict[str, str]:
        """The tables that a flow begins with, by key, with the paths of their files."""
        keys = {getattr(node.unit, "dataset", "") for node in flow}
        found = [item.key for item in self.project.datasets if item.key in keys]
        return {key: str(self.data_path(key)) for key in found}

    def model(self, model: str) -> ModelRecord:
        """The model of that id; raises ``CanvasError``."""
        for record in self.models:
            if record.id == model:
                return record
        raise CanvasError("This model is not in the project.", hint="Choose another.")

    def model_folder(self, model: str) -> Path:
        """Where the files of a model lie."""
        return self.folder / "models" / model

    def abandon(self) -> None:
        """Leave the project, even if edits could not be written."""
        super().abandon()
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def run_in(
        self, work: Path, job: Job[T], keep: Callable[[T], U], done: Told[U], told: dict[str, Any]
    ) -> Ticket:
        """Run a job that writes into a folder of its own, which is removed however it ends."""
        failed, stopped = told.pop("failed", None), told.pop("stopped", None)

        def kept(value: T) -> None:
            try:
                result = keep(value)
            except CanvasError as error:
                ended(failed, Failed.of(error))
            else:
                ended(done, result)

        def ended(tell: Callable[..., None] | None, *what: object) -> None:
            discard(work)
            if tell is not None:
                tell(*what)

        return self.run(
            job, done=kept, failed=partial(ended, failed), stopped=partial(ended, stopped), **told
        )

    def _unwritten(self) -> Unwritten | None:
        """The project as it is now, where a disk in trouble has not taken the last edits."""
        from canvas_app.project.copy_job import Unwritten

        try:
            self.flush()
        except CanvasError:
            return Unwritten(pack_project(self.project), tuple(map(pack_record, self.models)))
        return None

    def _next_version(self, name: str) -> int:
        """One that never was: a flow may still name a version that was removed."""
        kept = (item.version for item in self.project.datasets if item.name == name)
        return 1 + max((*kept, *used_versions(self.project, name)), default=0)

    def _tables_of(self, record: ModelRecord) -> tuple[str, ...]:
        """The tables that a model learned from, one line each, as far as its flow still tells."""
        flow = next((item for item in self.project.flows if record.node in item), None)
        if flow is None:
            return ()
        keys = {getattr(flow[node].unit, "dataset", "") for node in flow.upstream(record.node)}
        return tuple(
            f"{item.name}, version {item.version}: {counted(item.rows, 'row')}, SHA-256 {item.blob}"
            for item in self.project.datasets
            if item.key in keys
        )


_STATES: dict[type, JobState] = {Done: "done", Failed: "failed", Stopped: "stopped", Crashed: "crashed"}


def _take(folder: Path) -> tuple[Lock | None, Blocked | None]:
    """The lock, or why it can't be had."""
    try:
        if not all(os.access(path, os.W_OK) for path in (folder, folder / database.NAME)):
            raise ReadOnly(folder)
        return Lock.take(folder), None
    except Held as error:
        return None, Blocked(f"{error.message}", error.holder)
    except NoRoom as error:
        return None, Blocked(
            error.message, remedy="Free some space on that disk, then open the project again."
        )
    except CanvasError as error:
        return None, Blocked(error.message, remedy=error.hint)


def _words(outcome: Outcome[Any]) -> str:
    match outcome:
        case Failed():
            return outcome.text
        case Crashed():
            return f"{outcome.message}\n{outcome.log}"
        case _:
            return ""


def _plain(name: str) -> str:
    """A name that can be part of a key and of a path."""
    plain = "".join("_" if letter in '/\\:*?"<>|' or not letter.isprintable() else letter for letter in name)
    return plain.strip(" .")[:120] or "table"
