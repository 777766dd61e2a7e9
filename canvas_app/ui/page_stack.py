"""The pages of the window: each is built on its first visit, and hears of changes when it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QStackedWidget

from canvas_app.ui.look_only import hold_back, why_locked
from canvas_app.ui.page import PAGES, Frame, Page

if TYPE_CHECKING:
    from canvas_app.project.change import Change


@dataclass
class _Place:
    page: Page
    waiting: Change | None = None
    """What changed since the page was last refreshed."""


class PageStack(QStackedWidget):
    """Shows one page at a time; hidden ones gather their changes until they are shown."""

    def __init__(self, frame: Frame) -> None:
        super().__init__()
        self._frame = frame
        self._places: dict[str, _Place] = {}

    def current(self) -> Page | None:
        """The page that is shown."""
        page = self.currentWidget()
        return page if isinstance(page, Page) else None

    def show_page(self, kind: str, arguments: dict[str, Any]) -> Page:
        """Show a page, building it if this is the first visit; raises ``UnknownKind``."""
        before = self.current()
        place = self._places.get(kind) or self._build(kind)
        if before is not None and before is not place.page:
            before.leave()
        self._refresh(place)
        self.setCurrentWidget(place.page)
        place.page.arrive(**arguments)
        return place.page

    def tell(self, change: Change) -> None:
        """Pass a change on: to the page that is shown now, to the others when they are."""
        for place in self._places.values():
            place.waiting = change if place.waiting is None else _joined(place.waiting, change)
            if place.page is self.currentWidget():
                self._refresh(place)

    def forget(self) -> None:
        """Take all pages down, because another project opens."""
        for place in self._places.values():
            self.removeWidget(place.page)
            place.page.deleteLater()
        self._places = {}

    def _build(self, kind: str) -> _Place:
        page: Page = PAGES[kind](self._frame)
        page.build_up()
        hold_back(why_locked(self._frame.session), *page.edits())
        place = _Place(page, self._everything())
        self._places[kind] = place
        self.addWidget(page)
        return place

    def _refresh(self, place: _Place) -> None:
        if place.waiting is not None:
            change, place.waiting = place.waiting, None
            place.page.refresh(change)

    def _everything(self) -> Change | None:
        session = self._frame.session
        if session is None:
            return None
        from canvas_app.project.change import Change
        from canvas_app.project.project import Project

        return Change(Project(name="", flows=()), session.project, True)


def _joined(first: Change, second: Change) -> Change:
    from canvas_app.project.change import Change

    return Change(first.before, second.after, first.models or second.models)
