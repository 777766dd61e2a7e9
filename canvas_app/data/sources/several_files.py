"""Files of one shape as one table, with a column that tells from which file a row is."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from canvas_app.base.errors import CanvasError, Where
from canvas_app.base.spec import Files, Json, field
from canvas_app.data import files
from canvas_app.data.differing_columns import differing_columns
from canvas_app.data.engine import (
    Engine,
    connection_of,
    identifier,
    literal,
    schema_of,
    select,
    without_patterns,
)
from canvas_app.data.file_set import facts_of, files_of, fingerprint_of, is_pattern, root_of
from canvas_app.data.source import Scan, Source, SourceSpec, name_for, source_for
from canvas_app.jobs.job import Report
from canvas_app.jobs.part import Part

if TYPE_CHECKING:
    from ibis.expr.types import Table

_GROUP = 50
"""So many tables are put below each other in one query; more are put together in steps."""
_WORDS = {"whole": "whole number", "time": "date", "other": "another type"}


class SeveralFiles(Source):
    """Files with the same columns, such as one per month, put below each other as one table."""

    spec = SourceSpec(
        kind="several_files",
        title="Several files",
        group="Files",
        icon="ph.files",
        example={"paths": ("2024-01.csv", "2024-02.csv")},
    )

    paths: Files = field("Files", help="Files, folders, or names with stars for many.")
    name_column: str = field(
        "Column for the file's name", default="file", optional=True, help="Leave it empty for no such column."
    )

    each: str = field(
        "Options of each file",
        default="",
        help='As JSON, such as {"header": "none"}; empty to find out how each is to be read.',
    )

    def source_of(self, path: Path) -> Source:
        """How one of the files is read; raises ``CanvasError`` for options that it hasn't."""
        source = source_for(path)
        if not self.each:
            return source
        try:
            values = json.loads(self.each)
        except ValueError as error:
            raise self._no_options() from error
        if not isinstance(values, dict):
            raise self._no_options()
        return source.changed(**values)

    def one(self) -> Source:
        """How the first of the files is read."""
        return self.source_of(self._found()[0])

    def like(self, one: Source) -> SeveralFiles:
        """The same files, each read with the options of that one."""
        usual = type(one)()
        values = {
            item.name: getattr(one, item.name)
            for item in one.fields()
            if item.name != "path" and getattr(one, item.name) != getattr(usual, item.name)
        }
        return self.changed(each=json.dumps(values) if values else "")

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """Each file as it is understood by itself; columns of the same name belong together."""
        names = self._names()
        scans = {}
        for place, (name, path) in enumerate(names.items()):
            part = Part.of(report, place, len(names)) if report is not None else None
            if part is not None:
                part(0.0, f"Looking at {name}")
            scans[name] = self.source_of(path).scan(engine, quick=quick, report=part)
        column = self._free_column(scans)
        table = _stacked(engine, [_query(scan, name, column) for name, scan in scans.items()])
        notes = (f"{len(scans):,} files were read as one table.", *_notes(scans))
        if column != self.name_column:
            notes += (f"There is a column {self.name_column} already: the files' names are in {column}.",)
        return Scan(table, notes, _rejected(engine, scans), {"name_column": column})

    def subject(self) -> str:
        """The name of one file, and how many more there are."""
        first, more = Path(self.paths[0]).name if self.paths else self.spec.title, len(self.paths) - 1
        return f"{first} and {more} more" if more > 0 else first

    def table_name(self) -> str:
        """What the names of the files have in common, or else what their folder is called."""
        if len(self.paths) == 1:
            return name_for(Path(self.paths[0]))
        names = [Path(path).name for path in self.paths]
        common = os.path.commonprefix(names).strip(" ._-0123456789")  # noqa: RUF071 - of letters, not of paths
        return common or Path(self.paths[0]).parent.name or "table" if self.paths else "table"

    def origin(self) -> Mapping[str, Json]:
        """The names of the files, how many there are, their size, and when the last was written."""
        found = self._found()
        with files.file_errors(Path(self.paths[0])):
            return {"file": self.subject(), "files": len(found), **facts_of(found)}

    def fingerprint(self, report: Report | None = None) -> str:
        """SHA-256 of the names and bytes of all files."""
        return fingerprint_of(self._found(), self._root(), report)

    def moved(self, place: Path, facts: Mapping[str, Json]) -> Iterator[SeveralFiles]:
        """The same files in another folder."""
        del facts
        root = self._root()
        if len(self.paths) == 1 and not is_pattern(Path(self.paths[0])):
            root = Path(self.paths[0])
        places = [place / os.path.relpath(path, root) for path in self.paths]
        yield self.changed(paths=[os.path.normpath(path) for path in places])

    def weight(self) -> int:
        """What the files need together."""
        return sum(source_for(path).weight() for path in self._found())

    def _found(self) -> tuple[Path, ...]:
        """All files, each once."""
        found = [file for path in self.paths for file in files_of(Path(path))]
        if not found:
            raise CanvasError("There are no files to read.", hint="Choose at least one file.")
        return tuple(dict.fromkeys(found))

    def _no_options(self) -> CanvasError:
        return CanvasError(
            "The options of each file are not JSON.",
            hint='Write them such as {"header": "none"}, or leave them out.',
            where=Where(field="each"),
        )

    def _root(self) -> Path:
        return Path(os.path.commonpath([root_of(Path(path)) for path in self.paths]))

    def _names(self) -> dict[str, Path]:
        """The files by the names that tell them apart: with their folders where several are called alike."""
        found = self._found()
        if len({path.name for path in found}) == len(found):
            return {path.name: path for path in found}
        return {path.relative_to(self._root()).as_posix(): path for path in found}

    def _free_column(self, scans: Mapping[str, Scan]) -> str:
        taken = {name.casefold() for scan in scans.values() for name in scan.table.columns}
        free, number = self.name_column, 2
        while free and free.casefold() in taken:
            free, number = f"{self.name_column}_{number}", number + 1
        return free


