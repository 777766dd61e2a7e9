"""Names of columns as a table needs them: none empty, and none twice."""

from __future__ import annotations

from collections.abc import Sequence


def unique_names(raw: Sequence[str | None]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Names that are neither empty nor twice there (capitals don't count), and what was changed.

    Brackets, quotes, emoji and whatever else a name holds stay as they are.
    """
    taken = {name.lower() for name in raw if name}
    seen: set[str] = set()
    names, notes = [], []
    for place, name in enumerate(raw, start=1):
        if name and name.lower() not in seen:
            free = name
        else:
            free = _free(f"{name or 'column'}_{2 if name else place}", taken | seen)
            notes.append(
                f"A second column called {name} is now {free}."
                if name
                else f"Column {place} had no name and is now {free}."
            )
        seen.add(free.lower())
        names.append(free)
    return tuple(names), tuple(notes)


def _free(wanted: str, taken: set[str]) -> str:
    stem, _, number = wanted.rpartition("_")
    count = int(number)
    while f"{stem}_{count}".lower() in taken:
        count += 1
    return f"{stem}_{count}"
