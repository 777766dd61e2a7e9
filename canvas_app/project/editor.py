"""The document of an open project as it is edited: undo, the list of models, and their way to the disk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from canvas_app.base.errors import CanvasError
from canvas_app.base.watch import Watch
from canvas_app.flow.flow import Flow
from canvas_app.project import recent
from canvas_app.project.change import Change
from canvas_app.project.codec import share
from canvas_app.project.entries import Edit, Entry, Move, NewModel
from canvas_app.project.lock import Lock
from canvas_app.project.project import ModelRecord, Project, with_flow
from canvas_app.project.store import LoggedJob, Store


@dataclass(frozen=True)
class Blocked:
    """Why nothing can be edited, in a person's words, and who has the project if another window does."""

    why: str
    holder: str = ""
    remedy: str = ""
    """What to do about it, where that is known."""

    @property
    def hint(self) -> str:
        """What to do about it."""
        if self.holder:
            return "Close it there, then open it again."
        return self.remedy or "Save a copy of the project, and work on that."


class Editor:
    """An open project as a document. It belongs to one thread."""

    def __init__(self, folder: Path, store: Store, lock: Lock | None, blocked: Blocked | None) -> None:
        self.folder = folder
        self.changed: Watch[Change] = Watch()
        """Told after every edit, undo, redo, and model that was kept."""
        self._blocked = blocked
        self._store = store
        self._lock = lock
        self._history = store.history()
        self._models = store.models()
        self._open = True

    @property
    def project(self) -> Project:
        """The document as it is now."""
        return self._history.document

    @property
    def models(self) -> tuple[ModelRecord, ...]:
        """The built models, in the order in which they were built."""
        return self._models

    @property
    def edits(self) -> int:
        """How many edits led here, as far back as the history goes."""
        return self._history.at

    @property
    def look_only(self) -> bool:
        """Whether edits are refused here."""
        return self._blocked is not None

    @property
    def undo_label(self) -> str | None:
        """What ``undo`` would take back, if anything."""
        return None if self.look_only else self._history.undo_label

    @property
    def redo_label(self) -> str | None:
        """What ``redo`` would do again, if anything."""
        return None if self.look_only else self._history.redo_label

    @property
    def why_look_only(self) -> str:
        """Why nothing can be edited here, in a person's words; empty where it can."""
        return self._blocked.why if self._blocked is not None else ""

    @property
    def way_out(self) -> str:
        """What to do in order to edit; empty where it can be, or where another window has the project."""
        return self._blocked.remedy if self._blocked is not None else ""

    @property
    def holder(self) -> str:
        """Who has the project, as part of a sentence, where that is another window; else empty."""
        return self._blocked.holder if self._blocked is not None else ""

    @property
    def trouble(self) -> CanvasError | None:
        """Why the last edits are not on disk yet; None when all is well. They are tried again."""
        return self._store.trouble

    @property
    def troubled(self) -> Watch[CanvasError]:
        """Told when edits can't be written, and not on the session's thread but on the store's."""
        return self._store.troubled

    @property
    def recovered(self) -> Watch[None]:
        """Told, on the store's thread, when edits that could not be written are on disk after all."""
        return self._store.recovered

    def edit(
        self, label: str, change: Callable[..., Project], *args: Any, gesture: str | None = None
    ) -> None:
        """Make the project ``change(project, *args)``. Edits of one gesture, such as a drag, undo as one."""
        self.require_writable()
        before, after = self.project, change(self.project, *args)
        if after == before:
            return
        continues = self._history.continues(gesture)
        self._history.do(label, after, gesture=gesture)
        data = self.folder / "data"
        sync = (data,) if after.datasets is not before.datasets and data.exists() else ()
        self._store.add(Edit(label, gesture, after, continues, sync))
        if after.datasets is not before.datasets:
            self._remember()
        self.changed.tell(Change(before, after))

    def edit_flow(
        self, label: str, flow: str, change: Callable[..., Flow], *args: Any, gesture: str | None = None
    ) -> None:
        """Make a flow of the project ``change(flow, *args)``."""

        def changed(project: Project) -> Project:
            return with_flow(project, change(project.flow(flow), *args))

        self.edit(label, changed, gesture=gesture)

    def undo(self) -> None:
        """Take back the last edit, if there is one."""
        self._move(self._history.undo, -1)

    def redo(self) -> None:
        """Do the edit again that was taken back last, if there is one."""
        self._move(self._history.redo, 1)

    def add_model(self, record: ModelRecord) -> None:
        """Put a model at the end of the list; its files lie in their place already."""
        self.require_writable()
        self._models = (*self._models, record)
        self._store.add(NewModel(record, sync=(self.folder / "models",)))
        self._remember()
        self.changed.tell(Change(self.project, self.project, models=True))

    def jobs(self) -> tuple[LoggedJob, ...]:
        """What ran in this project, the newest first; also before it was opened."""
        return self._store.jobs()

    def flush(self) -> None:
        """Wait until every edit is on disk; raises ``CanvasError`` where that can't be."""
        self._store.flush()

    def close(self) -> None:
        """Leave the project. Raises ``CanvasError``, and stays open, if edits can't be written."""
        if self._open:
            self.flush()
            self._remember()
            if not self.look_only:
                self._store.back_up()
            self.abandon()

    def abandon(self) -> None:
        """Leave the project, even if edits could not be written."""
        if not self._open:
            return
        self._open = False
        self._store.close()
        if self._lock is not None:
            self._lock.release()

    def require_writable(self) -> None:
        """Raise ``CanvasError`` where this session may only look."""
        if self.look_only:
            raise CanvasError(
                f"Nothing can be changed here: {self.why_look_only}",
                hint=self._blocked.hint if self._blocked is not None else "",
            )

    def log(self, entry: Entry) -> None:
        """Write into the project what is no edit; nothing where one may only look."""
        if not self.look_only:
            self._store.add(entry)

    def _move(self, go: Callable[[], bool], by: int) -> None:
        self.require_writable()
        before = self.project
        if not go():
            return
        self._history.document = share(before, self.project)
        self._store.add(Move(by))
        self.changed.tell(Change(before, self.project))

    def _remember(self) -> None:
        """Put the project on top of the person's list of recent ones, without waiting for the disk."""
        if not self.look_only:
            entry = recent.describe(self.folder, self.project, self.models)
            self._store.later(lambda: recent.remember(entry))