def _query(scan: Scan, name: str, column: str) -> str:
    """The rows of one file, and its name beside them."""
    _, query = connection_of(scan.table)
    named = f"{literal(name)} AS {identifier(column)}, *" if column else "*"
    return select(named, f"({query})")


def _stacked(engine: Engine, queries: Sequence[str]) -> Table:
    """One table of all, matched by the names of the columns."""
    while len(queries) > 1:
        groups = [queries[at : at + _GROUP] for at in range(0, len(queries), _GROUP)]
        views = [engine.view(" UNION ALL BY NAME ".join(group)) for group in groups]
        if len(views) == 1:
            return views[0]
        queries = [select("*", identifier(view.get_name())) for view in views]
    return engine.view(queries[0])


def _notes(scans: Mapping[str, Scan]) -> list[str]:
    """How the files differ, and what each noticed: once where several noticed the same."""
    types = {
        name: {info.name: _WORDS.get(info.type, info.type) for info in schema_of(scan.table)}
        for name, scan in scans.items()
    }
    said: dict[str, list[str]] = {}
    for name, scan in scans.items():
        for note in scan.notes:
            said.setdefault(note, []).append(name)
    told = []
    for note, names in said.items():
        more = f" and {len(names) - 1:,} more" if len(names) > 1 else ""
        told.append(f"{names[0]}{more}: {note}")
    return [*differing_columns(types), *told]


def _rejected(engine: Engine, scans: Mapping[str, Scan]) -> Path | None:
    """The rows that did not fit, of all files, each with the name of its file."""
    aside = {name: scan.rejected for name, scan in scans.items() if scan.rejected is not None}
    if not aside:
        return None
    form = "header = true, all_varchar = true, delim = ',', quote = '\"', escape = '\"'"
    queries = [
        select(f"*, {literal(name)} AS file", f"read_csv({literal(without_patterns(path))}, {form})")
        for name, path in aside.items()
    ]
    path = engine.scratch / f"{engine.new_name()}.csv"
    engine.write_csv(_stacked(engine, queries), path)
    return path
