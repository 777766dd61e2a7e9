"""Where tables come from: a source reads one kind of thing and says what it had to understand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self

from canvas_app.base.catalog import Catalog
from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import File, Json, Spec, UnitSpec, field
from canvas_app.data import files
from canvas_app.data.file_set import facts_of, files_of, fingerprint_of, is_many, is_pattern, root_of
from canvas_app.jobs.job import Report

if TYPE_CHECKING:
    from ibis.expr.types import Table

    from canvas_app.data.engine import Engine

_COMPRESSED = (".gz", ".zst", ".zip")
_UNPACKED = 4
"""How much larger than a compressed file its table may become."""
_HEAD = 4096


@dataclass(frozen=True)
class SourceSpec(UnitSpec):
    """What a kind of source declares: also the endings of the names of its files, and how these begin."""

    suffixes: tuple[str, ...] = ()
    signatures: tuple[tuple[int, bytes], ...] = ()
    """Bytes, each with its place in the file, any of which tells this kind whatever the file is called."""
    folders: bool = False
    """Whether its path may also be a folder, or a pattern of names."""


@dataclass(frozen=True)
class Scan:
    """A table as its source understood it; the rows themselves are not read yet."""

    table: Table
    notes: tuple[str, ...] = ()
    """What was changed or noticed, in a person's words."""
    rejected: Path | None = None
    """A CSV file, in the engine's scratch folder, of the rows that did not fit."""
    found: Mapping[str, Json] = attribute(default_factory=dict)
    """The value that was used for each field of the source, where it was left to find out."""


class Source(Spec):
    """Base of all sources: ``scan`` gives an expression over what it reads."""

    spec: ClassVar[SourceSpec]

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """The table as it is understood; raises ``CanvasError`` where there is none.

        ``quick`` looks at the beginning only: then reading may raise ``UnfitRows`` later on, and a scan
        that is not quick will find out why. Whatever does not fit is put aside and told, never dropped.
        A source that can't be an expression of the engine writes Parquet into the engine's scratch folder.
        """
        raise NotImplementedError

    def subject(self) -> str:
        """What is read, as messages name it: a file's name, a table's."""
        return self.spec.title

    def table_name(self) -> str:
        """What the table is called in a project, unless a person says otherwise."""
        return self.subject()

    def origin(self) -> Mapping[str, Json]:
        """Facts about where the table is from, for the dataset; quickly found, without its bytes."""
        return {}

    def fingerprint(self, report: Report | None = None) -> str:
        """SHA-256 of all the bytes that are read; empty where only reading again can tell a change."""
        del report
        return ""

    def weight(self) -> int:
        """How many bytes its table may need, as far as one can tell before; raises ``CanvasError``."""
        return 0

    def secrets(self) -> Mapping[str, str]:
        """Passwords, by account, that a job must be handed since no keyring has them; never saved."""
        return {}

    def moved(self, place: Path, facts: Mapping[str, Json]) -> Iterator[Self]:
        """The same source as it would be if its files lay at another place, the likeliest first.

        ``facts`` are those that ``origin`` gave. Nothing where no files are read.
        """
        del place, facts
        return iter(())

    def doubt(self) -> str:
        """What a person should hear about the choice of this source, or nothing."""
        return ""


