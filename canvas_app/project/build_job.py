"""Builds a model and keeps its files, so that the window has nothing heavy left to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from canvas_app.jobs.job import Report
from canvas_app.project.blobs import finished
from canvas_app.training.model import BuiltModel
from canvas_app.training.train_job import TrainJob


@dataclass(frozen=True)
class BuildJob(TrainJob):
    """A build whose files, when it is done, lie beside its folder under the hash of their bytes."""

    def run(self, report: Report) -> BuiltModel:
        """Build, then sync and name the files, so that the window has nothing heavy left to do."""
        built = super().run(report)
        return replace(built, folder=str(finished(Path(self.folder))))
