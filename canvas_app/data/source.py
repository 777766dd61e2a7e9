"""Where tables come from: a source reads one kind of file and says what it had to understand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from canvas_app.base.catalog import Catalog
from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import File, Spec, UnitSpec, field
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from canvas_app.data.engine import Engine

_COMPRESSED = (".gz", ".zst")


@dataclass(frozen=True)
class SourceSpec(UnitSpec):
    """What a kind of source declares: also the endings of the names of its files."""

    suffixes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scan:
    """A table as its source understood it; the rows themselves are not read yet."""

    table: Table
    notes: tuple[str, ...] = ()
    """What was changed or noticed, in a person's words."""
    rejected: Path | None = None
    """A CSV file, in the engine's scratch folder, of the rows that did not fit."""


class Source(Spec):
    """Base of all sources: ``scan`` gives an expression over the file."""

    spec: ClassVar[SourceSpec]

    path: File = field("File")

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """The table in the file; raises ``CanvasError`` for a file that holds none.

        ``quick`` looks at the beginning only: then reading may raise ``UnfitRows`` later on, and a scan
        that is not quick will find out why. Whatever does not fit is put aside and told, never dropped.
        """
        raise NotImplementedError


SOURCES: Catalog[Source] = Catalog(Source, "canvas_app.data.sources")


def source_for(path: Path) -> Source:
    """The source that reads a file, by the ending of its name; raises ``CanvasError`` if none does."""
    ending = _ending(path)
    for source in SOURCES:
        if ending in source.spec.suffixes:
            return source(path=str(path))
    known = ", ".join(suffixes())
    raise CanvasError(f"{path.name} is not a kind of file that can be read.", hint=f"These can: {known}.")


def suffixes() -> tuple[str, ...]:
    """The endings of all files that can be read."""
    return tuple(_suffixes())


def name_for(path: Path) -> str:
    """What a table from that file is called: the file's name without its ending."""
    name = path.name
    return name[: len(name) - len(_ending(path))].strip(" .").replace("/", "_") or "table"


def _suffixes() -> Iterator[str]:
    for source in SOURCES:
        yield from source.spec.suffixes


def _ending(path: Path) -> str:
    """The ending, with the one before it where the file is compressed: ``.csv.gz``."""
    parts = [part.lower() for part in path.suffixes]
    if len(parts) > 1 and parts[-1] in _COMPRESSED:
        return "".join(parts[-2:])
    return parts[-1] if parts else ""
