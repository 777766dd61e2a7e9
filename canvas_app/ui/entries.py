"""What the command palette finds: pages, actions, steps, columns and models, ranked by how well they fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QAction

from canvas_app.ui.look_only import why_locked
from canvas_app.ui.page import Frame, pages

if TYPE_CHECKING:
    from canvas_app.project.session import Session

_MOST_FOUND = 60


@dataclass(frozen=True)
class Entry:
    """One thing that can be found and done."""

    title: str
    group: str
    act: Callable[[], Any]
    symbol: str = "ph.arrow-right"
    keywords: str = ""


def entries(frame: Frame, actions: Iterable[QAction]) -> tuple[Entry, ...]:
    """All that can be found now."""
    found = [*_pages(frame), *_actions(actions)]
    if frame.session is not None:
        found += [] if why_locked(frame.session) else _steps(frame)
        found += [*_columns(frame, frame.session), *_models(frame, frame.session)]
    return tuple(found)


def rank(wanted: str, among: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries which contain the letters in their order, best first; all of them for no letters."""
    scored = [(fit(wanted, entry), place, entry) for place, entry in enumerate(among)]
    best = sorted((-score, place, entry.title) for score, place, entry in scored if score > 0)
    by_place = {place: entry for _, place, entry in scored}
    return tuple(by_place[place] for _, place, _ in best[:_MOST_FOUND])


def fit(wanted: str, entry: Entry) -> float:
    """How well an entry fits, 0 where it does not: whole words over beginnings over scattered letters."""
    wanted = " ".join(wanted.lower().split())
    title = entry.title.lower()
    if not wanted:
        return 1.0
    if title.startswith(wanted):
        return 100.0 - len(title) / 100
    if f" {wanted}" in f" {title}":
        return 80.0 - len(title) / 100
    if wanted in title:
        return 60.0 - len(title) / 100
    if wanted in f"{entry.keywords} {entry.group}".lower():
        return 40.0
    return _scattered(wanted.replace(" ", ""), title)


def _scattered(letters: str, title: str) -> float:
    """Each letter follows the last, or begins a word, or (which counts against it) stands anywhere."""
    at, breaks = -1, 0
    for letter in letters:
        if title[at + 1 : at + 2] == letter:
            at += 1
            continue
        begins = f" {title}".find(f" {letter}", at + 1)
        found = begins if begins >= 0 else title.find(letter, at + 1)
        if found < 0:
            return 0.0
        breaks += begins < 0
        at = found
    return max(0.0, 20.0 - 3 * breaks) if breaks <= len(letters) // 3 else 0.0


def _pages(frame: Frame) -> Iterator[Entry]:
    for page in pages():
        if frame.session is not None or not page.spec.needs_project:
            yield Entry(page.spec.title, "Page", partial(frame.go, page.spec.kind), page.spec.icon)


def _actions(actions: Iterable[QAction]) -> Iterator[Entry]:
    for action in actions:
        if action.isEnabled():
            yield Entry(action.text().rstrip("…"), "Action", action.trigger, "ph.lightning")


def _steps(frame: Frame) -> Iterator[Entry]:
    from canvas_app.flow.step import NODES

    for unit in NODES:
        spec = unit.spec
        words = f"{spec.group} {spec.keywords}"
        yield Entry(spec.title, "Add to the flow", partial(frame.go, "flow", add=spec.kind), spec.icon, words)


def _columns(frame: Frame, session: Session) -> Iterator[Entry]:
    for dataset in session.project.datasets:
        show = partial(frame.go, "data", dataset=dataset.key)
        yield Entry(dataset.name, f"Table, version {dataset.version}", show, "ph.database")
        for column in dataset.schema.names:
            show = partial(frame.go, "data", dataset=dataset.key, column=column)
            yield Entry(column, f"Column of {dataset.name}", show, "ph.columns")


def _models(frame: Frame, session: Session) -> Iterator[Entry]:
    for record in session.models:
        show = partial(frame.go, "models", model=record.id)
        yield Entry(record.name, f"Model, version {record.version}", show, "ph.cube")
