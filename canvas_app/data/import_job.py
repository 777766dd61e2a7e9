"""A file becomes a table of the project, streaming, whole or not at all."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, ClassVar

from canvas_app.base.spec import Json
from canvas_app.data import files
from canvas_app.data.dataset import Dataset
from canvas_app.data.engine import Engine, schema_of
from canvas_app.data.engine_errors import UnfitRows
from canvas_app.data.source import SOURCES, Scan, Source, source_for
from canvas_app.jobs.job import Job, Report
from canvas_app.jobs.part import Part

_SPARE = 1_000_000
_UNPACKED = 4
"""How much larger than a compressed file its table may become."""


@dataclass(frozen=True)
class ImportJob(Job[Dataset]):
    """Read a file into ``folder``: ``<SHA-256>.parquet`` and, if rows did not fit, ``.rejected.csv``."""

    title = "Import"
    result: ClassVar[type[Dataset]] = Dataset

    path: str
    name: str
    version: int
    folder: str
    project: str = ""
    """The folder that a person knows, of which ``folder`` is a part; for messages."""

    def run(self, report: Report) -> Dataset:
        """Nothing is left behind unless all of it went well."""
        try:
            return self._run(report)
        except files.NoRoom as error:
            raise error.of(f"the project {self.project}" if self.project else self.folder) from error

    def _run(self, report: Report) -> Dataset:
        path, folder = Path(self.path), Path(self.folder)
        source = source_for(path)
        report(0.0, f"Looking at {path.name}")
        with files.file_errors(path):
            size = path.stat().st_size
        packed = path.suffix.lower() in (".gz", ".zst")
        files.require_space(folder, size * (_UNPACKED if packed else 1) + _SPARE)
        with files.file_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
        temp = files.temporary_beside(folder / "import.parquet")
        try:
            with Engine() as engine:
                scan, rows = self._written(engine, source, temp, report)
                return self._kept(engine, scan, temp, rows, report)
        finally:
            with suppress(OSError):
                temp.unlink(missing_ok=True)

    def _written(self, engine: Engine, source: Source, temp: Path, report: Report) -> tuple[Scan, int]:
        """Quickly, as the beginning of the file suggests; or else with every value checked before."""
        try:
            scan = source.scan(engine, quick=True, report=report)
            return scan, engine.write_parquet(scan.table, temp, Part(report, 0.0, 0.9, "Reading rows"))
        except UnfitRows:
            scan = source.scan(engine, report=Part(report, 0.0, 0.4, "Checking every value"))
            return scan, engine.write_parquet(scan.table, temp, Part(report, 0.4, 0.9, "Reading rows"))

    def _kept(self, engine: Engine, scan: Scan, temp: Path, rows: int, report: Report) -> Dataset:
        folder, path = Path(self.folder), Path(self.path)
        blob = files.sha256_of(temp, Part(report, 0.9, 0.93, "Checksum of the table"))
        size = temp.stat().st_size
        origin: dict[str, Json] = {
            **SOURCES.dump(source_for(path)),
            "file": path.name,
            "size": path.stat().st_size,
            "sha256": files.sha256_of(path, Part(report, 0.93, 1.0, "Checksum of the file")),
        }
        schema = schema_of(engine.read_parquet(temp))
        if scan.rejected is not None:
            self._keep_rejected(scan.rejected, folder / f"{blob}.rejected.csv")
        files.publish(temp, folder / f"{blob}.parquet")
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        return Dataset(self.name, self.version, blob, schema, rows, size, origin, made_at, scan.notes)

    def _keep_rejected(self, rejected: Path, path: Path) -> None:
        def write(file: BinaryIO) -> None:
            with rejected.open("rb") as lines:
                shutil.copyfileobj(lines, file)

        files.write_atomically(path, write)
