"""The health report as a job, remembered as long as the table and the question are the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, ClassVar

from canvas_app.data import files
from canvas_app.data.engine import Engine
from canvas_app.data.finding import FINDINGS
from canvas_app.data.health import HealthReport, health
from canvas_app.jobs.job import Job, Progress, Report


@dataclass(frozen=True)
class HealthJob(Job[HealthReport]):
    """Look at a table of the project, whose file is called by its checksum."""

    title = "Health report"
    result: ClassVar[type[HealthReport]] = HealthReport

    path: str
    target: str = ""
    before: str = ""
    """The file of the version before; empty where there is none."""
    cache: str = ""
    """The folder in which reports are remembered; empty to remember none."""

    def run(self, report: Report) -> HealthReport:
        """The remembered report, or a new one. A damaged one counts as none."""
        known = self._remembered()
        if known is not None:
            return known
        from pydantic import TypeAdapter

        with Engine() as engine:
            before = engine.read_parquet(Path(self.before)) if self.before else None
            table = engine.read_parquet(Path(self.path))

            def early(told: HealthReport) -> None:
                report(
                    0.3,
                    "Trying columns and rows",
                    {"report": TypeAdapter(HealthReport).dump_python(told, mode="json")},
                )

            found = health(table, self.target, before=before, report=report, early=early)
        if self.cache:
            self._remember(found)
        return found

    @staticmethod
    def early_report(progress: Progress) -> HealthReport | None:
        """What a running job knows already, if its progress brings that."""
        from pydantic import TypeAdapter

        if not progress.found or "report" not in progress.found:
            return None
        report: HealthReport = TypeAdapter(HealthReport).validate_python(
            progress.found["report"], strict=False
        )
        return report

    def _remember(self, found: HealthReport) -> None:
        def write(file: BinaryIO) -> None:
            file.write(self.dump_result(found))

        path = self._place()
        with files.file_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        files.write_atomically(path, write)

    def _remembered(self) -> HealthReport | None:
        if not self.cache or not self._place().is_file():
            return None
        try:
            return self.load_result(self._place().read_bytes())
        except (OSError, ValueError):
            return None

    def _place(self) -> Path:
        """Named by all that the report depends on, the findings of this version included."""
        units = " ".join(f"{finding.spec.kind}:{finding.version}" for finding in FINDINGS)
        asked = "\0".join((Path(self.path).stem, self.target, Path(self.before).stem, units))
        return Path(self.cache) / f"{hashlib.sha256(asked.encode()).hexdigest()[:32]}.json"
