"""Which columns of a table are seen, in which order, how wide, and which of them stay at the left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QTableView

from canvas_app.base.spec import Json
from canvas_app.data.schema import Schema
from canvas_app.ui.grid.column_header import ColumnHeader


class ColumnArrangement(QObject):
    """What a person did to the columns: hidden, pinned, moved, resized. It can be kept, by their names."""

    changed = Signal()
    """Columns are arranged in another way."""
    edited = Signal()
    """A person did that."""

    def __init__(self, view: QTableView, header: ColumnHeader) -> None:
        super().__init__(view)
        self._view = view
        self._header = header
        self._schema = Schema()
        self._first: tuple[int, ...] = ()
        self._places: dict[str, int] = {}
        self._widths: dict[str, int] = {}
        self._quiet = False
        header.sectionMoved.connect(self._moved)
        header.sectionResized.connect(self._resized)

    def start(self, schema: Schema, widths: Sequence[int]) -> None:
        """Other columns will come, of these widths, none of them arranged. The header has been emptied."""
        self._schema = schema
        self._first = tuple(widths)
        self._places = {name: section for section, name in enumerate(schema.names)}
        self._widths = {}
        self._header.pinned = set()
        if widths:  # one call for all that are as wide as most: ten thousand take a second one by one
            self._header.setDefaultSectionSize(Counter(widths).most_common(1)[0][0])

    def hidden(self) -> list[int]:
        """The hidden columns."""
        if not self._header.hiddenSectionCount():
            return []
        return [part for part in range(self._header.count()) if self._header.isSectionHidden(part)]

    def seen(self) -> list[int]:
        """The columns that are not hidden, in the order that is seen."""
        places = map(self._header.logicalIndex, range(self._header.count()))
        return [section for section in places if not self._header.isSectionHidden(section)]

    def hide(self, sections: Iterable[int]) -> None:
        """Hide columns, but never the last one that is seen."""
        for section in sections:
            if self._header.hiddenSectionCount() + 1 < self._header.count():
                self._view.setColumnHidden(section, True)
        self._tell()

    def show_again(self, sections: Iterable[int]) -> None:
        """Show columns again."""
        for section in sections:
            self._view.setColumnHidden(section, False)
        self._tell()

    def is_pinned(self, section: int) -> bool:
        """Whether a column stays at the left."""
        return section in self._header.pinned

    def pin(self, section: int, pinned: bool) -> None:
        """Have a column stay at the left, as the last of those that do; or let it scroll, as the first."""
        if pinned == self.is_pinned(section):
            return
        place = self._header.visualIndex(section)
        if pinned:
            self._header.pinned.add(section)
            self._header.moveSection(place, len(self._header.pinned) - 1)
        else:
            self._header.pinned.remove(section)
            self._header.moveSection(place, len(self._header.pinned))
        self._tell()

    def move(self, section: int, step: int) -> None:
        """Move a column by one place that is seen: -1 to the left, 1 to the right."""
        place = self._header.visualIndex(section) + step
        while self._header.isSectionHidden(max(0, self._header.logicalIndex(place))):
            place += step
        if 0 <= place < self._header.count():
            self._header.moveSection(self._header.visualIndex(section), place)

    def reset(self) -> None:
        """All columns as the table has them."""
        self._widths = {}
        self.arrange({})
        self.fit()
        self._tell()

    def fit(self) -> None:
        """The columns are there: they get their first widths."""
        with self._quietly():
            for section, width in enumerate(self._first):
                if self._header.sectionSize(section) != width:
                    self._header.resizeSection(section, width)
        self.changed.emit()

    def state(self) -> dict[str, Json]:
        """The arrangement, as JSON can keep it; empty where nothing is arranged."""
        names = self._schema.names
        count = len(names)
        order = [names[self._header.logicalIndex(place)] for place in range(count)]
        found: dict[str, Json] = {
            "hidden": [names[section] for section in self.hidden()],
            "pinned": order[: len(self._header.pinned)],
            "order": order if self._header.sectionsMoved() and order != list(names) else [],
            "widths": dict(self._widths),
        }
        return {name: value for name, value in found.items() if value}

    def arrange(self, state: Mapping[str, Json]) -> None:
        """Take over an arrangement, as far as its columns are still there."""
        with self._quietly():
            self._order(_names(state.get("order")), _names(state.get("pinned")))
            hidden = {self._place(name) for name in _names(state.get("hidden"))} - {-1}
            changing = hidden ^ set(self.hidden())
            for section in changing if len(hidden) < len(self._schema) else ():
                self._view.setColumnHidden(section, section in hidden)
            widths = state.get("widths")
            for name, width in widths.items() if isinstance(widths, Mapping) else ():
                if self._place(name) >= 0 and isinstance(width, int):
                    self._widths[name] = width
                    self._header.resizeSection(self._place(name), width)
        self.changed.emit()

    def _order(self, order: list[str], pinned: list[str]) -> None:
        wanted = [self._place(name) for name in dict.fromkeys((*pinned, *order))]
        there = [section for section in wanted if section >= 0]
        known = set(there)
        rest = [section for section in range(len(self._schema)) if section not in known]
        self._header.pinned = {self._place(name) for name in pinned} - {-1}
        if not there and not self._header.sectionsMoved():
            return
        for place, section in enumerate((*there, *rest)):
            at = self._header.visualIndex(section)
            if at != place:
                self._header.moveSection(at, place)

    def _place(self, name: str) -> int:
        """The section of a column; -1 where it isn't there."""
        return self._places.get(name, -1)

    def _moved(self, section: int, before: int, place: int) -> None:
        """A column that is dragged among the pinned ones is pinned too, one dragged out of them no longer."""
        del before
        if self._quiet:
            return
        pinned = self._header.pinned
        if section in pinned and place >= len(pinned):
            pinned.remove(section)
        elif section not in pinned and place < len(pinned):
            pinned.add(section)
        self._tell()

    def _resized(self, section: int, before: int, width: int) -> None:
        if not self._quiet and before and width:
            self._widths[self._schema.columns[section].name] = width
            self._tell()

    def _tell(self) -> None:
        if not self._quiet:
            self._header.viewport().update()
            self._view.viewport().update()
            self.changed.emit()
            self.edited.emit()

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before


def _names(value: Json) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
