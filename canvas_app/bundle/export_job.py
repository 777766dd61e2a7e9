"""Exports a built model as a bundle, as a job of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from canvas_app.bundle.write import Exported, Source, write_bundle
from canvas_app.jobs.job import Job, Report


@dataclass(frozen=True)
class ExportJob(Job[Exported]):
    """Write the bundle of one built model."""

    title = "Export bundle"
    result = Exported

    folder: str
    """Of the model."""
    out: str
    """The bundle's folder: new, empty, or an older bundle to be replaced."""
    name: str = ""
    """What the model card is headed with."""
    data: tuple[str, ...] = ()
    """One line per table that the model learned from, for the card."""
    seconds: float | None = None
    """How long the conversion to ONNX and its check may take; None for as long as they need."""

    @property
    def subject(self) -> str:
        """The model, or else the folder."""
        return self.name or Path(self.out).name

    def run(self, report: Report) -> Exported:
        """Convert, compare, write, and put in place."""
        source = Source(Path(self.folder), self.name, self.data)
        exported = write_bundle(source, Path(self.out), report, self.seconds)
        report(1.0, "Exported")
        return exported
