"""Tables in Parquet files."""

from __future__ import annotations

from pathlib import Path

from canvas_app.base.errors import CanvasError
from canvas_app.data.engine import Engine
from canvas_app.data.source import FileSource, Scan, SourceSpec
from canvas_app.jobs.job import Report


class ParquetFile(FileSource):
    """A Parquet file, whose columns bring their names and types along."""

    spec = SourceSpec(
        kind="parquet_file",
        title="Parquet",
        group="Files",
        icon="ph.file",
        example={"path": "titanic.parquet"},
        suffixes=(".parquet", ".parq", ".pq"),
        signatures=((0, b"PAR1"),),
    )

    def scan(self, engine: Engine, *, quick: bool = False, report: Report | None = None) -> Scan:
        """The table as the file tells it; there is nothing to guess."""
        del quick, report
        table = engine.read_parquet(Path(self.path))
        if engine.count(table) == 0:
            raise CanvasError(
                f"{Path(self.path).name} has columns but no rows.",
                hint="Choose a file that holds at least one row.",
            )
        return Scan(table)
