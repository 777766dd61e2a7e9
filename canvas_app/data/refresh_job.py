"""A source is read once more, if it is not what it was."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from canvas_app.data.dataset import Dataset
from canvas_app.data.import_job import ImportJob
from canvas_app.data.source import SOURCES
from canvas_app.jobs.job import Job, Report
from canvas_app.jobs.part import Part


@dataclass(frozen=True)
class Refreshed:
    """What came of reading a source again: the table of its rows, or None where its bytes are the same."""

    dataset: Dataset | None = None
    same_rows: bool = False
    """Whether it gives the very rows that were there, though its bytes may be others."""

    def words(self) -> tuple[str, ...]:
        """What happened, and what changed."""
        if self.dataset is None:
            return ("Nothing has changed in the source.",)
        if self.same_rows:
            return ("The source was written anew, but its rows are the same.",)
        changes = self.dataset.changes
        return (
            f"{self.dataset.name} is at version {self.dataset.version} now.",
            *(changes.words() if changes else ()),
        )


@dataclass(frozen=True)
class RefreshJob(Job[Refreshed]):
    """Read a source again into the folder of an import, unless its bytes are those of the version before."""

    title = "Refresh"
    result: ClassVar[type[Refreshed]] = Refreshed

    reading: ImportJob
    sha256: str
    """What the source was, where that is known."""
    blob: str
    """SHA-256 of the table that it gave."""

    @property
    def subject(self) -> str:
        """What it reads, as messages name it."""
        return self.reading.subject

    def run(self, report: Report) -> Refreshed:
        """Nothing is left behind where nothing changed."""
        if self.sha256:
            source = SOURCES.load(self.reading.source)
            if source.fingerprint(Part(report, 0.0, 0.2, "Looking for changes")) == self.sha256:
                return Refreshed()
        dataset = self.reading.run(Part(report, 0.2, 1.0))
        if dataset.blob != self.blob:
            return Refreshed(dataset)
        for file in Path(self.reading.folder).glob(f"{dataset.blob}*"):
            file.unlink()
        return Refreshed(dataset, same_rows=True)
