"""One set of settings that was tried in a search, and which of many are worth a second look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from canvas_app.base.spec import Json
from canvas_app.training.model_type import MODEL_TYPES

if TYPE_CHECKING:
    from canvas_app.runtime.columns import View

MOST_FINALISTS = 7
BLEND = "blend"
"""The kind of an entry that is the weighted mean of others."""


@dataclass(frozen=True)
class Entry:
    """One set of settings that was tried."""

    kind: str
    score: float
    loss: float
    fit_seconds: float
    rows: int
    settings: Mapping[str, Json]
    number: int = 0
    """Within the process that tried it."""
    process: str = ""
    """Empty for what looks at no feature."""
    answers: str = ""
    """Name of the file, beside the features, with what it said about the validation rows; empty for none."""

    @property
    def members(self) -> int:
        """How many models answer together; 1 for one that answers alone."""
        return len(self._kinds)

    @property
    def title(self) -> str:
        """What it is called on screen."""
        return f"Blend of {self.members} models" if self.kind == BLEND else MODEL_TYPES[self.kind].spec.title

    @property
    def view(self) -> View:
        """How it looks at the columns."""
        views: set[View] = {MODEL_TYPES[kind].spec.view for kind in self._kinds}
        return views.pop() if len(views) == 1 else "both"

    @property
    def _kinds(self) -> tuple[str, ...]:
        if self.kind != BLEND:
            return (self.kind,)
        members: Any = self.settings["members"]
        return tuple(member["model_type"] for member in members)


def best_of(entries: Sequence[Entry]) -> Entry:
    """The entry with the smallest loss; the first of equals."""
    return min(entries, key=_order)


def finalists(entries: Sequence[Entry], most: int = MOST_FINALISTS) -> tuple[Entry, ...]:
    """The best of each family, and the best of the others, the best first; none twice."""
    ordered = sorted((entry for entry in entries if entry.process), key=_order)
    firsts: dict[str, Entry] = {}
    others: dict[str, Entry] = {}
    for entry in ordered:
        if entry.kind not in firsts:
            firsts[entry.kind] = entry
        elif entry.settings != firsts[entry.kind].settings:
            others.setdefault(repr(sorted(entry.settings.items())), entry)
    chosen = [*firsts.values(), *list(others.values())[: max(0, most - len(firsts))]]
    return tuple(sorted(chosen, key=_order))


def _order(entry: Entry) -> tuple[float, str, int]:
    return entry.loss, entry.process, entry.number
