"""The window: rail, bar, pages and status around the project that is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRect, QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QSplitter, QVBoxLayout, QWidget

from canvas_app.base.errors import CanvasError
from canvas_app.ui.actions import Actions
from canvas_app.ui.banner import Banner
from canvas_app.ui.bar import Bar
from canvas_app.ui.bridge import PreviewLane, UiPool, delivered
from canvas_app.ui.controls import folded
from canvas_app.ui.look_only import hold_back, why_locked
from canvas_app.ui.new_project import free_folder, usual_place
from canvas_app.ui.opening import Opening
from canvas_app.ui.page import Said, Severity, pages
from canvas_app.ui.page_stack import PageStack
from canvas_app.ui.rail import Rail
from canvas_app.ui.status import Status
from canvas_app.ui.view_state import ViewState
from canvas_app.ui.window_dialogs import WindowDialogs

if TYPE_CHECKING:
    from canvas_app.base.spec import Json
    from canvas_app.data.dataset import Dataset
    from canvas_app.data.samples import Sample
    from canvas_app.project.change import Change
    from canvas_app.project.copy_job import Copied
    from canvas_app.project.session import Session
    from canvas_app.ui.home.tour import Tour

_SMALLEST = QSize(1100, 700)
_NEEDED = QSize(1080, 480)
"""What the pages need on a screen that is smaller still."""
_FRAMED = 250
"""Milliseconds after which the system has put its frame around a new window."""
_UNIQUE = Qt.ConnectionType.UniqueConnection


class Window(QMainWindow):
    """The frame that pages ask: it holds one project, and shows one page at a time."""

    def __init__(self, runner: UiPool, lane: PreviewLane, view: ViewState) -> None:
        super().__init__()
        self.setWindowTitle("Canvas App")
        self.setMinimumSize(_SMALLEST)
        self.setAcceptDrops(True)
        self.runner = runner
        self.lane = lane
        self.view = view
        self.actions_of = Actions(self)
        self.opening = Opening(runner)
        self.rail = Rail(pages())
        self.bar = Bar(self.actions_of.search, self.actions_of.undo, self.actions_of.redo)
        self.notice = Banner()
        self.stack = PageStack(self)
        self.status = Status(runner)
        self.dialogs = WindowDialogs(self, self.actions_of)
        self._leave: Callable[[], None] | None = None
        self._kind = ""
        self._tour: Tour | None = None
        self._framed = False
        self._asked_to_end = False
        self._lay_out()
        self._connect()
        if not view.restore_window(self):
            self.resize(_first_size(self.screen().availableGeometry().size()))
        self.stay_within(self.screen().availableGeometry())
        self._first_seen = self.size()
        self._project_opened()
        self.setFocus()

    @property
    def session(self) -> Session | None:
        """The open project, if there is one."""
        return self.opening.session

    def go(self, kind: str, **arguments: Any) -> None:
        """Show a page; it is told the arguments by its ``arrive``. The tour ends where Home begins."""
        if kind == "home":
            self._end_tour()
        page = self.stack.show_page(kind, arguments)
        if kind != self._kind or not arguments:
            self._kind = kind
            self.rail.show_page(kind)
        page.bar_changed.connect(self._show_place, _UNIQUE)
        self._show_place()
        if self._tour is not None:
            self._tour.follow(kind)

    def open_project(self, folder: Path) -> None:
        """Open the project in a folder in place of the one that is open."""
        if self.opening.open(folder):
            self.go("flow" if self._has_nodes() else "data")

    def create_project(self, folder: Path, name: str) -> None:
        """Make a project and open it."""
        if self.opening.create(folder, name):
            self.go("data")

    def bring_file(self, path: Path) -> None:
        """Import a file into the open project, or into a new one named after it; a project is opened."""
        if _is_project(path):
            self.open_project(path if path.is_dir() else path.parent)
            return
        why = why_locked(self.session)
        if why:
            self.say(why, "warning")
            return
        if self.session is None and not self.opening.create_for(path):
            return
        assert self.session is not None
        try:
            self.session.import_file(path, failed=self.say)
        except CanvasError as error:
            self.say(error)
            return
        self.go("data")

    def ask_new_project(self) -> None:
        """Ask for the name and place of a new project, and make it."""
        self.dialogs.new_project()

    def ask_open_project(self) -> None:
        """Ask for the folder of a project, and open it."""
        self.dialogs.open_project()

    def ask_file(self) -> None:
        """Ask for files, and import them into the open project or into a new one."""
        self.dialogs.bring_file()

    def open_sample(self, sample: Sample) -> None:
        """Make a project from a sample, with a finished flow and a guided tour."""
        folder = free_folder(sample.title, usual_place())
        if self.opening.create(folder, folder.name):
            session = self.opening.session
            assert session is not None
            session.import_file(sample.path, done=partial(self._sample_came, sample), failed=self.say)

    def say(self, said: Said, severity: Severity = "problem") -> None:
        """Show what happened and what to do, on the page that is shown."""
        page = self.stack.current()
        if page is not None:
            page.say(said, severity)

    def rename_project(self, name: str) -> None:
        """Give the open project another name."""
        from canvas_app.project.project import rename

        if self.session is not None and name.strip():
            self.session.edit("Rename the project", rename, name.strip())

    def save_copy(self, folder: Path, name: str) -> None:
        """Save a copy of the open project, which stays open."""
        if self.session is None:
            return
        try:
            self.session.save_copy(folder, name, done=self._copy_saved, failed=self.say)
        except CanvasError as error:
            self.say(error)

    def show_help(self, topic: str) -> None:
        """Open the help at a topic."""
        self.dialogs.open_help(topic)

    def keep_sizes(self, name: str, splitter: QSplitter) -> None:
        """Give a splitter the sizes it had when it was last seen, and remember those it gets."""
        self.view.keep_splitter(name, splitter)

    def recall(self, name: str) -> Mapping[str, Json]:
        """How something was left, such as the columns of a table; empty where nothing is known."""
        return self.view.recall(name)

    def remember(self, name: str, state: Mapping[str, Json]) -> None:
        """Remember how something was left; losing it costs nothing."""
        self.view.remember(name, state)

    def stay_within(self, available: QRect) -> None:
        """Be no larger than the screen has room for, the system's own frame included, and lie on it.

        It is never narrower than its pages need.
        """
        around, inside = self.frameGeometry(), self.size()
        room = (available.size() - (around.size() - inside)).expandedTo(_NEEDED)
        self.setMinimumSize(_SMALLEST.boundedTo(room))
        self.resize(inside.boundedTo(room))
        around = self.frameGeometry()
        left = max(available.left(), min(around.left(), available.right() + 1 - around.width()))
        top = max(available.top(), min(around.top(), available.bottom() + 1 - around.height()))
        self.move(left, top)

    def showEvent(self, event: QShowEvent) -> None:
        """Once the system has put its frame around the window, all of it shall lie on the screen."""
        super().showEvent(event)
        if not self._framed:
            self._framed = True
            QTimer.singleShot(_FRAMED, self, self._framed_now)

    def _framed_now(self) -> None:
        """A size that somebody has chosen since the window was made stays."""
        if self.size() == self._first_seen:
            self.stay_within(self.screen().availableGeometry())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Leave nothing behind: every edit on the disk, every thread ended."""
        if not self._written():
            event.ignore()
            return
        self.view.remember_window(self)
        self._stop_listening()
        self.stack.forget()
        self.runner.close()
        self.opening.abandon()
        self.lane.close()
        super().closeEvent(event)

    def end(self) -> bool:
        """Close because the system or a terminal says so, whatever is open above it; whether it did.

        Where the last edits can't be written, the first call asks the person; the next one goes without them.
        """
        if self._asked_to_end:
            self.opening.abandon()
        self._asked_to_end = True
        return self.close()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, as far as something can be done with them here."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if any(_is_project(path) or not why_locked(self.session) for path in paths):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self.bring_file(Path(url.toLocalFile()))
        event.acceptProposedAction()

    def undo(self) -> None:
        """Take the latest edit back."""
        if self.session is not None and self.session.undo_label is not None:
            self.session.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.session is not None and self.session.redo_label is not None:
            self.session.redo()

    def _sample_came(self, sample: Sample, dataset: Dataset) -> None:
        from canvas_app.ui.home.sample_flow import draw_sample
        from canvas_app.ui.home.tour import Tour

        if self.session is not None:
            draw_sample(self.session, sample, dataset)
            self._tour = Tour(self, self)

    def _copy_saved(self, copy: Copied) -> None:
        self.say(f"{copy.name} was saved in {copy.path}. Home lists it among your projects.", "good")

    def _end_tour(self) -> None:
        if self._tour is not None:
            self._tour.end()
            self._tour = None

    def _written(self) -> bool:
        """Whether all edits are on the disk; if not, the person is asked whether to lose the last ones."""
        try:
            self.opening.let_go()
        except CanvasError as error:
            self.dialogs.ask_to_close(error)
            return False
        return True

    def _has_nodes(self) -> bool:
        return self.session is not None and any(flow.nodes for flow in self.session.project.flows)

    def _connect(self) -> None:
        actions, dialogs = self.actions_of, self.dialogs
        actions.connect(
            (actions.undo, self.undo),
            (actions.redo, self.redo),
            (actions.close, self._close_project),
            (actions.quit, self.close),
            *dialogs.acts(),
        )
        self.rail.logo.open_with(actions.menu())
        self.rail.add_actions((actions.settings, "ph.gear"), (actions.help, "ph.question"))
        self.rail.chosen.connect(self.go)
        self.status.jobs_wanted.connect(actions.jobs.trigger)
        self.opening.opened.connect(self._project_opened)
        self.opening.failed.connect(self.say)

    def _close_project(self) -> None:
        self.opening.close()

    def _project_opened(self) -> None:
        self._stop_listening()
        self.lane.forget()
        self.stack.forget()
        session = self.session
        if session is not None:
            self._leave = session.changed(self._project_changed)
            session.troubled(delivered(self._not_written))
        self.rail.open_for_project(there=session is not None)
        for action in self.actions_of.of_project():
            action.setEnabled(session is not None)
            action.setToolTip("")
        self._tell_who_holds_it()
        self._show_history()
        self.go("home")

    def _project_changed(self, change: Change) -> None:
        self.stack.tell(change)
        self._show_history()
        self._show_place()

    def _not_written(self, error: CanvasError) -> None:
        self.say(error)
        self.bar.show_saved("Not saved", str(error))

    def _tell_who_holds_it(self) -> None:
        why = why_locked(self.session)
        if why:
            remedy = self.session.way_out if self.session is not None else ""
            self.notice.show_words(f"{why} {remedy}".rstrip(), "warning")
            hold_back(why, *self.actions_of.that_edit())
        else:
            self.notice.put_away()

    def _show_history(self) -> None:
        session = self.session
        undo = session.undo_label if session is not None else None
        redo = session.redo_label if session is not None else None
        for action, label, verb in (
            (self.actions_of.undo, undo, "Undo"),
            (self.actions_of.redo, redo, "Do again"),
        ):
            action.setEnabled(label is not None)
            nothing = folded(why_locked(session)) or f"Nothing to {verb.lower()}"
            action.setToolTip(f"{verb}: {label}" if label else nothing)

    def _show_place(self) -> None:
        page = self.stack.current()
        if page is None:
            return
        session = self.session
        self.bar.show_place(session.project.name if session is not None else "", page.crumb())
        saved = "" if session is None else "Looking only" if session.look_only else "Saved"
        trouble = session.trouble if session is not None else None
        usual = folded(why_locked(session)) or "Every edit is on the disk within a second."
        tip = str(trouble) if trouble else usual
        self.bar.show_saved("Not saved" if trouble else saved, tip)
        self.bar.show_actions(page.secondary(), page.primary())

    def _stop_listening(self) -> None:
        if self._leave is not None:
            self._leave()
            self._leave = None

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.notice)
        column.addWidget(self.stack, 1)
        column.addWidget(self.status)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self.rail)
        across.addLayout(column, 1)
        self.setCentralWidget(middle)


def _is_project(path: Path) -> bool:
    return path.is_dir() or path.name == "project.db"


def _first_size(screen: QSize) -> QSize:
    """As large as the pictures, unless the screen is smaller; room is left for the system's own frame."""
    return QSize(min(1440, screen.width() - 40), min(900, screen.height() - 70)).expandedTo(_SMALLEST)
