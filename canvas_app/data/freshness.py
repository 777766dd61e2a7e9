"""Whether what a table was read from is still as it was then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import Json
from canvas_app.data.source import SOURCES, Source

State = Literal["same", "changed", "gone", "unknown"]
_QUICK = 20_000_000
"""Bytes that are read again at once where only they can tell."""


@dataclass(frozen=True)
class Freshness:
    """How the source of a table stands now, and what there is to say about it."""

    state: State
    words: str = ""


def source_of(facts: Mapping[str, Json]) -> Source:
    """The source from what a dataset remembers of it; raises ``CanvasError`` where nothing knows it."""
    if "kind" not in facts:
        raise CanvasError("It is not known where this table came from.", hint="Import it once more.")
    return SOURCES.load({name: facts[name] for name in ("kind", "version", "values") if name in facts})


def freshness(facts: Mapping[str, Json]) -> Freshness:
    """Look at size and time of the files, and into them only where that is quick or the only way to tell.

    Of what is no file, such as a table of a database, only reading it again can tell.
    """
    if "size" not in facts:
        return Freshness("unknown")
    try:
        source = source_of(facts)
        now = source.origin()
        if any(now.get(name) != facts.get(name) for name in ("size", "files")):
            return _changed(source)
        if now.get("modified") == facts.get("modified", -1):
            return Freshness("same")
        if now["size"] > _QUICK:
            return Freshness("unknown", f"{source.subject()} was written again since. Refresh shows changes.")
        return Freshness("same") if source.fingerprint() == facts.get("sha256") else _changed(source)
    except CanvasError as error:
        return Freshness("gone", f"{error.message} The rows here are kept. Use Find file if it was moved.")


def _changed(source: Source) -> Freshness:
    return Freshness(
        "changed",
        f"{source.subject()} has changed since. The rows here are those from before; "
        "Refresh brings in the new ones.",
    )
