"""Measures the relations of a table's columns in a worker, so that it can be stopped at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from canvas_app.data.engine import Engine
from canvas_app.data.relations import Asked, Relations, Way, relate
from canvas_app.jobs.job import Job, Report


@dataclass(frozen=True)
class RelationsJob(Job[Relations]):
    """The relations of the columns of a Parquet file."""

    title = "Measure relations"
    result = Relations
    patience = 0.5
    quiet = True

    path: str
    way: Way = "by type"
    target: str = ""

    def run(self, report: Report) -> Relations:
        """Measure all pairs; see ``relate``."""
        with Engine() as engine:
            return relate(engine, Asked(Path(self.path), self.way, self.target), report)
