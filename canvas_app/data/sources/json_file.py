"""Tables in JSON and JSON Lines files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from canvas_app.base.errors import CanvasError
from canvas_app.base.spec import field
from canvas_app.base.words import counted
from canvas_app.data import files
from canvas_app.data.engine import Engine
from canvas_app.data.json.reader import JsonReader
from canvas_app.data.json.rows import JsonRows
from canvas_app.data.json.shape import find_rows, with_names
from canvas_app.data.loose_rows import LooseRows
from canvas_app.data.source import FileSource, Scan, SourceSpec
from canvas_app.jobs.job import Quiet, Report

_LINES = (".jsonl", ".ndjson")
_PACKED = ("", ".gz", ".zst")
_BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\{\s*"|\[\s*\{\s*")')
_NAMED = 5


class JsonFile(FileSource):
    """A JSON file: a list of objects, columns as lists, or one object per line."""

    spec = SourceSpec(
        kind="json_file",
        title="JSON",
        group="Files",
        icon="ph.brackets-curly",
        example={"path": "titanic.json"},
        suffixes=tuple(f"{name}{packed}" for name in (".json", ".geojson", *_LINES) for packed in _PACKED),
    )

    rows_at: str = field(
        "Rows at",
        default="",
        help="The fields that lead to the list of rows, such as data.items; empty to find it.",
    )
    nested: Literal["text", "flatten"] = field(
        "Nested fields",
        default="text",
        labels=("Keep as text", "A column for each part"),
        help="What becomes of objects within a row; lists stay text.",
    )

    @classmethod
    def holds(cls, path: Path, head: bytes) -> bool:
        """Objects with quoted names begin like nothing else."""
        del path
        return _BEGINS.match(head) is not None

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """Read value by value; raises ``CanvasError``, with line and character, for what is no JSON."""
        del quick
        path, tell = Path(self.path), report or Quiet()
        with files.file_errors(path):
            reader = JsonReader(path, lambda done: tell(done, f"Reading {path.name}"))
        loose = LooseRows(engine.scratch)
        taker = JsonRows(loose, path.name, flatten=self.nested == "flatten")
        with reader.opened():
            rows = find_rows(reader, self.rows_at, lines=bool(set(_LINES) & set(path.suffixes)))
            for count in taker.take(with_names(rows)):
                tell(-1.0, f"Reading rows: {count:,}")
        if not loose.rows:
            raise CanvasError(
                f"{path.name} holds no rows.", hint="It must hold a list of objects, or one object per line."
            )
        told = loose.finish(*rows.notes, *self._notes(reader, taker))
        return Scan(told.table(engine), told.notes, found={"rows_at": rows.at, "nested": self.nested})

    def _notes(self, reader: JsonReader, taker: JsonRows) -> Iterator[str]:
        if taker.nested:
            yield f"Nested values were kept as text: {_some(taker.nested)}."
        if reader.twice:
            times = counted(sum(reader.twice.values()), "time")
            yield f"A field stood twice in an object {times}, the last value was kept: {_some(reader.twice)}."


def _some(names: list[str] | dict[str, int]) -> str:
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return f"{', '.join(list(names)[:_NAMED])}{more}"