class FileSource(Source):
    """Base of the sources that read a file; one of ``spec.folders`` also reads many files as one table."""

    path: File = field("File")

    @classmethod
    def holds(cls, path: Path, head: bytes) -> bool:
        """Whether the first bytes of the file tell that it is of this kind."""
        del path
        return any(head[at : at + len(sign)] == sign for at, sign in cls.spec.signatures)

    def subject(self) -> str:
        """The file's name."""
        return Path(self.path).name

    def table_name(self) -> str:
        """The file's name without its ending."""
        return name_for(Path(self.path))

    def origin(self) -> Mapping[str, Json]:
        """The file's name, its size, and when it was written."""
        path = Path(self.path)
        with files.file_errors(path):
            found = files_of(path)
            facts = facts_of(found)
        return {"file": self.subject(), **facts, **({"files": len(found)} if is_many(path) else {})}

    def fingerprint(self, report: Report | None = None) -> str:
        """SHA-256 of the file; of many, of their names and bytes."""
        path = Path(self.path)
        return fingerprint_of(files_of(path), root_of(path), report)

    def weight(self) -> int:
        """The file's size, and a multiple of it where it is compressed."""
        path = Path(self.path)
        with files.file_errors(path):
            size = sum(file.stat().st_size for file in files_of(path))
        return size * (_UNPACKED if path.suffix.lower() in _COMPRESSED else 1)

    def moved(self, place: Path, facts: Mapping[str, Json]) -> Iterator[Self]:
        """The file itself; or those in a folder that have its size, those of its name first."""
        path = Path(self.path)
        if "files" in facts:
            pattern = str(path.relative_to(root_of(path))) if is_pattern(path) else ""
            yield self.changed(path=str(place / pattern if place.is_dir() else place))
        elif place.is_dir():
            fitting = [file for file in files_of(place) if file.stat().st_size == facts.get("size")]
            for file in sorted(fitting, key=lambda file: file.name != path.name):
                yield self.changed(path=str(file))
        else:
            yield self.changed(path=str(place))

    def doubt(self) -> str:
        """That the file's ending promises another kind than its bytes."""
        other = None if is_many(Path(self.path)) else _by_ending(Path(self.path))
        if other is None or other.spec.kind == self.spec.kind:
            return ""
        ending = _ending(Path(self.path))
        return f"The file's name ends in {ending}, but it holds {self.spec.title}: it was read as that."


SOURCES: Catalog[Source] = Catalog(Source, "canvas_app.data.sources")


def source_for(path: Path) -> Source:
    """The source that reads a file, by its first bytes and the ending of its name.

    A folder, or a pattern of names, is read as one table. Raises ``CanvasError`` if nothing reads it.
    """
    if is_many(path):
        return _source_for_many(path)
    named = _by_ending(path)
    head = _head(path)
    if head and not (named and named.holds(path, head)):
        told = next((kind for kind in _file_sources() if kind.holds(path, head)), None)
        named = told or (_text_source() if named and named.spec.signatures and _is_text(head) else named)
    if named is not None:
        return named(path=str(path))
    known = ", ".join(suffixes())
    raise CanvasError(f"{path.name} is not a kind of file that can be read.", hint=f"These can: {known}.")


def _source_for_many(path: Path) -> Source:
    """What reads the files of a folder, or those that fit a pattern, as one table."""
    kinds = {_by_ending(file) or type(source_for(file)): file for file in files_of(path)}
    if len(kinds) > 1:
        words = ", ".join(sorted(file.name for file in kinds.values()))
        raise CanvasError(
            f"{path} holds several kinds of file, such as {words}.",
            hint=f"Name those that belong together with a pattern, such as {path / '*.csv'}.",
        )
    kind = next(iter(kinds))
    if issubclass(kind, FileSource) and kind.spec.folders:
        return kind(path=str(path))
    return SOURCES["several_files"].read({"paths": [str(path)]})


def suffixes() -> tuple[str, ...]:
    """The endings of all files that can be read."""
    return tuple(suffix for kind in _file_sources() for suffix in kind.spec.suffixes)


def name_for(path: Path) -> str:
    """What a table from that file is called: the file's name without its ending."""
    if is_pattern(path):
        fixed = re.split(r"[*?\[]", path.name)[0].strip(" ._-")
        return fixed or root_of(path).name or "table"
    name = path.name
    if not path.is_dir():
        name = name[: len(name) - len(_ending(path))].strip(" .").replace("/", "_")
    return name or "table"


def _file_sources() -> Iterator[type[FileSource]]:
    return (kind for kind in SOURCES if issubclass(kind, FileSource))


def _by_ending(path: Path) -> type[FileSource] | None:
    ending = _ending(path)
    return next((kind for kind in _file_sources() if ending in kind.spec.suffixes), None)


def _text_source() -> type[FileSource] | None:
    """What reads plain text, as other tools write it under the names of workbooks too."""
    return _by_ending(Path("a.csv"))


def _is_text(head: bytes) -> bool:
    """Whether lines of values may follow: neither bytes that no text has, nor a page of the web."""
    return b"\0" not in head and not head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<", b"{"))


def _ending(path: Path) -> str:
    """The ending, with the one before it where the file is compressed: ``.csv.gz``."""
    parts = [part.lower() for part in path.suffixes]
    if len(parts) > 1 and parts[-1] in _COMPRESSED:
        return "".join(parts[-2:])
    return parts[-1] if parts else ""


def _head(path: Path) -> bytes:
    """How the file begins; nothing where it can't be read, which reading it will tell."""
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""
