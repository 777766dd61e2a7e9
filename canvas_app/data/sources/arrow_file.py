"""Tables in Arrow and Feather files."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from canvas_app.data.engine import Engine
from canvas_app.data.foreign.apart import scan_apart
from canvas_app.data.foreign.arrow_job import CopyArrow
from canvas_app.data.source import FileSource, Scan, SourceSpec
from canvas_app.jobs.job import Report


class ArrowFile(FileSource):
    """An Arrow or Feather file, whose columns bring their names and types along."""

    spec = SourceSpec(
        kind="arrow_file",
        title="Arrow",
        group="Files",
        icon="ph.file",
        example={"path": "titanic.arrow"},
        suffixes=(".arrow", ".feather", ".ipc", ".arrows"),
        signatures=((0, b"ARROW1"), (0, b"FEA1")),
    )

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """The table as the file tells it; there is nothing to guess."""
        del quick
        path = Path(self.path)
        return scan_apart(path, engine, partial(CopyArrow, self.path), report)[0]
