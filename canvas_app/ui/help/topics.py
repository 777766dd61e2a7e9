"""What the help speaks of: every page, every kind of node, and the keys; found in the catalogs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence

from canvas_app.flow.step import NODES, NodeUnit
from canvas_app.flow.unit_help import UnitHelp, help_of
from canvas_app.ui.canvas.offers import place_of
from canvas_app.ui.help.keys import KEYS, node_key, page_key
from canvas_app.ui.page import Page, pages


@dataclass(frozen=True)
class Topic:
    """One thing that can be read about."""

    key: str
    group: str
    title: str
    words: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    """Such as an action with its keys."""
    symbol: str = "ph.question"
    unit: UnitHelp | None = None

    def speaks_of(self, wanted: str) -> bool:
        """Whether it holds these words, in its title or in what it says."""
        said = [self.title, self.group, self.words, *(f"{one} {other}" for one, other in self.rows)]
        if self.unit is not None:
            said += [self.unit.keywords, *self.unit.facts]
            said += [f"{field.label} {field.words}" for field in self.unit.fields]
        return wanted.lower() in " ".join(said).lower()


def topics(actions: Iterable[QAction]) -> tuple[Topic, ...]:
    """All topics: pages in the order of the rail, kinds of nodes in that of the palette, then keys."""
    units = sorted(NODES, key=lambda unit: (place_of(unit.spec.group), unit.spec.title))
    return (*map(_of_page, pages()), *map(_of_node, units), _of_keys(actions))


def _of_page(page: type[Page]) -> Topic:
    spec = page.spec
    words = spec.help or (page.__doc__ or "").strip()
    return Topic(page_key(spec.kind), "Pages", spec.title, words, symbol=spec.icon)


def _of_node(unit: type[NodeUnit]) -> Topic:
    told = help_of(unit)
    icon = unit.spec.icon
    return Topic(node_key(told.kind), told.group, told.title, told.sentence, symbol=icon, unit=told)


def _of_keys(actions: Iterable[QAction]) -> Topic:
    style = QKeySequence.SequenceFormat.NativeText
    rows = tuple(
        (action.text().rstrip("…"), ", ".join(keys.toString(style) for keys in action.shortcuts()))
        for action in actions
        if action.shortcuts()
    )
    return Topic(KEYS, "Keys", "Keys", "What can be done from everywhere.", rows, "ph.keyboard")
