"""One set of settings that was tried in a search, and which of many are worth a second look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from canvas_app.base.spec import Json

MOST_FINALISTS = 7


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


def best_of(entries: Sequence[Entry]) -> Entry:
    """The entry with the smallest loss; the first of equals."""
    return min(entries, key=_order)


def finalists(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The best of each family, and the best of the others, the best first; none twice."""
    ordered = sorted((entry for entry in entries if entry.process), key=_order)
    firsts: dict[str, Entry] = {}
    others: dict[str, Entry] = {}
    for entry in ordered:
        if entry.kind not in firsts:
            firsts[entry.kind] = entry
        elif entry.settings != firsts[entry.kind].settings:
            others.setdefault(repr(sorted(entry.settings.items())), entry)
    most = MOST_FINALISTS - len(firsts)
    chosen = [*firsts.values(), *list(others.values())[: max(0, most)]]
    return tuple(sorted(chosen, key=_order))


def _order(entry: Entry) -> tuple[float, str, int]:
    return entry.loss, entry.process, entry.number
