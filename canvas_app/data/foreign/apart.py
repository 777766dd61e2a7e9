"""Files of other engines are copied in a process of their own, and what ends it is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from canvas_app.base.errors import CanvasError
from canvas_app.data import files
from canvas_app.data.engine import Engine
from canvas_app.data.foreign.copy import Copied
from canvas_app.data.source import Scan
from canvas_app.jobs.apart import Fallen, run_apart
from canvas_app.jobs.job import Job, Quiet, Report

_SILENCE = 10.0


def scan_apart(
    path: Path, engine: Engine, job: Callable[[str], Job[Copied]], report: Report | None
) -> tuple[Scan, Copied]:
    """The rows that a job copies; ``job`` is made from the path of the Parquet file it shall write."""
    with files.file_errors(path):
        path.open("rb").close()
    out = engine.scratch / f"{engine.new_name()}.parquet"
    try:
        copied = run_apart(job(str(out)), report or Quiet(), silence=_SILENCE)
    except Fallen as error:
        raise CanvasError(
            f"{path.name} can't be read: it takes too much memory or time, or it is damaged.",
            hint="Write it again with the program that made it, if you can as Parquet.",
        ) from error
    if not copied.rows:
        raise CanvasError(
            f"{copied.table or path.name} has columns but no rows.",
            hint="Choose a table with at least one row.",
        )
    return Scan(engine.read_parquet(out), copied.notes), copied
