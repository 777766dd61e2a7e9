"""What a page is, and what it may ask of the window around it.

Pages are found by scanning ``ui/pages`` when the window opens, so a page's module imports nothing heavy
at its top: grids, charts and engines are imported in ``build_up``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QHideEvent
from PySide6.QtWidgets import QLayout, QSplitter, QVBoxLayout, QWidget

from canvas_app.base.catalog import Catalog
from canvas_app.base.errors import CanvasError, Problem
from canvas_app.base.unit import UnitSpec
from canvas_app.jobs.job import Crashed, Failed
from canvas_app.ui import theme
from canvas_app.ui.banner import Banner
from canvas_app.ui.controls import label
from canvas_app.ui.help.keys import page_key

if TYPE_CHECKING:
    from canvas_app.base.unit import Json
    from canvas_app.data.samples import Sample
    from canvas_app.project.change import Change
    from canvas_app.project.session import Session
    from canvas_app.ui.bridge import PreviewLane, UiPool

Severity = Literal["problem", "warning", "good", "note"]
Said = str | CanvasError | Problem | Failed | Crashed
"""What a banner can show: an error, a problem, an outcome that is not ``Done``, or plain words."""


class Frame(Protocol):
    """What a page may ask of the window around it."""

    @property
    def session(self) -> Session | None:
        """The open project, if there is one."""
        ...

    @property
    def runner(self) -> UiPool:
        """Where slow work goes; its callbacks come back on the thread of the window."""
        ...

    @property
    def lane(self) -> PreviewLane:
        """Where small queries go; the latest of a key wins."""
        ...

    def go(self, kind: str, **arguments: Any) -> None:
        """Show a page; it is told the arguments by its ``arrive``."""
        ...

    def open_project(self, folder: Path) -> None:
        """Open the project in a folder in place of the one that is open."""
        ...

    def say(self, said: Said, severity: Severity = "problem") -> None:
        """Show what happened and what to do, on the page that is shown."""
        ...

    def ask_new_project(self) -> None:
        """Ask for the name and place of a new project, and make it."""
        ...

    def ask_open_project(self) -> None:
        """Ask for the folder of a project, and open it."""
        ...

    def ask_file(self) -> None:
        """Ask for files, and import them into the open project or into a new one."""
        ...

    def bring_file(self, path: Path) -> None:
        """Import a file into the open project, or into a new one named after it."""
        ...

    def open_sample(self, sample: Sample) -> None:
        """Make a project from a sample, with a finished flow and a guided tour."""
        ...

    def show_help(self, topic: str) -> None:
        """Open the help at a topic."""
        ...

    def keep_sizes(self, name: str, splitter: QSplitter) -> None:
        """Give a splitter the sizes it had when it was last seen, and remember those it gets."""
        ...

    def recall(self, name: str) -> Mapping[str, Json]:
        """How something was left, such as the columns of a table; empty where nothing is known."""
        ...

    def remember(self, name: str, state: Mapping[str, Json]) -> None:
        """Remember how something was left; losing it costs nothing."""
        ...


@dataclass(frozen=True)
class PageSpec(UnitSpec):
    """What a page declares: its place in the rail, and whether it keeps the usual margins."""

    order: int = 100
    needs_project: bool = True
    heading: bool = True
    """Whether the page's title stands above its content."""
    margin: int = 24
    """Space around the content; 0 for pages which fill the window."""
    help: str = ""
    """What a person does here, in one or two sentences, for the help."""


class Page(QWidget):
    """One place of the window: built on its first visit, refreshed on what a change touches."""

    spec: ClassVar[PageSpec]
    version: ClassVar[int] = 1
    formerly: ClassVar[tuple[str, ...]] = ()

    bar_changed = Signal()
    """The crumb, the primary action or the others are not what they were."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self.frame = frame
        self.setProperty("surface", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banner = Banner()
        self._body = QVBoxLayout()
        margin = self.spec.margin
        self._body.setContentsMargins(margin, margin - 4 if margin else 0, margin, margin)
        self._body.setSpacing(theme.current().gap if margin else 0)
        if self.spec.heading:
            self.heading = label(self.spec.title, "page-title")
            self._body.addWidget(self.heading)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        around.addWidget(self.banner)
        around.addLayout(self._body, 1)

    @property
    def session(self) -> Session:
        """The open project; only Home is ever shown without one."""
        return cast("Session", self.frame.session)

    def build_up(self) -> None:
        """Make the widgets; called once, on the first visit. A refresh follows."""

    def refresh(self, change: Change) -> None:
        """Follow an edit; the first call after ``build_up`` says that everything changed."""
        del change

    def arrive(self, **arguments: Any) -> None:
        """The page is shown, for instance to look at a certain model: ``arrive(model=...)``."""
        del arguments

    def leave(self) -> None:
        """Another page takes its place."""

    def crumb(self) -> str:
        """What stands after the project's name in the bar."""
        return str(self.spec.title)

    def primary(self) -> QAction | None:
        """The one action that the page is for; its button stands in the bar."""
        return None

    def secondary(self) -> Sequence[QAction]:
        """Other actions whose buttons stand in the bar, before the primary one."""
        return ()

    def help_topic(self) -> str:
        """The key of what a person is working on, for the help; of the page itself where there is nothing."""
        return page_key(self.spec.kind)

    def edits(self) -> Sequence[QWidget | QAction]:
        """What edits the project: it is held back, with the reason, in a window that may only look."""
        return ()

    def stack(self, *parts: QWidget | QLayout) -> None:
        """Put widgets and layouts below each other; the last one takes the space that is left."""
        for part in parts:
            if isinstance(part, QWidget):
                self._body.addWidget(part)
            else:
                self._body.addLayout(part)
        last = self._body.count() - 1
        for place in range(self._body.count()):
            self._body.setStretch(place, 1 if place == last else 0)

    def say(self, said: Said, severity: Severity = "problem") -> None:
        """Show what happened and what to do in the page's banner."""
        if isinstance(said, Problem) and said.severity == "warning":
            severity = "warning"
        log = said.log if isinstance(said, Crashed) else ""
        if isinstance(said, Failed | Crashed):
            self.banner.add_failure(words_of(said), log)
        else:
            self.banner.show_words(words_of(said), severity, log)

    def hideEvent(self, event: QHideEvent) -> None:
        """A note doesn't wait on a page that was left."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.banner.move_on()


def words_of(said: Said) -> str:
    """What happened and what to do, as one line."""
    if isinstance(said, str):
        return said
    if isinstance(said, CanvasError):
        return str(said)
    if isinstance(said, Crashed):
        return f"{said.message} Nothing of the project is lost. Try again; the details tell what happened."
    return said.text


PAGES: Catalog[Any] = Catalog[Any](Page, "canvas_app.ui.pages")
"""The pages by kind; the rail, the shortcuts, the help and the command palette follow from it."""


def pages() -> tuple[type[Page], ...]:
    """All pages in the order of the rail."""
    found: list[type[Page]] = sorted(PAGES, key=lambda page: page.spec.order)
    return tuple(found)
