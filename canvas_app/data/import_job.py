"""What a source reads becomes a table of the project, streaming, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, ClassVar, Self

from canvas_app.base.spec import Json
from canvas_app.data import files, passwords
from canvas_app.data.dataset import Dataset
from canvas_app.data.engine import Engine, schema_of
from canvas_app.data.engine_errors import UnfitRows
from canvas_app.data.role import Role
from canvas_app.data.source import SOURCES, Scan, Source
from canvas_app.data.version_changes import VersionChanges, compare
from canvas_app.jobs.job import Job, Report
from canvas_app.jobs.part import Furthest, Part

_SPARE = 1_000_000


@dataclass(frozen=True)
class ImportJob(Job[Dataset]):
    """Read a source into ``folder``: ``<SHA-256>.parquet`` and, if rows did not fit, ``.rejected.csv``."""

    title = "Import"
    result: ClassVar[type[Dataset]] = Dataset

    source: Json
    """The source unit as its catalog dumps it."""
    name: str
    version: int
    folder: str
    project: str = ""
    """The folder that a person knows, of which ``folder`` is a part; for messages."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What the source must be told to get in; it goes to the child through its pipe, and nowhere else."""
    before: tuple[str, int] | None = None
    """The Parquet file of the version before, and its number."""
    roles: Mapping[str, Role] = field(default_factory=dict)
    """What columns are for; of those that are there no more, nothing is kept."""

    @classmethod
    def of(cls, source: Source, folder: Path, version: int = 1, *, name: str = "", project: str = "") -> Self:
        """The job that reads a source under its own name, or the one given."""
        called = name or source.table_name()
        return cls(SOURCES.dump(source), called, version, str(folder), project, source.secrets())

    @property
    def subject(self) -> str:
        """What it reads, as messages name it."""
        return SOURCES.load(self.source).subject()

    def run(self, report: Report) -> Dataset:
        """Nothing is left behind unless all of it went well."""
        try:
            with passwords.lent(self.secrets):
                return self._run(report)
        except files.NoRoom as error:
            raise error.of(f"the project {self.project}" if self.project else self.folder) from error

    def _run(self, report: Report) -> Dataset:
        folder, source = Path(self.folder), SOURCES.load(self.source)
        report(0.0, f"Looking at {source.subject()}")
        files.require_space(folder, source.weight() + _SPARE)
        with files.file_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        temp = files.temporary_beside(folder / "import.parquet")
        try:
            with Engine() as engine:
                scan, rows = self._written(engine, source, temp, report)
                return self._kept(engine, source, scan, temp, rows, report)
        finally:
            with suppress(OSError):
                temp.unlink(missing_ok=True)

    def _written(self, engine: Engine, source: Source, temp: Path, report: Report) -> tuple[Scan, int]:
        """Quickly, as the beginning of the file suggests; or else with every value checked before."""
        try:
            begun = Furthest(report, 0.7)  # some sources read all of it here
            scan = source.scan(engine, quick=True, report=begun)
            return scan, engine.write_parquet(
                scan.table, temp, Part(report, begun.share, 0.9, "Reading rows")
            )
        except UnfitRows:
            scan = source.scan(engine, report=Part(report, 0.0, 0.4, "Checking every value"))
            return scan, engine.write_parquet(scan.table, temp, Part(report, 0.4, 0.9, "Reading rows"))

    def _kept(
        self, engine: Engine, source: Source, scan: Scan, temp: Path, rows: int, report: Report
    ) -> Dataset:
        folder = Path(self.folder)
        blob = files.sha256_of(temp, Part(report, 0.9, 0.93, "Checksum of the table"))
        size = temp.stat().st_size
        origin = origin_of(source, Part(report, 0.93, 0.96, "Checksum of the file"))
        schema = schema_of(engine.read_parquet(temp))
        if scan.rejected is not None:
            self._keep_rejected(scan.rejected, folder / f"{blob}.rejected.csv")
        files.publish(temp, folder / f"{blob}.parquet")
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        doubt = source.doubt()
        notes = (doubt, *scan.notes) if doubt else scan.notes
        dataset = Dataset(self.name, self.version, blob, schema, rows, size, origin, made_at, notes)
        roles = {name: role for name, role in self.roles.items() if name in schema}
        return replace(
            dataset, changes=self._changes(engine, folder / f"{blob}.parquet", report), roles=roles
        )

    def _changes(self, engine: Engine, after: Path, report: Report) -> VersionChanges | None:
        if self.before is None:
            return None
        path, version = self.before
        return compare(engine, Path(path), after, version, Part(report, 0.96, 1.0))

    def _keep_rejected(self, rejected: Path, path: Path) -> None:
        def write(file: BinaryIO) -> None:
            with rejected.open("rb") as lines:
                shutil.copyfileobj(lines, file)

        files.write_atomically(path, write)


def origin_of(source: Source, report: Report | None = None) -> dict[str, Json]:
    """What a dataset remembers of its source: how to read it again, and what it was."""
    origin = {**SOURCES.dump(source), **source.origin()}
    seen = source.fingerprint(report)
    return {**origin, "sha256": seen} if seen else origin
